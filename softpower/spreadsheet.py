"""A CSV file as a spreadsheet may have saved it: its letters, and the mark between its cells."""

from pathlib import Path


def text_of(path, errors="strict", alphabets=True):
    """Return the text of a file in UTF-8, in UTF-16 with its mark, or in Windows' Cyrillic.

    Parameters
    ----------
    path : str or pathlib.Path
    errors : str
        ``"replace"`` puts a question mark for what cannot be read.
    alphabets : bool
        Whether Windows' Cyrillic is read as well. It lacks letters of Kazakh and of the West, so
        whoever saved in it may have lost some.

    Raises
    ------
    UnicodeDecodeError
        Where it is in none of them, and ``errors`` is strict.
    """
    text = _decoded(Path(path).read_bytes(), errors, alphabets)
    first, _, rest = text.partition("\n")
    return rest if first.lower().startswith("sep=") else text  # a line for Excel alone


def _decoded(content, errors, alphabets):
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if not alphabets:
            raise
        return content.decode("cp1251", errors)


def delimiter_of(text):
    """Return what stands between the cells: the mark that its first line has most often."""
    return max(",;\t", key=text.partition("\n")[0].count)
