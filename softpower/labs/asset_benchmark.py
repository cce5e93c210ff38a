"""The asset benchmark: Kazakhstan beside chosen countries, missing figures in plain sight."""

import pandas as pd
import traitlets

from softpower import assets, data, texts
from softpower.figures.style import upper
from softpower.labs.lab import Lab, script
from softpower.palette import of_country

# Beside whom it stands at first: the first two that are not the country itself.
BESIDE = ("Uzbekistan", "South Korea", "Kazakhstan")


def view(table, indicator, countries, per_million):
    """Compute everything that the lab shows for one setting.

    Returns
    -------
    tuple of list of dict, str, str, str
        The bars (country, share of the longest bar or None, label, note), the heading with
        unit and year, the sentence, and the source line.
    """
    chosen = [data.home(), *countries]
    every_row = assets.compare(table, indicator, chosen)
    divided = per_million and bool(every_row["per_head"].all())
    rows = assets.compare(table, indicator, chosen, per_million=divided)
    longest = rows["value"].max()
    missing = texts.text("no data")
    bars = [
        {
            "country": row.country,
            "name": texts.cell(row.country),
            "colour": of_country(row.country),
            "share": None if pd.isna(row.value) else float(row.value / longest) if longest else 0.0,
            "label": missing if pd.isna(row.value) else _number(row.value),
            "note": "" if pd.isna(row.note) else texts.cell(row.note),
            "home": row.country == data.home(),
        }
        for row in rows.itertuples()
    ]
    known = [rows.dropna(subset=["value"])]
    if divided:
        people = table[(table["indicator"] == "inhabitants") & table["country"].isin(chosen)]
        known.append(people)
    heading = _heading(indicator, rows, people["year"].max() if divided else None)
    return bars, heading, _sentence(rows), data.source_line(*known, computed=divided)


def _heading(indicator, rows, people_of):
    """Say what is drawn: its name, its unit, the year where there is one, and what it is divided by."""
    years = rows["year"].dropna().unique()
    parts = [
        f"{upper(texts.cell(indicator))}: {texts.cell(rows['unit'].iloc[0])}",
        str(years[0]) if len(years) == 1 else "",
        texts.text("per million people of {year}", year=people_of) if people_of else "",
    ]
    return ", ".join(part for part in parts if part)


def _number(value):
    if 0 < value < 0.005:  # above nothing, and a zero would say that it is none
        return texts.text("less than {number}", number=texts.number(0.01, 2))
    digits = 0 if value >= 100 or float(value).is_integer() else 1 if value >= 1 else 2
    return texts.number(value, digits)


def _sentence(rows):
    known = rows.dropna(subset=["value"])
    blank = len(rows) - len(known)
    missing = ""
    if blank:
        missing = texts.text(
            "No data for {blank} of {all} countries.",
            blank=texts.number(blank),
            all=texts.number(len(rows)),
        )
    return texts.sentences(_place(known), missing)


def _place(known):
    """Say where Kazakhstan stands among the countries that have a figure."""
    home, own = texts.cell(data.home()), known[known["country"] == data.home()]
    if own.empty:
        return texts.text(
            "We found no open figure for {country}, so it cannot be placed.", country=home
        )
    if len(known) == 1:
        return texts.text("{country} has a figure and nobody to compare it with.", country=home)
    value = own["value"].iloc[0]
    place = texts.number(1 + int((known["value"] > value).sum()))
    if (known["value"] == value).sum() > 1:
        return texts.text(
            "{country} is number {place} (shared) of the {count} countries with a figure.",
            country=home,
            place=place,
            count=texts.number(len(known)),
        )
    return texts.text(
        "{country} is number {place} of the {count} countries with a figure.",
        country=home,
        place=place,
        count=texts.number(len(known)),
    )


class AssetBenchmark(Lab):
    """Choose an indicator and countries; a country without a figure keeps its row."""

    _esm = script("asset_benchmark")
    indicators = traitlets.List().tag(sync=True)
    countries = traitlets.List().tag(sync=True)
    home = traitlets.Unicode().tag(sync=True)
    indicator = traitlets.Unicode("World Heritage sites").tag(sync=True)
    chosen = traitlets.List().tag(sync=True)
    per_million = traitlets.Bool(False).tag(sync=True)
    can_divide = traitlets.Bool(False).tag(sync=True)
    bars = traitlets.List().tag(sync=True)
    heading = traitlets.Unicode().tag(sync=True)
    sentence = traitlets.Unicode().tag(sync=True)
    source = traitlets.Unicode().tag(sync=True)
    coverage = traitlets.List().tag(sync=True)
    coverage_sentence = traitlets.Unicode().tag(sync=True)

    def __init__(self, **kwargs):
        self._table = data.load("asset_benchmark")
        kinds = self._table.drop_duplicates("indicator")
        countries = [c for c in dict.fromkeys(self._table["country"]) if c != data.home()]
        super().__init__(
            indicators=[
                {
                    "indicator": row.indicator,
                    "name": texts.cell(row.indicator),
                    "kind": texts.cell(row.kind),
                }
                for row in kinds.itertuples()
            ],
            countries=[[country, texts.cell(country)] for country in countries],
            home=texts.cell(data.home()),
            **{"chosen": [c for c in BESIDE if c != data.home()][:2], **kwargs},
        )
        self._draw()

    @traitlets.observe("indicator", "chosen", "per_million")
    def _draw(self, change=None):
        rows = self._table[self._table["indicator"] == self.indicator]
        self.can_divide = bool(rows["per_head"].all())
        self.bars, self.heading, self.sentence, self.source = view(
            self._table, self.indicator, self.chosen, self.per_million
        )
        counts = assets.coverage(self._table, [data.home(), *self.chosen])
        counts = counts[counts["kind"] == "Soft Power 30 culture indicator"]
        yes, none = texts.text("yes"), texts.text("no data")
        self.coverage = [
            [
                texts.cell(row.indicator),
                yes if row.own else none,
                texts.text(
                    "{some} of {all}",
                    some=texts.number(row.others),
                    all=texts.number(len(self.chosen)),
                ),
            ]
            for row in counts.itertuples()
        ]
        self.coverage_sentence = texts.text(
            "Of the {all} culture indicators, {own} have a figure for {country} and {comparable} can be compared with the countries chosen.",
            all=texts.number(len(counts)),
            own=texts.number(int(counts["own"].sum())),
            country=texts.cell(data.home()),
            comparable=texts.number(int(counts["comparable"].sum())),
        )

    def twin(self):
        """Return the countries in order with their figures, those without one last."""
        rows = [[bar["name"], bar["label"]] for bar in self.bars]
        words = (f"{self.heading}.", self.sentence, self.coverage_sentence, self.source)
        return texts.sentences(*words), pd.DataFrame(
            rows, columns=[texts.text("Country"), self.heading]
        )
