"""The agreement meter: two readers' codes side by side, with how sure one can be."""

import math
import re
from pathlib import Path

import pandas as pd
import traitlets

from softpower import coding, data, keep, texts
from softpower.errors import CourseError
from softpower.labs.coding_desk import MINE, units
from softpower.labs.lab import Lab, script

SECOND = texts.mark("the course's second reader")
PRACTICE = texts.mark("practice reader, first round (made up)")
AGAIN = texts.mark("practice reader, second round (made up)")
NAMES = {
    "agreement": texts.mark("Percent agreement"),
    "kappa": texts.mark("Cohen's kappa"),
    "alpha": texts.mark("Krippendorff's alpha"),
}


def report(first, second, statements):
    """Compare two readers.

    Parameters
    ----------
    first, second : dict of str to str
        Code by statement id; a missing or blank code leaves the statement out.
    statements : pandas.DataFrame
        With columns statement_id and statement.

    Returns
    -------
    dict
        ``measures`` (name, value, low, high, label, line), ``table`` (first reader's codes by the
        second's), ``weak`` (rows of :func:`softpower.coding.weak_codes`), ``apart`` (the
        statements coded differently) and ``sentence``.

    Raises
    ------
    CourseError
        Where no statement was coded by both.
    """
    ids = statements["statement_id"]
    mine, theirs = [first.get(i, "") for i in ids], [second.get(i, "") for i in ids]
    table = coding.confusion(mine, theirs)
    of = {
        "agreement": coding.percent_agreement,
        "kappa": coding.cohen_kappa,
        "alpha": coding.krippendorff_alpha,
    }
    measures = [_measure(name, of[name](mine, theirs), mine, theirs) for name in coding.MEASURES]
    weak = coding.weak_codes(mine, theirs)
    for column in ("code", "mixed_with"):
        weak[column] = [texts.cell(code) for code in weak[column]]
    apart = [
        {"statement": texts.cell(text), "first": texts.cell(one), "second": texts.cell(other)}
        for text, one, other in zip(statements["statement"], mine, theirs, strict=True)
        if one and other and one != other
    ]
    both = int(table.to_numpy().sum())
    counted = texts.texts(
        "{count} statement coded by both, {alike} of them alike.",
        "{count} statements coded by both, {alike} of them alike.",
        both,
        alike=texts.number(both - len(apart)),
    )
    return {
        "measures": measures,
        "table": {
            "codes": [texts.cell(code) for code in table.index],
            "rows": table.to_numpy().tolist(),
        },
        "weak": weak.to_dict("records"),
        "apart": apart,
        "sentence": f"{counted} {'; '.join(one['line'] for one in measures)}.",
    }


def reader_name(reader):
    """Return a reader as a person would say it: whose codes a file holds."""
    own = re.fullmatch(rf"{MINE}(?:_round_(\d+))?\.csv", reader)
    if own:
        return texts.text("you, round {number}", number=own[1] or 1)
    if reader.endswith(".csv"):
        return texts.text("the file {file}", file=reader)
    return texts.text(reader)


def _measure(name, value, mine, theirs):
    low, high = coding.bootstrap_interval(mine, theirs, name)
    named = texts.text(NAMES[name])
    if math.isnan(value):
        line = texts.text("{measure} is not defined, since only one code was used", measure=named)
        label = texts.text("is not defined, since only one code was used")
        return {
            "name": named,
            "value": None,
            "low": None,
            "high": None,
            "label": label,
            "line": line,
        }
    # A percentage is written as one; the other two are no shares.
    shown, least, most = (
        texts.percent(100 * figure) if name == "agreement" else texts.number(figure, 2)
        for figure in (value, low, high)
    )
    label = texts.text("{value} (between {low} and {high})", value=shown, low=least, high=most)
    found = {"name": named, "value": value, "low": low, "high": high}
    return found | {"label": label, "line": f"{named} {label}", "shown": shown}


class AgreementMeter(Lab):
    """Choose two readers: yourself, a classmate, the course's second reader.

    A classmate's file is one that you have put into ``my_work``; so is each of your own.

    Parameters
    ----------
    folder : str or Path, optional
        Where the files are. ``my_work`` where not given.
    """

    _esm = script("agreement_meter")
    readers = traitlets.List().tag(sync=True)
    first = traitlets.Unicode().tag(sync=True)
    second = traitlets.Unicode(SECOND).tag(sync=True)
    names = traitlets.Dict().tag(sync=True)
    looked = traitlets.Int(0).tag(sync=True)
    result = traitlets.Dict().tag(sync=True)
    sentence = traitlets.Unicode().tag(sync=True)

    def __init__(self, folder=None, **kwargs):
        self._folder = keep.my_work("") if folder is None else Path(folder)
        self._statements = units()
        readers = self._find()
        mine = next((name for name in readers if name.startswith(MINE)), PRACTICE)
        names = {name: reader_name(name) for name in readers}
        super().__init__(readers=readers, names=names, **({"first": mine} | kwargs))
        self._compare()

    def _find(self):
        files = sorted(path.name for path in self._folder.glob("*codes*.csv"))
        return [*files, SECOND, PRACTICE, AGAIN]

    def _codes(self, reader):
        column = {SECOND: "code", PRACTICE: "practice_first", AGAIN: "practice_again"}.get(reader)
        if column:
            return data.load("second_reader").set_index("statement_id")[column].to_dict()
        return {key: code for key, (code, _) in coding.load_codes(self._folder / reader).items()}

    @traitlets.observe("looked")
    def _look_again(self, change):
        new = [name for name in self._find() if name not in self.readers]
        own = [name for name in new if name.startswith(MINE)]
        others = [name for name in new if name not in own]
        with self.hold_trait_notifications():
            self.readers = self._find()
            self.names = {name: reader_name(name) for name in self.readers}
            # Whoever puts a file into the folder wants to see it compared.
            self.first = own[-1] if own else self.first
            self.second = others[-1] if others else self.second
        self._compare()
        found = texts.text("No new file in my_work.")
        if new:
            found = texts.text("Found {readers}.", readers=", ".join(map(reader_name, new)))
        self.sentence = f"{found} {self.result.get('sentence', self.sentence)}"

    @traitlets.observe("first", "second")
    def _compare(self, change=None):
        try:
            result = report(self._codes(self.first), self._codes(self.second), self._statements)
            if self.first == self.second:
                alone = texts.text("A reader is compared with itself: choose another on one side.")
                result["sentence"] = texts.sentences(alone, result["sentence"])
            self.result, self.sentence = result, result["sentence"]
        except CourseError as error:
            self.result, self.sentence = {}, str(error)

    def twin(self):
        """Return each measure with its interval."""
        columns = [texts.text("Measure"), texts.text("Value")]
        rows = [[one["name"], one["label"]] for one in self.result.get("measures", [])]
        caption = texts.text(
            "Agreement meter: {one} and {other}. {sentence}",
            one=reader_name(self.first),
            other=reader_name(self.second),
            sentence=self.sentence,
        )
        return caption, pd.DataFrame(rows, columns=columns)
