"""Do two readers give the same codes? Agreement measures for qualitative coding.

Every measure takes the codes of one reader and of another, unit by unit. A unit that
one of them left blank (``None``, ``NaN`` or ``""``) is left out of the pair: a blank
is not a disagreement. A measure that the data cannot decide is ``nan``, never a guess.
"""

import csv
import io
from pathlib import Path

import numpy as np
import pandas as pd

from softpower import keep, spreadsheet, texts
from softpower.errors import CourseError

MEASURES = ("agreement", "kappa", "alpha")
COLUMNS = ("statement_id", "code", "note")


def confusion(first, second):
    """How often each pair of codes was given: the table that all measures start from.

    Parameters
    ----------
    first, second : sequence of str, shape (units,)
        The codes of two readers for the same units in the same order.

    Returns
    -------
    DataFrame, shape (codes, codes)
        Row: the first reader's code. Column: the second reader's. Both list every code
        that either reader used, sorted. Values are counts of units.

    Raises
    ------
    CourseError
        If the lists differ in length, or no unit was coded by both readers.
    """
    first, second = _paired(first, second)
    codes = sorted({*first, *second})
    table = pd.DataFrame(0, index=codes, columns=codes)
    for mine, theirs in zip(first, second, strict=True):
        table.loc[mine, theirs] += 1
    return table


def percent_agreement(first, second):
    """Share of units to which both readers gave the same code, from 0 to 1.

    Raises CourseError as `confusion` does.
    """
    return float(_agreement(confusion(first, second).to_numpy()))


def cohen_kappa(first, second):
    """Agreement beyond chance (Cohen 1960): (observed − expected) / (1 − expected).

    Expected agreement comes from each reader's own code frequencies. 1 is perfect,
    0 is what chance would give, below 0 is worse than chance; ``nan`` when both
    readers used one and the same code for every unit, so that chance explains it all.
    Raises CourseError as `confusion` does.
    """
    return float(_kappa(confusion(first, second).to_numpy()))


