"""What comes out of the sandbox is a claim; this says whether it has the shape of plain data."""

_PARTS = {  # kind: its parts, each a list
    "blank": (),
    "other": (),
    "set": ("values",),
    "mapping": ("keys", "values"),
    "series": ("index", "values"),
    "table": ("columns", "index", "rows"),
    "function": ("results",),
}
DEEPEST = 30


def is_plain(value, depth=0):
    """Say whether a value is plain data as :func:`softpower.feedback.plain` makes it."""
    if depth > DEEPEST:
        return False
    if value is None or isinstance(value, (bool, int, float, str)):
        return True
    if isinstance(value, list):
        return all(is_plain(item, depth + 1) for item in value)
    if (
        not isinstance(value, dict)
        or not isinstance(kind := value.get("$"), str)
        or kind not in _PARTS
    ):
        return False
    parts = [value.get(name) for name in _PARTS[kind]]
    if not all(isinstance(part, list) for part in parts):
        return False
    if kind == "function":
        return all(_is_result(result, depth) for result in value["results"])
    if kind in ("mapping", "series") and len(parts[0]) != len(parts[1]):
        return False
    if kind == "table" and not _is_table(*parts):
        return False
    return all(is_plain(part, depth + 1) for part in parts)


def _is_table(columns, index, rows):
    return len(index) == len(rows) and all(
        isinstance(row, list) and len(row) == len(columns) for row in rows
    )


def _is_result(result, depth):
    if not isinstance(result, dict):
        return False
    if "error" in result:
        return isinstance(result["error"], str) and "value" not in result
    return "value" in result and is_plain(result["value"], depth + 1)


LONGEST_TEXT = 500_000  # characters of one text: a cell, an essay, an output
MOST_LINES = {"remarks": 40}  # in one submission's result; the rest says nothing new


def clean(result):
    """Return one submission's result so that it can be written anywhere, and is of a bounded size.

    Everything in it may come out of the sandbox, or from a file that somebody made on purpose:
    half characters (lone surrogates) become question marks, endless texts are cut.
    """
    if isinstance(result, str):
        text = result.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
        cut = "\n[cut here]" if len(text) > LONGEST_TEXT else ""
        return text[:LONGEST_TEXT] + cut
    if isinstance(result, dict):
        return {
            clean(key) if isinstance(key, str) else key: clean(
                value[: MOST_LINES[key]] if key in MOST_LINES and isinstance(value, list) else value
            )
            for key, value in result.items()
        }
    if isinstance(result, (list, tuple)):
        return [clean(item) for item in result]
    return result
