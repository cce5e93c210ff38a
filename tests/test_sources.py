"""Every row has a source, and every source can be found: a fault is named with file and row."""

import csv
import re
import shutil

import pytest
from conftest import ROOT

# A list of countries, the course's own heaps and rubric, and outlines: they claim nothing.
NO_SOURCE = {"countries", "decks", "heaps", "outlines", "rubric", "sources", "strands"}
OURS = {"course2026", "simulation2026"}
# What is read to us says so in its own reference: the text carries no address.
ADDRESSLESS = {"eri2021", "tourismministry2024"}
IDENTIFIER = re.compile(r"\bdoi\b|10\.\d{4,}/|ISBN|\d+(?:\(\d+\))?, \d+–\d+|Working Paper \d+")
THROUGH = re.compile(r"through ([a-z]+\d{4}[a-z]?)")


def lines(path):
    """The rows of a table with their numbers in the file, the heading being row 1."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from enumerate(csv.DictReader(file), start=2)


def sourceless(folder):
    """Each row of the tables that names no source."""
    for path in sorted(folder.glob("*.csv")):
        for number, row in lines(path):
            if path.stem not in NO_SOURCE and not row.get("source_id"):
                yield f"{path.name}, row {number}: there is no source"


def unfindable(folder):
    """Each source with no address, no identifier, and no listed source through which it was read."""
    path = folder / "sources.csv"
    known = {row["source_id"] for _, row in lines(path)}
    for number, row in lines(path):
        through = set(THROUGH.findall(row["reference"])) & known
        found = row["url"] or IDENTIFIER.search(row["reference"]) or through
        if not found and row["source_id"] not in OURS | ADDRESSLESS:
            yield f"sources.csv, row {number}: {row['source_id']} has no address and no identifier"


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path / "data"


def plant(path, words, instead):
    """Change words in a file; returns the number of the line."""
    text = path.read_text("utf-8")
    assert text.count(words) == 1
    path.write_text(text.replace(words, instead), "utf-8")
    return text[: text.index(words)].count("\n") + 1


def test_every_row_names_its_source():
    assert list(sourceless(ROOT / "data")) == []


def test_a_row_without_a_source_is_named(copy):
    row = plant(
        copy / "gspi_scores.csv",
        "KAZ,2026,35.9,points,brandfinance2026",
        "KAZ,2026,35.9,points,",
    )
    assert list(sourceless(copy)) == [f"gspi_scores.csv, row {row}: there is no source"]


def test_every_reference_can_be_found():
    assert list(unfindable(ROOT / "data")) == []


def test_a_reference_without_address_or_identifier_is_named(copy):
    address = next(
        row["url"] for _, row in lines(copy / "sources.csv") if row["source_id"] == "24kg2024"
    )
    row = plant(copy / "sources.csv", address, "")
    assert list(unfindable(copy)) == [
        f"sources.csv, row {row}: 24kg2024 has no address and no identifier"
    ]
