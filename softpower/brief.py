"""What a plan looks like on paper: its fan, its budget, its one-page brief.

The pictures are SVG text, so that the lab, the lesson and the brief show the same ones.
"""

import textwrap
from functools import cache
from html import escape
from pathlib import Path

import pandas as pd

from softpower import data, figures, keep, policy, scenario

WITH, WITHOUT = "with the plan", "without it"
_COLOURS = {WITH: figures.BLUE, WITHOUT: figures.GREY}
_WIDTH, _HEIGHT, _TOP, _BOTTOM, _LEFT, _GAP = 640, 278, 40, 74, 40, 52


def chance_in_words(share):
    """Say a share of the paths as people do: ``"about 1 in 36"``, ``"about 3 in 10"``."""
    if share < 0.0005:
        return "fewer than 1 in 2,000"
    if share > 0.95:
        return "more than 19 in 20"
    if share < 0.1:
        step = 1 if share > 0.05 else 5 if share > 0.01 else 50  # no more exact than the paths are
        return f"about 1 in {step * round(1 / share / step):,}"
    return f"about {share * 10:.0f} in 10"


def target_in_words(target):
    """Say a target: ``"a score of 37.5 or more in 2030"``, ``"rank 60 or better in 2030"``."""
    if target["measure"] == "rank":
        return f"rank {target['value']:g} or better in {target['year']}"
    return f"a score of {target['value']:g} or more in {target['year']}"


def sentence(result):
    """Say what a scenario shows, in words that can be read aloud."""
    last = result.fan[result.fan["year"] == result.target["year"]]
    last = last[last["measure"] == result.target["measure"]].set_index("path")
    unit = "points" if result.target["measure"] == "score" else "of 193"
    ends = "; ".join(
        f"{name}, the middle half of the paths ends between {_between(last.loc[name])} {unit}"
        for name in (WITH, WITHOUT)
    )
    return (
        f"If these assumptions hold, {chance_in_words(result.chance)} paths reach "
        f"{target_in_words(result.target)}; without the plan, {chance_in_words(result.chance_without)}. "
        f"{ends[0].upper()}{ends[1:]}. {scenario.NOT_A_FORECAST}"
    )


def _between(row):
    low, high = sorted((row["lower"], row["upper"]))
    return f"{low:g} and {high:g}"


def believe_in_words(result):
    """Say for each chance what one would have to believe: a list of sentences."""
    aim = target_in_words(result.target)
    sentences = []
    for row in result.believe.to_dict("records"):
        if row["needed"] <= 0:
            sentences.append(
                f"For {row['chance']}: nothing. Chance alone reaches {aim} that often."
            )
            continue
        times = (
            ""
            if pd.isna(row["times"])
            else f", {row['times']:g} times what the plan's central values add"
        )
        sentences.append(
            f"For {row['chance']}: that the plan adds {row['needed']:g} points of score every year{times}."
        )
    return sentences


def fan_svg(result):
    """Draw the fan with the plan and, beside it, the fan without: one SVG picture as text.

    Parameters
    ----------
    result : scenario.Scenario

    Returns
    -------
    str
        Its ``aria-label`` says what it shows; "not a forecast" and how the paths were drawn
        stand on its face.
    """
    measure, target = result.target["measure"], result.target["value"]
    fan = result.fan[result.fan["measure"] == measure]
    low, high = _limits(min(fan["low"].min(), target), max(fan["high"].max(), target))
    panel = (_WIDTH - _LEFT - _GAP - 20) / 2
    years = sorted(fan["year"].unique())

    def x(year):
        return panel * (year - years[0]) / (years[-1] - years[0])

    def y(value):
        share = (value - low) / (high - low)
        share = share if measure == "rank" else 1 - share  # the better rank stands higher
        return _TOP + share * (_HEIGHT - _TOP - _BOTTOM)

    parts = []
    for position, name in enumerate((WITH, WITHOUT)):
        rows = fan[fan["path"] == name].sort_values("year")
        parts.append(
            f'<g transform="translate({_LEFT + position * (panel + _GAP):.1f} 0)">'
            + _panel(rows, name, x, y, panel, (low, high), target)
            + "</g>"
        )
    label = "Rank (of 193)" if measure == "rank" else "Score (0 to 100 points)"
    how = scenario.drawn_how(result)
    said = escape(" ".join([sentence(result), *how]))
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{said}" '
        'xmlns="http://www.w3.org/2000/svg" font-family="DejaVu Sans, Arial, sans-serif" font-size="11">'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>'
        f'<text x="4" y="12" fill="{figures.INK}">{label}</text>'
        f"{''.join(parts)}"
        f'<text x="4" y="{_HEIGHT - 33}" fill="{figures.INK}" font-weight="bold">Not a forecast. '
        '<tspan font-weight="normal">Dark: the middle half of the paths. Light: 9 in 10 of them.'
        f'</tspan></text><text x="4" y="{_HEIGHT - 19}" fill="{figures.INK}">'
        f"{escape(' '.join(how[:-1]))}</text>"
        f'<text x="4" y="{_HEIGHT - 5}" fill="{figures.INK}">{escape(how[-1])}</text></svg>'
    )


