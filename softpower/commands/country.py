"""``softpower country``: lessons 08 and 10 with another country in place of Kazakhstan.

The first call lays out four tables to fill. Each further one checks them, and when all is well
makes the two lessons with the country, runs them, and puts them beside the tables.
"""

import re
from pathlib import Path

from softpower import data, keep, notebooks, texts
from softpower.commands import lessons
from softpower.country import check, guide, lesson, tables
from softpower.country.rows import meant
from softpower.errors import CourseError

READY_MADE = (
    "own_country_examples"  # in the folder of the data: tables that the course has filled in itself
)
# A long list of faults frightens, and the first ones often bring the others about.
SHOWN = 20


def add_arguments(parser):
    """Add the command's arguments."""
    parser.add_argument("country", metavar="COUNTRY", help="its English name, in quotation marks")
    parser.add_argument(
        "--folder", type=Path, metavar="FOLDER", help="of its tables; default: my_work/COUNTRY"
    )
    parser.add_argument(
        "--semicolons",
        action="store_true",
        help="lay the tables out for a spreadsheet that parts cells by semicolons",
    )


def run(arguments):
    """Lay out a country's tables, or check them and make its lessons; returns the exit code.

    Raises
    ------
    CourseError
        Where the name is none, or a table cannot be read.
    """
    country = " ".join(arguments.country.split())
    name = "_".join(re.findall(r"\w+", country.casefold()))
    if not re.fullmatch(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ .,'’()-]+", country):
        raise CourseError(
            texts.text("Write the English name of a country, for example: Uzbekistan.")
        )
    known = meant(country)
    if known:
        raise CourseError(
            texts.text(
                "Did you mean {meant}? The course knows no country {country}.",
                meant=known,
                country=country,
            )
        )
    if country.casefold() == "kazakhstan":
        raise CourseError(
            texts.text("Lessons 08 and 10 are about Kazakhstan as they stand. Open them.")
        )
    folder = arguments.folder or keep.my_work(name)
    there = [one for one in tables.NAMES if (folder / f"{one}.csv").exists()]
    if not there:
        return lay_out(country, name, folder, ";" if arguments.semicolons else ",")
    found = check.faults(tables.read(folder), country)
    if found:
        return _say(found, folder)
    print(
        texts.text(
            "The four tables of {country} are whole. The lessons are made and run: a minute.",
            country=country,
        )
    )
    write(make(country, folder), folder)
    return 0


def make(country, folder):
    """Return the two lessons for a country, run: notebooks by the names of their files.

    Raises
    ------
    CourseError
        Where a lesson is not here, or a cell fails.
    """
    read = tables.read(folder)
    where = Path("notebooks").resolve()
    made = {
        number: lesson.made(
            number, lessons.read(number, Path()), read, country, folder.resolve(), where
        )
        for number in lesson.LESSONS
    }
    return {
        f"{lesson.recipe(number)['name']}.ipynb": _run(number, made[number], folder)
        for number in lesson.LESSONS
    }


def _run(number, notebook, folder):
    try:
        return notebooks.run(notebook, folder)
    except CourseError as error:
        last = re.sub(r"\x1b\[[\d;]*m", "", str(error)).strip().splitlines()[-1]
        raise CourseError(
            texts.text(
                "Lesson {number} stops with these tables, so nothing was made: {last}",
                number=number,
                last=last,
            )
        ) from None


def write(files, folder):
    """Write made lessons; one in which somebody has written is kept beside it, never replaced."""
    for name, notebook in files.items():
        path = folder / name
        if path.exists() and not lesson.same_words(notebooks.read(path), notebook):
            print(
                texts.text(
                    "{name} has been written in. It is kept as {earlier}.",
                    name=name,
                    earlier=keep.set_aside(path, "earlier").name,
                )
            )
        notebooks.write(notebook, path)
        print(
            texts.text(
                "{path} is ready.",
                path=_shown(path),
            )
        )
    print(
        texts.text(
            "Open them with  python3 start.py  (on Windows:  py start.py) in the list of files."
        )
    )


def lay_out(country, name, folder, separator):
    """Write the tables to fill, and the guide to their columns; returns the exit code."""
    ready = data.folder() / READY_MADE / name
    known = ready.is_dir()
    rows = (
        {one: [row for _, row in read] for one, read in tables.read(ready).items()}
        if known
        else tables.empty(country)
    )
    for one in tables.NAMES:
        keep.publish(folder / f"{one}.csv", tables.written(one, rows[one], separator))
    keep.publish(folder / "columns.md", guide.page())
    print(
        texts.text(
            "{folder} holds four tables of {country}, and columns.md, which says what goes where.",
            folder=_shown(folder),
            country=country,
        )
    )
    if known:
        print(
            texts.text("The course has filled them in as an example. Check what you know better.")
        )
    else:
        print(texts.text("Fill them in with a spreadsheet, and save them as CSV."))
    print(texts.text("Then type the same command again: it checks them and makes the lessons."))
    return 0


def _shown(folder):
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def _say(found, folder):
    for sentence in found[:SHOWN]:
        print(sentence)
    if len(found) > SHOWN:
        rest = len(found) - SHOWN
        print(texts.texts("… and {count} more.", "… and {count} more.", rest))
    said = texts.texts(
        "{count} fault in {folder}. Nothing was made. Mend, save, and type the same command again.",
        "{count} faults in {folder}. Nothing was made. Mend, save, and type the same command again.",
        len(found),
        folder=_shown(folder),
    )
    print(f"\n{said}")
    return 1