def krippendorff_alpha(*readers):
    """Krippendorff's alpha for unordered codes, for two or more readers (Krippendorff 2004).

    Like kappa, but both readers share one pool of code frequencies, any number of
    readers may take part and blanks are allowed: a unit counts when at least two
    readers coded it. ``nan`` when only one code was ever used.

    Parameters
    ----------
    *readers : sequences of str, each of shape (units,)

    Raises
    ------
    CourseError
        If there are fewer than two readers, their lists differ in length, or no unit
        was coded by two readers.
    """
    if len(readers) < 2:
        raise CourseError(
            texts.text("Agreement needs at least two readers. Add a second list of codes.")
        )
    readers = [_cleaned(reader) for reader in readers]
    _same_length(readers)
    units = [[code for code in unit if code] for unit in zip(*readers, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    if not units:
        raise CourseError(
            texts.text("No unit was coded by two readers. Code a few units, then compare.")
        )
    codes = sorted({code for unit in units for code in unit})
    place = {code: i for i, code in enumerate(codes)}
    coincidences = np.zeros((len(codes), len(codes)))
    for unit in units:
        for i, one in enumerate(unit):
            for j, other in enumerate(unit):
                if i != j:
                    coincidences[place[one], place[other]] += 1 / (len(unit) - 1)
    return float(_alpha(coincidences))


def bootstrap_interval(
    first, second, measure="kappa", *, speakers=None, level=0.95, draws=4000, seed=1
):
    """How far would the measure move if other units like these had been coded?

    Percentile bootstrap (Efron and Tibshirani 1993): draw as many units again, with
    replacement, and compute the measure each time. A draw in which the measure is not
    defined is left out. Units of one speaker are more alike than units of several; where
    the speakers are given, speakers are drawn, each with all their units.

    Parameters
    ----------
    first, second : sequence of str, shape (units,)
    measure : {"agreement", "kappa", "alpha"}
    speakers : sequence of str, shape (units,), optional
        Who said each unit. With a handful of speakers the interval is rough.
    level : float
        The share of draws inside the interval.
    draws, seed : int
        The same seed gives the same interval.

    Returns
    -------
    (low, high) : tuple of float
        Both ``nan`` if the measure was defined in no draw.
    """
    if measure not in MEASURES:
        raise CourseError(
            texts.text(
                '"{measure}" is not a measure here. Choose one of: {names}.',
                measure=measure,
                names=", ".join(MEASURES),
            )
        )
    random = np.random.default_rng(seed)
    if speakers is None:
        drawn = _units_again(confusion(first, second).to_numpy(), draws, random)
    else:
        drawn = _speakers_again(first, second, speakers, draws, random)
    values = _of_tables(measure, drawn)
    values = values[~np.isnan(values)]
    if values.size == 0:
        return float("nan"), float("nan")
    tail = (1 - level) / 2
    low, high = np.quantile(values, [tail, 1 - tail])
    return float(low), float(high)


def _units_again(table, draws, random):
    # Units are exchangeable, so drawing units again is drawing the table's cells again.
    cells = random.multinomial(table.sum(), table.ravel() / table.sum(), size=draws)
    return cells.reshape(draws, *table.shape)


def _speakers_again(first, second, speakers, draws, random):
    _same_length([first, speakers])
    codes = confusion(first, second).index
    units = pd.DataFrame({"first": _cleaned(first), "second": _cleaned(second)})
    tables = [
        pd.crosstab(one["first"], one["second"]).reindex(index=codes, columns=codes, fill_value=0)
        for _, one in units.groupby(list(speakers))
    ]
    chosen = random.integers(0, len(tables), size=(draws, len(tables)))
    drawn = np.array(tables)[chosen].sum(axis=1)
    return drawn[drawn.sum(axis=(1, 2)) > 0]


_MIXED = texts.word("mixed with")  # a column of the table below, as it is shown


def weak_codes(first, second):
    """Which codes do the readers apply differently? The weakest first.

    Returns
    -------
    pandas.DataFrame
        One row a code. ``first``, ``second``: units to which each reader gave it. ``both``:
        units to which both gave it. ``agreement``: specific agreement from 0 to 1, 2 × both /
        (first + second), the share of all uses of the code on which the other reader agreed.
        ``mixed_with``: the code that the other reader most often gave instead ("" if none);
        where two or more were given equally often, all of them, with commas between.

    Raises CourseError as `confusion` does.
    """
    table = confusion(first, second)
    rows = []
    for code in table.index:
        instead = table.loc[code] + table[code]
        instead[code] = 0
        given, received = int(table.loc[code].sum()), int(table[code].sum())
        both = int(table.loc[code, code])
        rows.append(
            {
                "code": code,
                texts.word("first"): given,
                texts.word("second"): received,
                "both": both,
                "agreement": 2 * both / (given + received),
                # A tie is told, not settled by the alphabet.
                "mixed_with": ", ".join(instead.index[instead == instead.max()])
                if instead.max()
                else "",
            }
        )
    return pd.DataFrame(rows).sort_values(["agreement", "code"], ignore_index=True)


def save_codes(path, codes):
    """Write one reader's codes as a CSV file that a spreadsheet opens.

    The file is replaced in one step: a crash leaves the old file or the new one, never
    half of each.

    Parameters
    ----------
    path : str or Path
    codes : dict of str to (code, note)
        By statement id; a blank code is kept as a blank.
    """
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([key, code, note] for key, (code, note) in codes.items())
    # The mark at the start tells spreadsheets that the text is UTF-8.
    keep.write(path, "\ufeff" + lines.getvalue())


def load_codes(path):
    """Read one reader's codes: their own or a classmate's.

    Reads what `save_codes` writes, and the same file after a spreadsheet has saved it
    with semicolons or tabs.

    Returns
    -------
    dict of str to (code, note)

    Raises
    ------
    CourseError
        If the file is not there, or cannot be read as codes; the message names the line.
    """
    path = Path(path)
    if not path.is_file():
        raise CourseError(
            texts.text(
                'There is no file "{name}" in {parent}. Check the name, or code a few '
                "statements first.",
                name=path.name,
                parent=path.parent,
            )
        )
    text = spreadsheet.text_of(path, errors="replace")
    rows = list(csv.reader(io.StringIO(text), delimiter=spreadsheet.delimiter_of(text)))
    header = [name.strip().lower() for name in rows[0]] if rows else []
    if not {"statement_id", "code"} <= set(header):
        raise CourseError(
            texts.text(
                '{name}, line 1: the first line should name the columns "statement_id" and '
                '"code". Open the file and add them, or ask your classmate to send it again.',
                name=path.name,
            )
        )
    codes = {}
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        cells = _cells(path, number, header, row)
        if cells["statement_id"] in codes:
            raise CourseError(
                texts.text(
                    "{name}, line {number}: statement {statement_id} is here twice. Keep the line "
                    "that you mean and delete the other.",
                    name=path.name,
                    number=number,
                    statement_id=cells["statement_id"],
                )
            )
        codes[cells["statement_id"]] = (cells["code"], cells.get("note", ""))
    return codes


def _cells(path, number, header, row):
    """Return the cells of one line of a file by their column."""
    if len(row) < len(header):
        raise CourseError(
            texts.texts(
                "{name}, line {number}: {count} column was expected and {found} found. "
                "Complete the line, or delete it.",
                "{name}, line {number}: {count} columns were expected and {found} found. "
                "Complete the line, or delete it.",
                len(header),
                name=path.name,
                number=number,
                found=len(row),
            )
        )
    return dict(zip(header, (cell.strip() for cell in row), strict=False))


def _agreement(tables):
    diagonal = np.trace(tables, axis1=-2, axis2=-1)
    return diagonal / tables.sum(axis=(-2, -1))


def _kappa(tables):
    total = tables.sum(axis=(-2, -1))
    expected = (tables.sum(axis=-1) * tables.sum(axis=-2)).sum(axis=-1) / total**2
    return _beyond(_agreement(tables), expected)


def _alpha(coincidences):
    total = coincidences.sum(axis=(-2, -1))
    frequencies = coincidences.sum(axis=-1)
    expected = (frequencies * (frequencies - 1)).sum(axis=-1) / (total * (total - 1))
    return _beyond(_agreement(coincidences), expected)


def _beyond(observed, expected):
    """(observed − expected) / (1 − expected), nan where chance explains everything."""
    room = 1 - np.asarray(expected, dtype=float)
    decidable = room > 1e-12
    return np.where(decidable, (observed - expected) / np.where(decidable, room, 1), np.nan)


def _of_tables(measure, tables):
    if measure == "agreement":
        return _agreement(tables)
    if measure == "kappa":
        return _kappa(tables)
    # Each unit is seen once from either reader's side.
    return _alpha(tables + np.swapaxes(tables, -1, -2))


def _cleaned(codes):
    """Codes as stripped text, blanks as "": what a form, a file and a list all give."""
    return ["" if pd.isna(code) else str(code).strip() for code in codes]


def _same_length(readers):
    lengths = [len(reader) for reader in readers]
    if len(set(lengths)) > 1:
        raise CourseError(
            texts.text(
                "The readers coded different numbers of units ({numbers}). Give each reader one "
                "code, or a blank, for every unit.",
                numbers=", ".join(map(str, lengths)),
            )
        )


def _paired(first, second):
    readers = [_cleaned(first), _cleaned(second)]
    _same_length(readers)
    pairs = [pair for pair in zip(*readers, strict=True) if all(pair)]
    if not pairs:
        raise CourseError(
            texts.text("No unit was coded by both readers. Code a few units, then compare.")
        )
    return zip(*pairs, strict=True)
