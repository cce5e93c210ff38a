"""What a plan looks like on paper: its fan, its budget, its one-page brief.

The pictures are SVG text, so that the lab, the lesson and the brief show the same ones.
"""

import textwrap
from functools import cache
from html import escape
from pathlib import Path

import pandas as pd

from softpower import data, figures, keep, palette, policy, scenario, texts
from softpower.figures.drawing import Drawing, scale
from softpower.figures.style import upper

WITH, WITHOUT = texts.mark("with the plan"), texts.mark("without it")
_COLOURS = {WITH: "accent", WITHOUT: "grey"}
_WIDTH, _TOP, _LEFT, _GAP, _PANEL = 640, 40, 40, 52, 164
_LINE = 14  # between two lines of words


def chance_in_words(share):
    """Say a share of the paths as people do: ``"about 1 in 36"``, ``"about 3 in 10"``."""
    if share < 0.0005:
        return texts.text("fewer than {some} in {all}", some=1, all=texts.number(2000))
    if share > 0.95:
        return texts.text("more than {some} in {all}", some=19, all=20)
    if share < 0.1:
        step = 1 if share > 0.05 else 5 if share > 0.01 else 50  # no more exact than the paths are
        paths = texts.number(step * round(1 / share / step))
        return texts.text("about {some} in {all}", some=1, all=paths)
    return texts.text("about {some} in {all}", some=texts.number(share * 10, 0), all=10)


def target_in_words(target):
    """Say a target: ``"a score of 37.5 or more in 2030"``, ``"rank 60 or better in 2030"``."""
    named = {"value": texts.number(target["value"]), "year": target["year"]}
    if target["measure"] == "rank":
        return texts.text("rank {value} or better in {year}", **named)
    return texts.text("a score of {value} or more in {year}", **named)


def sentence(result):
    """Say what a scenario shows, in words that can be read aloud."""
    last = result.fan[result.fan["year"] == result.target["year"]]
    last = last[last["measure"] == result.target["measure"]].set_index("path")
    chance = texts.text(
        "If these assumptions hold, {chance} paths reach {target}; without the plan, {other}.",
        chance=chance_in_words(result.chance),
        target=target_in_words(result.target),
        other=chance_in_words(result.chance_without),
    )
    return texts.sentences(
        chance, _ends(last, result.target["measure"]), texts.text(scenario.NOT_A_FORECAST)
    )


def _ends(last, measure):
    """Say where the middle half of the paths ends, with the plan and without it."""
    (low, high), (other_low, other_high) = (
        map(texts.number, sorted((last.loc[name, "lower"], last.loc[name, "upper"])))
        for name in (WITH, WITHOUT)
    )
    named = {"low": low, "high": high, "other_low": other_low, "other_high": other_high}
    if measure == "score":
        return texts.text(
            "With the plan, the middle half of the paths ends between {low} and {high} points; without it, the middle half of the paths ends between {other_low} and {other_high} points.",
            **named,
        )
    return texts.text(
        "With the plan, the middle half of the paths ends between {low} and {high} of {ranked}; without it, the middle half of the paths ends between {other_low} and {other_high} of {ranked}.",
        ranked=_ranked(),
        **named,
    )


@cache
def _ranked():
    """Return how many countries the index ranks today."""
    sizes = data.load("index_editions").query(
        "index == 'Global Soft Power Index' and indicator == 'countries ranked'"
    )
    return int(sizes.sort_values("year")["value"].iloc[-1])


def believe_in_words(result):
    """Say for each chance what one would have to believe: a list of sentences."""
    aim = target_in_words(result.target)
    return [_belief(row, aim) for row in result.believe.to_dict("records")]


def _belief(row, aim):
    chance = texts.spelt(row["chance"])
    if row["needed"] <= 0:
        return texts.text(
            "For {chance}: nothing. Chance alone reaches {target} that often.",
            chance=chance,
            target=aim,
        )
    needed = texts.number(row["needed"])
    if pd.isna(row["times"]):
        return texts.text(
            "For {chance}: that the plan adds {points} points of score every year.",
            chance=chance,
            points=needed,
        )
    return texts.text(
        "For {chance}: that the plan adds {points} points of score every year, {times} times what the plan's central values add.",
        chance=chance,
        points=needed,
        times=texts.number(row["times"]),
    )


def fan_svg(result):
    """Draw the fan with the plan and, beside it, the fan without: one SVG picture as text.

    Parameters
    ----------
    result : scenario.Scenario

    Returns
    -------
    str
        See :func:`fan`.
    """
    return fan(result).svg()