def _limits(low, high):
    margin = max((high - low) * 0.08, 0.5)
    return low - margin, high + margin


def _panel(rows, name, x, y, width, limits, target):
    colour = _COLOURS[name]
    ticks = [value for value in _ticks(*limits)]
    grid = "".join(
        f'<line x1="0" x2="{width:.1f}" y1="{y(t):.1f}" y2="{y(t):.1f}" stroke="#ddd"/>'
        f'<text x="-6" y="{y(t) + 4:.1f}" text-anchor="end" fill="{figures.INK}">{t:g}</text>'
        for t in ticks
    )
    years = rows["year"].tolist()
    step = 1 if len(years) <= 6 else 2
    axis = "".join(
        f'<text x="{x(year):.1f}" y="{_HEIGHT - _BOTTOM + 16}" text-anchor="middle" '
        f'fill="{figures.INK}">{year}</text>'
        for year in years[::step]
    )
    middle = " ".join(f"{x(a):.1f},{y(b):.1f}" for a, b in zip(years, rows["middle"], strict=True))
    return (
        f'<text x="0" y="30" font-weight="bold" fill="{colour}">{name[0].upper()}{name[1:]}</text>'
        f"{grid}{axis}"
        f"{_band(rows, 'low', 'high', x, y, colour, 0.2)}{_band(rows, 'lower', 'upper', x, y, colour, 0.4)}"
        f'<polyline points="{middle}" fill="none" stroke="{colour}" stroke-width="2.5"/>'
        f'<line x1="0" x2="{width:.1f}" y1="{y(target):.1f}" y2="{y(target):.1f}" '
        f'stroke="{figures.ORANGE}" stroke-width="1.5" stroke-dasharray="5 3"/>'
        f'<text x="3" y="{y(target) - 4:.1f}" fill="{figures.ORANGE}">target {target:g}</text>'
    )


def _band(rows, lower, upper, x, y, colour, opacity):
    there = [f"{x(a):.1f},{y(b):.1f}" for a, b in zip(rows["year"], rows[upper], strict=True)]
    back = [f"{x(a):.1f},{y(b):.1f}" for a, b in zip(rows["year"], rows[lower], strict=True)]
    return f'<polygon points="{" ".join(there + back[::-1])}" fill="{colour}" fill-opacity="{opacity}"/>'


