"""The asset benchmark: Kazakhstan beside chosen countries, missing figures in plain sight."""

import pandas as pd
import traitlets

from softpower import assets, data
from softpower.labs.lab import Lab, script

HOME = "Kazakhstan"


def view(table, indicator, countries, per_million):
    """Compute everything that the lab shows for one setting.

    Returns
    -------
    tuple of list of dict, str, str, str
        The bars (country, share of the longest bar or None, label, note), the heading with
        unit and year, the sentence, and the source line.
    """
    chosen = [HOME, *countries]
    every_row = assets.compare(table, indicator, chosen)
    divided = per_million and bool(every_row["per_head"].all())
    rows = assets.compare(table, indicator, chosen, per_million=divided)
    longest = rows["value"].max()
    bars = [
        {
            "country": row.country,
            "share": None if pd.isna(row.value) else float(row.value / longest) if longest else 0.0,
            "label": "no data" if pd.isna(row.value) else _number(row.value),
            "note": "" if pd.isna(row.note) else row.note,
            "home": row.country == HOME,
        }
        for row in rows.itertuples()
    ]
    name = indicator[0].upper() + indicator[1:]
    years = rows["year"].dropna().unique()
    year = f", {years[0]}" if len(years) == 1 else ""
    heading = f"{name}: {rows['unit'].iloc[0]}{year}"
    known = [rows.dropna(subset=["value"])]
    if divided:
        people = table[(table["indicator"] == "population") & table["country"].isin(chosen)]
        heading += f", per million people of {people['year'].max()}"
        known.append(people)
    return bars, heading, _sentence(rows), data.source_line(*known, computed=divided)


def _number(value):
    digits = 0 if value >= 100 or float(value).is_integer() else 1 if value >= 1 else 2
    return f"{value:,.{digits}f}"


def _sentence(rows):
    known = rows.dropna(subset=["value"])
    blank = len(rows) - len(known)
    missing = f" No data for {blank} of {len(rows)} countries." if blank else ""
    own = known[known["country"] == HOME]
    if own.empty:
        return f"We found no open figure for {HOME}, so it cannot be placed.{missing}"
    if len(known) == 1:
        return f"{HOME} has a figure and nobody to compare it with.{missing}"
    value = own["value"].iloc[0]
    place = 1 + int((known["value"] > value).sum())
    shared = " (shared)" if (known["value"] == value).sum() > 1 else ""
    return f"{HOME} is number {place}{shared} of the {len(known)} countries with a figure.{missing}"


class AssetBenchmark(Lab):
    """Choose an indicator and countries; a country without a figure keeps its row."""

    _esm = script("asset_benchmark")
    indicators = traitlets.List().tag(sync=True)
    countries = traitlets.List().tag(sync=True)
    indicator = traitlets.Unicode("World Heritage sites").tag(sync=True)
    chosen = traitlets.List(["Uzbekistan", "South Korea"]).tag(sync=True)
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
        countries = [c for c in dict.fromkeys(self._table["country"]) if c != HOME]
        super().__init__(
            indicators=kinds[["indicator", "kind"]].to_dict("records"),
            countries=countries,
            **kwargs,
        )
        self._draw()

    @traitlets.observe("indicator", "chosen", "per_million")
    def _draw(self, change=None):
        rows = self._table[self._table["indicator"] == self.indicator]
        self.can_divide = bool(rows["per_head"].all())
        self.bars, self.heading, self.sentence, self.source = view(
            self._table, self.indicator, self.chosen, self.per_million
        )
        counts = assets.coverage(self._table, [HOME, *self.chosen])
        counts = counts[counts["kind"] == "Soft Power 30 culture indicator"]
        self.coverage = [
            {
                "indicator": row.indicator,
                "own": "yes" if row.own else "no data",
                "others": f"{row.others} of {len(self.chosen)}",
            }
            for row in counts.itertuples()
        ]
        self.coverage_sentence = (
            f"Of the {len(counts)} culture indicators, {int(counts['own'].sum())} have a figure for "
            f"{HOME} and {int(counts['comparable'].sum())} can be compared with the countries chosen."
        )

    def twin(self):
        """Return the countries in order with their figures, those without one last."""
        rows = [{"Country": bar["country"], self.heading: bar["label"]} for bar in self.bars]
        words = (f"{self.heading}.", self.sentence, self.coverage_sentence, self.source)
        return " ".join(word for word in words if word), pd.DataFrame(rows)
