"""``softpower glossary``: write ``docs/glossary.md`` from ``glossary`` and ``glossary_uses``."""

from pathlib import Path

import pandas as pd

from softpower import data, references
from softpower.errors import CourseError

PAGE = Path("docs") / "glossary.md"

HEAD = """# Glossary

Every term of the course in English, Kazakh and Russian. The definitions are in the course's own \
words; the source is where the term is defined, or where the documents use it. The number is the \
lesson that first needs the term.

A word marked * stands in the Kazakh or the Russian abstract of @[konyrshin2025], there often in \
another case or number. A second table, *Words found in use*, has the other words that we found in \
a text: a law or a ministry's paper, a scholarly article, a textbook, a dictionary, a newspaper and \
the like. Of most of these texts we saw only an excerpt.

A word that is neither marked nor found in the second table is the course's own choice. No native \
lecturer has reviewed these words yet. If you speak the language and would say it otherwise, \
[tell us](contribute.md); and if your ministry, your university or your supervisor uses another \
word, use theirs.

| Term | Definition | <span lang="kk">Қазақша</span> | <span lang="ru">Русский</span> | Lesson | Source |
| --- | --- | --- | --- | --- | --- |
"""

USES = """

## Words found in use

In the text the word often has another case or number. A word marked † is another than the \
course's: it is in use as well, and an answer with it is read too.

| Term | Language | Word | Source |
| --- | --- | --- | --- |
"""

FOOT = (
    "\n\n*This page is made from the tables `glossary` and `glossary_uses` by "
    "`python -m softpower glossary`.*\n"
)

ABSTRACTS = "konyrshin2025"  # whose words are starred, and not listed again
LANGUAGES = {"kk": ("kazakh", "Kazakh"), "ru": ("russian", "Russian")}


def add_arguments(parser):
    """Add the command's arguments."""
    parser.add_argument(
        "--check", action="store_true", help="write nothing, and say whether the page is up to date"
    )


def run(arguments):
    """Write the page; returns 1 where it was only to be checked and is out of date."""
    if not PAGE.parent.is_dir():
        raise CourseError(
            "There is no folder docs here. Go to the folder of the course, then try again."
        )
    text = page(data.load("glossary"), data.load("glossary_uses"))
    if arguments.check:
        new = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text
        print(
            f"{PAGE} is {'up to date' if new else 'out of date: run python -m softpower glossary'}."
        )
        return 0 if new else 1
    PAGE.write_text(text, encoding="utf-8")
    print(f"{PAGE} written.")
    return 0


def page(glossary, uses):
    """Return the glossary as a Markdown page.

    Parameters
    ----------
    glossary, uses : pandas.DataFrame
        The tables ``glossary`` and ``glossary_uses``.

    Returns
    -------
    str
    """
    order = glossary["term"].str.casefold().sort_values().index
    glossary = glossary.loc[order]
    in_abstracts = uses["source_id"] == ABSTRACTS
    starred = set(uses.loc[in_abstracts, ["term", "language", "word"]].itertuples(index=False))
    text = HEAD + "\n".join(_row(row, starred) for _, row in glossary.iterrows())
    own = glossary.set_index("term")
    listed = [_use(use, own) for term in own.index for use in _uses_of(term, uses[~in_abstracts])]
    text += USES + "\n".join(listed) + f"\n\n{references.HEADING}\n"
    return references.rewritten([text], PAGE.stem)[0] + FOOT


def _row(row, starred):
    cells = [f"**{row['term']}**", row["definition"]]
    for code, (column, _) in LANGUAGES.items():
        star = "*" if (row["term"], code, row[column]) in starred else ""
        cells.append(_in_its_language(code, row[column] + star))
    place = "" if pd.isna(row["place"]) else f", {row['place']}"
    cells += [str(row["lesson"]), f"[@{row['source_id']}{place}]"]
    return _line(cells)


def _uses_of(term, uses):
    return uses[uses["term"] == term].sort_values("language", kind="stable").to_dict("records")


def _use(use, own):
    column, name = LANGUAGES[use["language"]]
    mark = "" if _same(use["word"], own.loc[use["term"], column]) else "†"
    word = _in_its_language(use["language"], use["word"] + mark)
    return _line([f"**{use['term']}**", name, word, f"[@{use['source_id']}, {use['place']}]"])


def _same(one, other):
    """Say whether two spellings are one word: many a Russian text has no ё."""
    one, other = (text.casefold().replace("ё", "е") for text in (one, other))
    return one == other


def _in_its_language(code, word):
    return f'<span lang="{code}">{word}</span>'


def _line(cells):
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"