def _ticks(low, high):
    step = next(s for s in (0.5, 1, 2, 5, 10, 20, 50, 100) if (high - low) / s <= 7)
    first = int(low // step) + 1
    return [step * n for n in range(first, int(high // step) + 1)]


def fan_table(result):
    """Return the fan's figures as the table that stands beside it."""
    fan = result.fan[result.fan["measure"] == result.target["measure"]].drop(columns="measure")
    fan = fan[fan["year"] > scenario.BASE_YEAR].reset_index(drop=True)
    fan.attrs["labels"] = {
        "path": "Path",
        "year": "Year",
        "low": "1 in 20 below",
        "lower": "1 in 4 below",
        "middle": "Half below",
        "upper": "1 in 4 above",
        "high": "1 in 20 above",
    }
    return fan


class Fan:
    """A scenario as a lesson shows it: picture, sentence, table, and what one must believe."""

    def __init__(self, result):
        self.result = result

    def _repr_mimebundle_(self, include=None, exclude=None):
        said = sentence(self.result)
        how = " ".join(scenario.drawn_how(self.result))
        # Narrower, its letters would be too small to read: there it scrolls.
        picture = figures.embedded(
            fan_svg(self.result), f"{said} {how}", "width:100%;min-width:36em"
        )
        html = (
            f'<figure style="margin:0.5em 0;max-width:48rem">{picture}'
            f'<figcaption><p style="margin:0.3em 0">{escape(said)}</p>'
            f'<p style="margin:0.2em 0"><small>{escape(source_line())}</small></p></figcaption>'
            "<details><summary>The same figures as a table</summary>"
            f"{figures.table_html(fan_table(self.result), caption=said)}</details></figure>"
        )
        return {"text/html": html, "text/plain": f"{said} {how}"}


def source_line():
    """Say where the scenario's figures come from, and which of them are made here."""
    short = data.citation("brandfinance2026")
    return f"Source: {short} (second-hand) for the other countries; paths simulated from the plan's assumptions."


@cache
def _template():
    from jinja2 import Environment

    text = (Path(__file__).parent / "brief.html").read_text(encoding="utf-8")
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(text)


def html(plan, result=None):
    """Return a plan as a web page that prints to one A4 page, with its charts.

    Parameters
    ----------
    plan : dict
        Finished or not: what is not yet written is left out, and the page says so.
    result : scenario.Scenario, optional
        Drawn for rank 60 where not given.
    """
    result = scenario.run(plan) if result is None else result
    findings = policy.check(plan)
    parts = {name: policy.rows(plan, name) for name in policy.SECTIONS}
    return _template().render(
        plan=plan | parts,
        names={row["id"]: row for part in parts.values() for row in part if "id" in row},
        fan=fan_svg(result),
        said=sentence(result),
        believe=result.believe.astype(object)
        .where(result.believe.notna(), None)
        .to_dict("records"),
        target=target_in_words(result.target),
        ready=policy.is_valid(findings),
        open=[] if policy.is_valid(findings) else _open(findings),
        warnings=sum(finding.level == "warning" for finding in findings),
        sources=_sources(plan),
        field_source=source_line(),
        colour=figures.BLUE,
        words=policy.in_words,
    )


def _open(findings):
    """Return what a draft still lacks: errors in words, and the places that are empty."""
    errors = [str(finding) for finding in findings if finding.level == "error"]
    empty = [f"{f.place}: still to write" for f in findings if f.level == "missing"]
    shown = [*errors, *empty]
    more = len(shown) - 12
    return shown if more <= 0 else [*shown[:12], f"and {more} more, listed in the form"]


def _sources(plan):
    own = {row.get("id"): row.get("reference", "") for row in policy.rows(plan, "sources")}
    used = {
        row.get(name)
        for part, name in (
            ("evidence", "source"),
            ("instruments", "precedent_source"),
            ("kpis", "source"),
        )
        for row in policy.rows(plan, part)
    }
    shorts = data.load("sources").set_index("source_id")["short"]
    return {
        key: (own.get(key) or shorts.get(policy.course_source(key), "")).rstrip(".")
        for key in sorted(used - {None, ""})
    }


def write(plan, path, result=None):
    """Save the brief as a file to open in a browser and print; returns its path."""
    keep.write(path, html(plan, result))
    return Path(path)


def budget_table(plan):
    """Return the instruments of a plan as a table: what, lever, marker, precedent, points."""
    columns = ["id", "name", "lever", "marker", "precedent_case", "points"]
    table = pd.DataFrame(policy.rows(plan, "instruments"), columns=columns)
    for name in ("lever", "marker"):
        table[name] = [policy.in_words("instruments", name, value) for value in table[name]]
    table.attrs["labels"] = {
        "id": "key",
        "precedent_case": "borrowed from",
        "points": "points of 100",
    }
    return table


def indicator_table(plan):
    """Return the indicators of a plan as a table: what, from where to where by when, the noise."""
    columns = [
        "id",
        "objective",
        "measures",
        "level",
        "unit",
        "baseline",
        "baseline_year",
        "target",
    ]
    columns += ["target_year", "noise", "comparison"]
    table = pd.DataFrame(policy.rows(plan, "kpis"), columns=columns)
    table.attrs["labels"] = {
        "id": "key",
        "objective": "shows",
        "baseline": "from",
        "baseline_year": "in",
        "target": "to",
        "target_year": "by",
    }
    return table


def assumption_table(plan):
    """Return the assumptions of a plan as a table: about what, low, central, high, and why."""
    columns = ["about", "low", "central", "high", "basis", "because"]
    table = pd.DataFrame(policy.rows(plan, "assumptions"), columns=columns)
    table.attrs["labels"] = {"about": "what is assumed about", "basis": "rests on"}
    return table


_MEMO = {
    "1. What we ask you to decide": "decision_maker",
    "2. The problem, and how large it is": "problem",
    "3. What we would tell the world, and what a critic would answer": ("message", "counter_voice"),
    "4. What we would do, what else we looked at, and what we would give up": "instruments",
    "5. Why a foreign tool would work here, and where it would not": "transfer",
    "6. How you would know, and how sure you could be": "kpis",
    "7. Who is in the picture, who could lose, and what could go wrong": ("included", "left_out"),
}


def memo_frame(plan):
    """Return the frame of a memo: seven headings with the plan's own words to start from."""
    found = {
        "instruments": [
            f"{r.get('name')}: {r.get('points')} points" for r in policy.rows(plan, "instruments")
        ],
        "transfer": [
            f"{r.get('precedent')}: {r.get('transfer')}" for r in policy.rows(plan, "instruments")
        ],
        "kpis": [
            f"{r.get('measures')}: from {_start(r.get('baseline'))} to {r.get('target')}"
            for r in policy.rows(plan, "kpis")
        ],
    }
    parts = []
    for heading, names in _MEMO.items():
        names = (names,) if isinstance(names, str) else names
        notes = [note for name in names for note in found.get(name, [plan.get(name) or "…"])]
        parts.append("\n".join([heading, *map(_note, notes)]))
    return "\n\n".join(parts)


def _start(baseline):
    return "a start still to be measured" if baseline == policy.TO_BE_MEASURED else baseline


def _note(text):
    return textwrap.fill(text, 84, initial_indent="   - ", subsequent_indent="     ")
