"""``softpower glossary``: write ``docs/glossary.md`` from the table ``glossary``."""

from pathlib import Path

import pandas as pd

from softpower import data, references
from softpower.errors import CourseError

PAGE = Path("docs") / "glossary.md"

HEAD = """# Glossary

Every term of the course in English, Kazakh and Russian. The definitions are in the course's own \
words; the source is where the term is defined, or where the documents use it. The number is the \
lesson that first needs the term.

A translation marked * stands in the Kazakh and Russian abstracts of \
@[konyrshin2025], there often in another case or number. Every other translation is \
the course's own: if your ministry, your university or your supervisor uses another word, use theirs.

| Term | Definition | <span lang="kk">Қазақша</span> | <span lang="ru">Русский</span> | Lesson | Source |
| --- | --- | --- | --- | --- | --- |
"""

FOOT = "\n\n*This page is made from the table `glossary` by `python -m softpower glossary`.*\n"


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
    text = page(data.load("glossary"))
    if arguments.check:
        new = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text
        print(
            f"{PAGE} is {'up to date' if new else 'out of date: run python -m softpower glossary'}."
        )
        return 0 if new else 1
    PAGE.write_text(text, encoding="utf-8")
    print(f"{PAGE} written.")
    return 0


def page(glossary):
    """Return the glossary as a Markdown page.

    Parameters
    ----------
    glossary : pandas.DataFrame
        The table ``glossary``.

    Returns
    -------
    str
    """
    order = glossary["term"].str.casefold().sort_values().index
    rows = [_row(row) for _, row in glossary.loc[order].iterrows()]
    text = HEAD + "\n".join(rows) + f"\n\n{references.HEADING}\n"
    return references.rewritten([text], PAGE.stem)[0] + FOOT


def _row(row):
    star = "*" if row["translation_by"] == "konyrshin2025" else ""
    cells = [
        f"**{row['term']}**",
        row["definition"],
        f'<span lang="kk">{row["kazakh"]}{star}</span>',
        f'<span lang="ru">{row["russian"]}{star}</span>',
        str(row["lesson"]),
    ]
    place = "" if pd.isna(row["place"]) else f", {row['place']}"
    cells.append(f"[@{row['source_id']}{place}]")
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"
