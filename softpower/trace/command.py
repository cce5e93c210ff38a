"""The command: what it reads, and what it prints."""

from pathlib import Path

import pandas as pd

from softpower import data, references
from softpower.errors import CourseError
from softpower.feedback.loader import FOLDER as BANK
from softpower.trace import naming, pages, strings, tables
from softpower.trace.carriers import rows
from softpower.trace.passage import follow
from softpower.trace.spelt import spelt


def every():
    """Return every file that is read: pages, the bank, labs, examples of a plan, tables."""
    # The numbers of a lecturer's notes are minutes, seats and questions; figures stand in lessons.
    prose = [path for path in references.pages() if path.parent.name != "notes"]
    found = prose + sorted(BANK.glob("*.toml")) + strings.files()
    return found + [data.folder() / f"{name}.csv" for name in tables.names()]


def trace(path):
    """Follow every figure, citation and link of one file.

    Parameters
    ----------
    path : path
        A notebook, an essay in Markdown, a file of the bank, a lab's script, an example of a
        plan, or a table of ``data/``.

    Returns
    -------
    list of Traced
        One a figure, and one more for each citation or link that leads nowhere.

    Raises
    ------
    CourseError
        Where the file cannot be read.
    """
    path = Path(path)
    if path.suffix == ".csv":
        return tables.trace(path.stem)
    found = [
        follow(one, passage, path) for passage in naming.texts(path) for one in passage.figures()
    ]
    return found + (pages.dead_ends(path) if path.suffix in (".ipynb", ".md") else [])


def add_arguments(parser):
    """Add the command's arguments."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="FILE", help="default: everything")
    parser.add_argument(
        "--name", action="store_true", help="write down what carries each figure, where it is new"
    )
    parser.add_argument(
        "--words", action="store_true", help="list the numbers that are written as words"
    )
    parser.add_argument(
        "--ages", action="store_true", help="list the sources by the day of reading, oldest first"
    )


def run(arguments):
    """List every figure with its row and source; 1 where one has none."""
    if arguments.ages:
        return _show_ages()
    paths = arguments.paths or every()
    if not paths:
        raise CourseError("There is nothing to trace: no lesson, exercise or essay was found.")
    if arguments.words:
        return _show_words(paths)
    if arguments.name:
        return _name_all(paths)
    traced = [item for path in paths for item in trace(path)]
    for item in traced:
        if not item.problem:
            carried = f"{item.row.address}: {item.source}" if item.row else item.source
            print(f"{_place(item)}: {item.figure.text}: {carried}")
    problems = [item for item in traced if item.problem]
    for item in problems:
        print(f"\n{_place(item)}: {item.figure.text}: {item.problem}.\n  {item.figure.sentence}")
    print(f"\n{len(traced) - len(problems)} figures carried, {len(problems)} problems.")
    return 1 if problems else 0


def _place(item):
    name = Path(item.path).name
    return f"{name}, {item.where}" if item.where else name


def _name_all(paths):
    for path in (path for path in paths if path.suffix == ".ipynb"):
        for figure, fitting in pages.name_rows(path):
            print(f"{path.name}: {figure.text}: several rows fit. {figure.sentence}")
            print("".join(f"    {address}\n" for address in fitting), end="")
    for item in naming.name(path for path in paths if path.suffix != ".ipynb"):
        carried = item.row.address if item.row else item.source
        print(
            f"{_place(item)}: {item.figure.text}: {item.problem or 'new'}. {item.figure.sentence}"
        )
        print(f"    {carried}\n", end="")
    print("Look at those listed, if any: is this the row that the sentence means?")
    return 0


def _show_words(paths):
    for path in paths:
        for where, words, sentence in spelt(path):
            print(f"{path.name}{', ' + where if where else ''}: {words}: {sentence}")
    return 0


def ages():
    """Return the sources by the day on which they were last read, the oldest first.

    Returns
    -------
    pandas.DataFrame
        ``source_id``, ``read_on`` (a date, or "not recorded") and ``rows``, how many rows lean on it.
    """
    sources = data.load("sources")
    leaning = pd.Series([source for row in rows() for source in set(row.sources)]).value_counts()
    table = pd.DataFrame(
        {
            "source_id": sources["source_id"],
            "read_on": sources["read_on"].fillna("not recorded"),
            "rows": sources["source_id"].map(leaning).fillna(0).astype(int),
        }
    )
    return table.sort_values(["read_on", "source_id"]).reset_index(drop=True)


def _show_ages():
    for row in ages().itertuples(index=False):
        print(f"{row.read_on}  {row.source_id}  ({row.rows} rows)")
    return 0
