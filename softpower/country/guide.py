"""What stands in each column of a country's tables, as a page to read beside the spreadsheet."""

from softpower.country import tables

_HEAD = """# What to write where

Four tables, each a file that a spreadsheet opens. Keep the first line, the headings, as it is. Save each file under its own name, as CSV (if you are asked: CSV UTF-8).

- **assets.csv**: what the country has to show. The first thirteen rows are a list that somebody else made; the rows below are yours, at least one for each marker.
- **scores.csv**: figures beside other countries, each in the year and unit of theirs, and the place in the Global Soft Power Index. To compare with a neighbour of your own, add rows with its name.
- **instruments.csv**: what the country does to be known and liked abroad. One row is enough to begin with.
- **sources.csv**: where you read it. A source that the course has already (`data/sources.csv`) need not stand here: write its key.

Where nothing is to be had, write *no data*, and in the note where you looked. Never a zero: a zero was counted.
"""

_WORDS = {"integer": "A whole number.", "number": "A bare number, like 8515 or 35.9.", "string": ""}


def page():
    """Return the guide as Markdown, made from the course's own descriptions of its columns."""
    parts = [_HEAD]
    for name in tables.NAMES:
        parts.append(f"## {name}.csv\n")
        parts += [_line(field) for field in tables.fields(name)]
        parts.append("")
    parts.append("## Units\n")
    parts.append(
        "Write one of these. For a thing that is not among them write *number of* and its name, for example *number of manuscripts*.\n"
    )
    parts.append("; ".join(tables.units()) + ".\n")
    return "\n".join(parts)


def _line(field):
    limits = field.get("constraints", {})
    said = [field["description"], _WORDS[field["type"]]]
    if "enum" in limits:
        said.append(f"One of: {', '.join(limits['enum'])}.")
    must = "must be there" if limits.get("required") else "may be empty"
    return f"- **{field['name']}** ({must}). {' '.join(part for part in said if part)}"
