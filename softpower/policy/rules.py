"""What must hold between the parts of a plan: points, years, audiences, indicators, beliefs."""

import re
from collections import Counter

from softpower import data, texts
from softpower.policy.doubt import stop, warn
from softpower.policy.doubts import doubts
from softpower.policy.indicators import indicators
from softpower.policy.links import references, short_names
from softpower.policy.numbers import figure, year
from softpower.policy.plan import OUTCOMES, RIVALS, budget, for_measurement, in_words, number, rows


def rule_faults(plan):
    """Yield (level, path, message) for what holds between the parts of a plan."""
    for rule in (
        short_names,
        references,
        _budget,
        _objectives,
        _years,
        _instruments,
        _audiences,
        indicators,
        _assumptions,
        doubts,
    ):
        yield from rule(plan)


def _budget(plan):
    if not rows(plan, "instruments"):
        return
    total = budget(plan)
    if abs(total - 100) > 1e-9:
        places = {"total": figure(total), "difference": figure(abs(100 - total))}
        if total < 100:
            said = texts.text(
                "the points add up to {total}, {difference} short of 100. What one instrument gets, "
                "another gives.",
                **places,
            )
        else:
            said = texts.text(
                "the points add up to {total}, {difference} over 100. What one instrument gets, "
                "another gives.",
                **places,
            )
        yield stop("instruments", said)


def _objectives(plan):
    # What only waits for a later section is not wrong yet.
    level = {part: "error" if rows(plan, part) else "missing" for part in ("instruments", "kpis")}
    served = {row.get("objective") for row in rows(plan, "instruments")}
    shown = {row.get("objective") for row in rows(plan, "kpis") if row.get("level") in OUTCOMES}
    for position, row in enumerate(rows(plan, "objectives")):
        if row.get("id") and row["id"] not in served:
            yield (
                level["instruments"],
                ("objectives", position),
                (texts.text("no instrument serves it. Give it one, or let the objective go.")),
            )
        if row.get("id") and row["id"] not in shown:
            yield (
                level["kpis"],
                ("objectives", position),
                (
                    texts.text(
                        "no outcome shows it. Counting what you spent or did (input, output) cannot "
                        "tell whether the audience changed: add an indicator of the level outcome."
                    )
                ),
            )


def _years(plan):
    start, end = number(plan.get("start")), number(plan.get("end"))
    if start and end and end <= start:
        said = texts.text(
            "the plan ends in {end}, which is not after its start in {start}.",
            end=year(end),
            start=year(start),
        )
        yield stop("end", said)
        return
    for position, row in enumerate(rows(plan, "instruments")):
        yield from _starts(position, number(row.get("starts")), start, end)
    for position, row in enumerate(rows(plan, "kpis")):
        before, after = number(row.get("baseline_year")), number(row.get("target_year"))
        level, name, said = _moments(before, after, start, end)
        if said:
            yield level, ("kpis", position, name), said


def _starts(position, starts, start, end):
    """Yield what is to be said of the year in which an instrument starts."""
    place = ("instruments", position, "starts")
    if starts and start and end and not start <= starts <= end:
        said = texts.text(
            "{starts} lies outside the plan ({start} to {end}).",
            starts=year(starts),
            start=year(start),
            end=year(end),
        )
        yield stop(*place, said)
    elif starts and end and starts == end:
        said = texts.text(
            "it starts in {starts}, the year in which the plan is judged. What can it have "
            "changed by then?",
            starts=year(starts),
        )
        yield warn(*place, said)


def _moments(before, after, start, end):
    """Return the level, field and message for the two years of an indicator; no message if good."""
    if after and start and after < start:
        said = texts.text(
            "the target year {after} lies before the first year of the plan, {start}: "
            "nothing could have worked by then.",
            after=year(after),
            start=year(start),
        )
    elif before and after and after <= before:
        said = texts.text(
            "the target year {after} is not after the baseline year {before}: a change needs "
            "two moments.",
            after=year(after),
            before=year(before),
        )
    elif after and end and after > end:
        said = texts.text(
            "{after} lies after the plan is judged, in {end}.", after=year(after), end=year(end)
        )
    elif before and start and before > start:
        said = texts.text(
            "the baseline is of {before}, and the plan starts in {start}: what it has already "
            "changed by then cannot be seen. Measure before the start.",
            before=year(before),
            start=year(start),
        )
        return "warning", "baseline_year", said
    else:
        said = ""
    return "error", "target_year", said