def fan(result):
    """Draw the fan with the plan and, beside it, the fan without, as a :class:`Drawing`.

    Its label says what it shows; "not a forecast" and how the paths were drawn stand on its face.
    """
    measure, target = result.target["measure"], result.target["value"]
    rows = result.fan[result.fan["measure"] == measure]
    limits = _limits(min(rows["low"].min(), target), max(rows["high"].max(), target))
    how = scenario.drawn_how(result)
    drawing = Drawing(_WIDTH, 0, " ".join([sentence(result), *how]), size=11, halo=False)
    key = texts.text(
        "Dark: the middle half of the paths. Light: {some} in {all} of them.", some=9, all=10
    )
    notes = [line for text in (key, *how) for line in drawing.lines(text)]
    floor = _TOP + _PANEL
    drawing.height = floor + 26 + _LINE * len(notes) + 6
    wide = (_WIDTH - _LEFT - _GAP - 20) / 2
    # The better rank stands higher.
    ends = (_TOP, floor) if measure == "rank" else (floor, _TOP)
    for position, name in enumerate((WITH, WITHOUT)):
        left = _LEFT + position * (wide + _GAP)
        shown = rows[rows["path"] == name].sort_values("year")
        _panel(drawing, shown, name, (left, left + wide), (limits, ends), target)
    label = texts.text("Score ({low} to {high} points)", low=0, high=100)
    if measure == "rank":
        label = texts.text("Rank (of {ranked})", ranked=_ranked())
    drawing.word(4, 12, label)
    drawing.word(_WIDTH - 4, 12, texts.text("Not a forecast."), anchor="end", bold=True)
    for position, line in enumerate(notes):
        drawing.word(4, floor + 26 + _LINE * (position + 1), line)
    return drawing


def _limits(low, high):
    margin = max((high - low) * 0.08, 0.5)
    return low - margin, high + margin


def _panel(drawing, rows, name, sides, heights, target):
    """Draw one fan between two sides, with its grid, its years and the target."""
    (left, right), (limits, ends) = sides, heights
    colour, years = _COLOURS[name], rows["year"].tolist()
    x, y = scale(years[0], years[-1], left, right), scale(*limits, *ends)
    drawing.word(left, 30, upper(texts.text(name)), colour, bold=True)
    for tick in _ticks(*limits):
        drawing.stroke([(left, y(tick)), (right, y(tick))])
        drawing.word(left - 6, y(tick) + 4, texts.number(tick), anchor="end")
    for year in years[:: 1 if len(years) <= 6 else 2]:
        drawing.word(x(year), max(ends) + 16, str(year), anchor="middle")
    for lower, upper_one, opacity in (("low", "high", 0.2), ("lower", "upper", 0.4)):
        there = [(x(a), y(b)) for a, b in zip(years, rows[upper_one], strict=True)]
        back = [(x(a), y(b)) for a, b in zip(years, rows[lower], strict=True)]
        drawing.band(there + back[::-1], colour, opacity)
    middle = [(x(a), y(b)) for a, b in zip(years, rows["middle"], strict=True)]
    drawing.stroke(middle, colour, 2.5)
    drawing.stroke([(left, y(target)), (right, y(target))], "target", 1.5, "5 3")
    aim = texts.text("target {value}", value=texts.number(target))
    drawing.word(left + 3, y(target) - 4, aim, "target")


