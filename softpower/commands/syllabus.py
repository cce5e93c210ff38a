"""``softpower syllabus``: the syllabus to fill in, as a document that a word processor opens."""

import re
from html import escape
from pathlib import Path

import mistune

from softpower import keep, notebooks
from softpower.commands.notes import SYLLABUS
from softpower.errors import CourseError
from softpower.palette import INK

_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>
body {{ font-family: "Times New Roman", serif; font-size: 12pt }} table {{ border-collapse: collapse }}
th, td {{ border: 1px solid {ink}; padding: 2pt 5pt; vertical-align: top; text-align: left }}
</style></head><body>
{body}
</body></html>
"""


def add_arguments(parser):
    """Add the command's arguments."""
    parser.add_argument("--out", type=Path, default=Path("syllabus.html"), metavar="FILE")


def run(arguments):
    """Write the syllabus as one HTML file, which Word and LibreOffice open and save as their own.

    Raises
    ------
    CourseError
        Where the page that it is made from is not here.
    """
    source = notebooks.pages() / SYLLABUS
    if not source.is_file():
        raise CourseError(f"{source} is not here. Go to the folder of the course, then try again.")
    text = re.sub(r"<!--.*?-->\n?", "", source.read_text(encoding="utf-8"), flags=re.S)
    text = re.sub(r"\[([^]]*)\]\((?!https?:)[^)]*\)", r"\1", text)  # it leaves this folder
    title = notebooks.title(text)
    page = _PAGE.format(title=escape(title), body=mistune.html(text), ink=INK)
    keep.publish(arguments.out, page)
    print(f"{arguments.out} written. Open it in your word processor, fill it in, save it there.")
    return 0