def _instruments(plan):
    instruments = rows(plan, "instruments")
    for position, row in enumerate(instruments):
        points = number(row.get("points"))
        if points is not None and 60 < points <= 100:
            yield warn(
                "instruments",
                position,
                "points",
                texts.text(
                    "{points} of 100 points stand on one instrument. If it fails, the plan fails: "
                    "what would you do with half of them?",
                    points=figure(points),
                ),
            )
    if not instruments:
        return
    if not for_measurement(plan):
        yield warn(
            "instruments",
            texts.text(
                "nothing is set aside for measurement. Without a survey before the start, "
                "nobody will be able to say what the plan did."
            ),
        )
    if (
        len(instruments) > 1
        and len({row.get("marker") for row in instruments}) == 1
        and instruments[0].get("marker")
    ):
        yield warn(
            "instruments",
            texts.text(
                "every instrument carries the same identity marker, {marker}. Who does not see "
                "themselves in it?",
                marker=in_words("instruments", "marker", instruments[0]["marker"]),
            ),
        )
    cases = {row.get("precedent_case") for row in instruments} - {None}
    if cases == {data.home()} == {"Kazakhstan"}:
        yield warn(
            "instruments",
            texts.text(
                "every precedent is Kazakhstan's own. What has another country tried, and "
                "lost, that you could learn from?"
            ),
        )


def _audiences(plan):
    """An instrument should reach the audience of its objective, and every audience be reached."""
    instruments = rows(plan, "instruments")
    meant = {row.get("id"): row.get("audience") for row in rows(plan, "objectives")}
    for position, row in enumerate(instruments):
        wanted, reached = meant.get(row.get("objective")), row.get("audience")
        if wanted and reached and wanted != reached:
            yield warn(
                "instruments",
                position,
                "audience",
                texts.text(
                    "it reaches {reached}, and its objective {objective} is about {wanted}. How "
                    "does the one change the other?",
                    reached=reached,
                    objective=row["objective"],
                    wanted=wanted,
                ),
            )
    reached = {row.get("audience") for row in instruments}
    for position, row in enumerate(rows(plan, "audiences")):
        if instruments and row.get("id") and row["id"] not in reached:
            yield warn(
                "audiences",
                position,
                texts.text(
                    "no instrument reaches this audience. Give it one, or leave the audience out."
                ),
            )
    names = Counter(_bare(row.get("name")) for row in instruments)
    for position, row in enumerate(instruments):
        if row.get("name") and names[_bare(row["name"])] > 1:
            yield warn(
                "instruments",
                position,
                "name",
                texts.text(
                    "this instrument stands here more than once. Put its points together in one "
                    "row."
                ),
            )


def _bare(text):
    return re.sub(r"\W+", " ", str(text).casefold()).strip()


def _assumptions(plan):
    lines = rows(plan, "assumptions")
    for position, row in enumerate(lines):
        low, central, high = (number(row.get(name)) for name in ("low", "central", "high"))
        if low is None or central is None or high is None:
            continue
        if not low <= central <= high:
            yield stop(
                "assumptions",
                position,
                texts.text(
                    "low {low}, central {central} and high {high} are out of order: low may not be "
                    "above central, nor central above high.",
                    low=figure(low),
                    central=figure(central),
                    high=figure(high),
                ),
            )
        elif low == high:
            yield warn(
                "assumptions",
                position,
                texts.text(
                    "low and high are the same. Nobody knows an effect that exactly: how bad, and "
                    "how good, could it be?"
                ),
            )
    yield from _lines(plan, Counter(row.get("about") for row in lines))


def _lines(plan, about):
    """Each instrument has one line of what it could add, and the rivals one."""
    for name, times in about.items():
        if name and times > 1:
            yield stop(
                "assumptions",
                texts.texts(
                    "{name} has {count} line. Keep one, so that it is clear which holds.",
                    "{name} has {count} lines. Keep one, so that it is clear which holds.",
                    times,
                    name=name,
                ),
            )
    for position, row in enumerate(rows(plan, "instruments")):
        if row.get("id") and row["id"] not in about and row.get("lever") != "measurement":
            yield warn(
                "instruments",
                position,
                texts.text(
                    "no assumption says what it could add, so the scenario counts it as nothing."
                ),
            )
    if about and RIVALS not in about:
        yield warn(
            "assumptions",
            texts.text(
                "the rivals stand still in this plan. They have plans too: add a line about rivals."
            ),
        )