def _ticks(low, high):
    step = next(s for s in (0.5, 1, 2, 5, 10, 20, 50, 100) if (high - low) / s <= 7)
    first = int(low // step) + 1
    return [step * n for n in range(first, int(high // step) + 1)]


def fan_table(result):
    """Return the fan's figures as the table that stands beside it."""
    fan = result.fan[result.fan["measure"] == result.target["measure"]].drop(columns="measure")
    fan = fan[fan["year"] > scenario.BASE_YEAR].reset_index(drop=True)
    fan["path"] = [texts.text(path) for path in fan["path"]]
    fan.attrs["labels"] = {
        "path": texts.text("Path"),
        "year": texts.text("Year"),
        "low": texts.text("1 in 20 below"),
        "lower": texts.text("1 in 4 below"),
        "middle": texts.text("Half below"),
        "upper": texts.text("1 in 4 above"),
        "high": texts.text("1 in 20 above"),
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
            f"<details><summary>{texts.text('The same figures as a table')}</summary>"
            f"{figures.table_html(fan_table(self.result), caption=said)}</details></figure>"
        )
        return {"text/html": html, "text/plain": f"{said} {how}"}


def source_line():
    """Say where the scenario's figures come from, and which of them are made here."""
    return texts.text(
        "Source: {source} (second-hand) for the other countries; paths simulated from the plan's assumptions.",
        source=data.citation("brandfinance2026"),
    )


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
    plan = policy.Plan.of(plan)
    result = scenario.run(plan) if result is None else result
    findings = policy.check(plan)
    parts = {name: policy.rows(plan, name) for name in policy.SECTIONS}
    valid = policy.is_valid(findings)
    believe = result.believe.astype(object).where(result.believe.notna(), None)
    return _template().render(
        plan=plan | parts,
        names={row["id"]: row for part in parts.values() for row in part if "id" in row},
        fan=fan_svg(result),
        said=sentence(result),
        believe=believe.to_dict("records"),
        target=target_in_words(result.target),
        ready=valid,
        open=[] if valid else _open(findings),
        warnings=sum(finding.level == "warning" for finding in findings),
        sources=_sources(plan),
        field_source=source_line(),
        palette=palette.of_page(dark=False),
        words=policy.in_words,
        text=texts.text,
        counted=texts.texts,
        cell=texts.cell,
        number=_figure,
        language=texts.language(),
    )


def _figure(value):
    """Return a number in the reader's spelling; whatever else stands there as it is."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    return texts.number(value)


def _open(findings):
    """Return what a draft still lacks: errors in words, and the places that are empty."""
    errors = [str(finding) for finding in findings if finding.level == "error"]
    empty = [
        texts.text("{place}: still to write", place=finding.place)
        for finding in findings
        if finding.level == "missing"
    ]
    shown = [*errors, *empty]
    more = len(shown) - 12
    if more <= 0:
        return shown
    rest = texts.texts(
        "and {count} more, listed in the form", "and {count} more, listed in the form", more
    )
    return [*shown[:12], rest]


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
    missing = texts.text("not listed")
    named = {
        key: (own.get(key) or shorts.get(policy.course_source(key), "")).rstrip(".") or missing
        for key in sorted(used - {None, ""})
    }
    return "; ".join(f"{key}: {name}" for key, name in named.items())


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
        "id": texts.text("key"),
        "precedent_case": texts.text("borrowed from"),
        "points": texts.text("points of 100"),
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
        "id": texts.text("key"),
        "objective": texts.text("shows"),
        "baseline": texts.text("from"),
        "baseline_year": texts.text("in"),
        "target": texts.text("to"),
        "target_year": texts.text("by"),
    }
    return table


def assumption_table(plan):
    """Return the assumptions of a plan as a table: about what, low, central, high, and why."""
    columns = ["about", "low", "central", "high", "basis", "because"]
    table = pd.DataFrame(policy.rows(plan, "assumptions"), columns=columns)
    table.attrs["labels"] = {
        "about": texts.text("what is assumed about"),
        "basis": texts.text("rests on"),
    }
    return table


# The headings of a memo, and the parts of the plan from which each begins.
_MEMO = {
    texts.mark("1. What we ask you to decide"): ("decision_maker",),
    texts.mark("2. The problem, and how large it is"): ("problem",),
    texts.mark("3. What we would tell the world, and what a critic would answer"): (
        "message",
        "counter_voice",
    ),
    texts.mark("4. What we would do, what else we looked at, and what we would give up"): (
        "instruments",
    ),
    texts.mark("5. Why a foreign tool would work here, and where it would not"): ("transfer",),
    texts.mark("6. How you would know, and how sure you could be"): ("kpis",),
    texts.mark("7. Who is in the picture, who could lose, and what could go wrong"): (
        "included",
        "left_out",
    ),
}


def memo_frame(plan):
    """Return the frame of a memo: seven headings with the plan's own words to start from."""
    said = texts.cell  # the example's words are the course's own
    instruments = policy.rows(plan, "instruments")
    found = {
        "instruments": [
            texts.text(
                "{name}: {points} points", name=said(r.get("name")), points=_figure(r.get("points"))
            )
            for r in instruments
        ],
        "transfer": [f"{said(r.get('precedent'))}: {said(r.get('transfer'))}" for r in instruments],
        "kpis": [
            texts.text(
                "{measures}: from {start} to {target}",
                measures=said(r.get("measures")),
                start=_start(r.get("baseline")),
                target=_figure(r.get("target")),
            )
            for r in policy.rows(plan, "kpis")
        ],
    }
    parts = []
    for heading, names in _MEMO.items():
        notes = [note for name in names for note in found.get(name, [said(plan.get(name)) or "…"])]
        parts.append("\n".join([texts.text(heading), *map(_note, notes)]))
    return "\n\n".join(parts)


def _start(baseline):
    if baseline == policy.TO_BE_MEASURED:
        return texts.text("a start still to be measured")
    return _figure(baseline)


def _note(text):
    return textwrap.fill(text, 84, initial_indent="   - ", subsequent_indent="     ")
