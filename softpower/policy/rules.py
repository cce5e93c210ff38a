"""What must hold between the parts of a plan: points, years, audiences, indicators, beliefs."""

import math
import re
from collections import Counter

from softpower.policy.doubts import doubts
from softpower.policy.links import references, short_names
from softpower.policy.numbers import figure, year
from softpower.policy.plan import OUTCOMES, RIVALS, TO_BE_MEASURED, budget, in_words, number, rows


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
        _indicators,
        _assumptions,
        doubts,
    ):
        yield from rule(plan)


def _budget(plan):
    if not rows(plan, "instruments"):
        return
    total = budget(plan)
    if abs(total - 100) > 1e-9:
        way = "short of" if total < 100 else "over"
        yield (
            "error",
            ("instruments",),
            (
                f"the points add up to {figure(total)}, {figure(abs(100 - total))} {way} 100. "
                "What one instrument gets, another gives."
            ),
        )


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
                ("no instrument serves it. Give it one, or let the objective go."),
            )
        if row.get("id") and row["id"] not in shown:
            yield (
                level["kpis"],
                ("objectives", position),
                (
                    "no outcome shows it. Counting what you spent or did (input, output) cannot tell "
                    "whether the audience changed: add an indicator of the level outcome."
                ),
            )


def _years(plan):
    start, end = number(plan.get("start")), number(plan.get("end"))
    if start and end and end <= start:
        yield (
            "error",
            ("end",),
            f"the plan ends in {year(end)}, which is not after its start in {year(start)}.",
        )
        return
    for position, row in enumerate(rows(plan, "instruments")):
        starts = number(row.get("starts"))
        if starts and start and end and not start <= starts <= end:
            yield (
                "error",
                ("instruments", position, "starts"),
                (f"{year(starts)} lies outside the plan ({year(start)} to {year(end)})."),
            )
        elif starts and end and starts == end:
            yield (
                "warning",
                ("instruments", position, "starts"),
                (
                    f"it starts in {year(starts)}, the year in which the plan is judged. "
                    "What can it have changed by then?"
                ),
            )
    for position, row in enumerate(rows(plan, "kpis")):
        before, after = number(row.get("baseline_year")), number(row.get("target_year"))
        place = ("kpis", position, "target_year")
        if after and start and after < start:
            yield (
                "error",
                place,
                (
                    f"the target year {year(after)} lies before the first year of the plan, "
                    f"{year(start)}: nothing could have worked by then."
                ),
            )
        elif before and after and after <= before:
            yield (
                "error",
                place,
                (
                    f"the target year {year(after)} is not after the baseline year {year(before)}: "
                    "a change needs two moments."
                ),
            )
        elif after and end and after > end:
            yield "error", place, f"{year(after)} lies after the plan is judged, in {year(end)}."
        elif before and start and before > start:
            yield (
                "warning",
                ("kpis", position, "baseline_year"),
                (
                    f"the baseline is of {year(before)}, and the plan starts in {year(start)}: "
                    "what it has already changed by then cannot be seen. Measure before the start."
                ),
            )


def _instruments(plan):
    instruments = rows(plan, "instruments")
    for position, row in enumerate(instruments):
        points = number(row.get("points"))
        if points is not None and 60 < points <= 100:
            yield (
                "warning",
                ("instruments", position, "points"),
                (
                    f"{figure(points)} of 100 points stand on one instrument. If it fails, the plan fails: "
                    "what would you do with half of them?"
                ),
            )
    if not instruments:
        return
    if not _measured(plan):
        yield (
            "warning",
            ("instruments",),
            (
                "nothing is set aside for measurement. Without a survey before the start, "
                "nobody will be able to say what the plan did."
            ),
        )
    if (
        len(instruments) > 1
        and len({row.get("marker") for row in instruments}) == 1
        and instruments[0].get("marker")
    ):
        yield (
            "warning",
            ("instruments",),
            (
                "every instrument carries the same identity marker, "
                f"{in_words('instruments', 'marker', instruments[0]['marker'])}. "
                "Who does not see themselves in it?"
            ),
        )
    cases = {row.get("precedent_case") for row in instruments} - {None}
    if cases == {"Kazakhstan"}:
        yield (
            "warning",
            ("instruments",),
            (
                "every precedent is Kazakhstan's own. What has another country tried, and lost, "
                "that you could learn from?"
            ),
        )


def _measured(plan):
    """Return the points that go into measurement."""
    instruments = rows(plan, "instruments")
    return sum(number(r.get("points")) or 0 for r in instruments if r.get("lever") == "measurement")


def _audiences(plan):
    """An instrument should reach the audience of its objective, and every audience be reached."""
    instruments = rows(plan, "instruments")
    meant = {row.get("id"): row.get("audience") for row in rows(plan, "objectives")}
    for position, row in enumerate(instruments):
        wanted, reached = meant.get(row.get("objective")), row.get("audience")
        if wanted and reached and wanted != reached:
            yield (
                "warning",
                ("instruments", position, "audience"),
                (
                    f"it reaches {reached}, and its objective {row['objective']} is about {wanted}. "
                    "How does the one change the other?"
                ),
            )
    reached = {row.get("audience") for row in instruments}
    for position, row in enumerate(rows(plan, "audiences")):
        if instruments and row.get("id") and row["id"] not in reached:
            yield (
                "warning",
                ("audiences", position),
                "no instrument reaches this audience. Give it one, or leave the audience out.",
            )
    names = Counter(_bare(row.get("name")) for row in instruments)
    for position, row in enumerate(instruments):
        if row.get("name") and names[_bare(row["name"])] > 1:
            yield (
                "warning",
                ("instruments", position, "name"),
                "this instrument stands here more than once. Put its points together in one row.",
            )


def _bare(text):
    return re.sub(r"\W+", " ", str(text).casefold()).strip()


def _indicators(plan):
    start, paid = number(plan.get("start")), bool(_measured(plan))
    for position, row in enumerate(rows(plan, "kpis")):
        place = ("kpis", position)
        if row.get("level") in OUTCOMES and row.get("comparison") == "nothing":
            yield (
                "warning",
                (*place, "comparison"),
                (
                    f"an {row['level']} without a comparison. It may move because of the plan or because of "
                    "the world, and nobody can tell which."
                ),
            )
        if _is_rank(row):
            yield from _down_the_list(place, row)  # before all that is only doubtful
            yield (
                "warning",
                (*place, "target"),
                (
                    "a rank moves when others move. Set the target on the score, or on familiarity in a "
                    "named audience, and report the rank as a by-product."
                ),
            )
        if row.get("baseline") == TO_BE_MEASURED:
            yield (
                "warning",
                (*place, "baseline"),
                (
                    "the starting point has still to be measured. The first survey must come before the "
                    "first event."
                    if paid
                    else "the starting point has still to be measured. The first survey must come before "
                    "the first event, so it needs points of its own."
                ),
            )
        yield from _target(place, row)
        yield from _noise(place, row, start)


def _is_rank(row):
    unit, measures = (str(row.get(name, "")).casefold() for name in ("unit", "measures"))
    ranked = r"\brank(s|ed|ing|ings)?\b"
    listed = r"\b(place|position)s?\b.*\b(index|list|league|table|ranking|world)\b"
    return bool(
        re.search(ranked, f"{unit} {measures}")
        or re.search(listed, measures)
        or re.fullmatch(r"(the )?(place|position)s?( \(.*\))?", unit.strip())
    )


def _down_the_list(place, row):
    target, baseline = number(row.get("target")), number(row.get("baseline"))
    if target is not None and baseline is not None and target > baseline:
        yield (
            "warning",
            (*place, "target"),
            (
                f"place {figure(target)} stands lower on a list than place {figure(baseline)}: the plan "
                "promises a fall. The first place is the best."
            ),
        )


_LESS_IS_BETTER = re.compile(
    r"\b(unfamiliar\w*|unaware|unknown|unable|unfavourable|never|nothing|not|cannot|don.t|less|"
    r"fewer|negative\w*|complain\w*|cost\w*|loss\w*|lost|drop\w*|fear\w*|stereotyp\w*|"
    r"prejudice\w*|wait\w*|delay\w*|error\w*|crime\w*|bad|worse|wrong\w*|refus\w*|reject\w*)\b"
)


def _target(place, row):
    """A target should be another number than the baseline, a better one, and one that can be."""
    target, baseline = number(row.get("target")), number(row.get("baseline"))
    what = f"{row.get('measures', '')} {row.get('unit', '')}".casefold()
    if target is not None and target == baseline:
        yield (
            "warning",
            (*place, "target"),
            "the target equals the baseline: the plan promises that nothing changes.",
        )
    less = _is_rank(row) or _LESS_IS_BETTER.search(what)
    if target is not None and baseline is not None and target < baseline and not less:
        yield (
            "warning",
            (*place, "target"),
            (
                f"the target ({figure(target)}) lies below the baseline ({figure(baseline)}). "
                "If less is better here, say so in what is measured."
            ),
        )
    share = re.search(r"%|\bper ?cent\b|\bshare of\b|\bpercentage\b", what)
    if not share or re.search(r"\b(more|growth|change|rise|increase|compared)\b", what):
        return
    for name in ("baseline", "target"):
        value = number(row.get(name))
        if value is not None and not 0 <= value <= 100:
            yield (
                "warning",
                (*place, name),
                f"{figure(value)} per cent of anybody is not possible: a share lies from 0 to 100.",
            )


def _noise(place, row, start):
    noise, target, baseline = (number(row.get(k)) for k in ("noise", "target", "baseline"))
    if noise == 0:
        yield (
            "warning",
            (*place, "noise"),
            ("a measure without any noise is rare. Look at how much it moved in quiet years."),
        )
    measured = row.get("baseline") == TO_BE_MEASURED
    if not noise or target is None or (baseline is None and not measured) or target == baseline:
        return
    # A wobble that adds up from year to year grows with the square root of the years. The error
    # of a survey does not add up, so for a survey this is strict.
    first = number(row.get("baseline_year")) or start
    years = max(1.0, (number(row.get("target_year")) or 0) - first) if first else 1.0
    wobble = noise * math.sqrt(years)
    span = "one year" if years == 1 else f"{years:.0f} years"
    twice = f"(2 × {_in_short(wobble)})"
    if measured and 0 < target < 2 * wobble:  # what is counted from nought cannot rise by more
        yield (
            "warning",
            (*place, "target"),
            (
                f"the target ({figure(target)}) is smaller than twice the noise of {span} {twice}. "
                "Whatever the first survey finds, the noise alone could reach it."
            ),
        )
    elif not measured and abs(target - baseline) < 2 * wobble:
        yield (
            "warning",
            (*place, "target"),
            (
                f"the change you promise ({target - baseline:+,.10g}) is smaller than twice the noise "
                f"of {span} {twice}. Reaching it could be luck, and so could missing it."
            ),
        )


def _in_short(wobble):
    """Return a noise with three digits, and no power of ten."""
    return figure(round(wobble, max(0, 2 - math.floor(math.log10(wobble)))))


def _assumptions(plan):
    lines = rows(plan, "assumptions")
    for position, row in enumerate(lines):
        low, central, high = (number(row.get(name)) for name in ("low", "central", "high"))
        if low is None or central is None or high is None:
            continue
        if not low <= central <= high:
            yield (
                "error",
                ("assumptions", position),
                (
                    f"low {figure(low)}, central {figure(central)} and high {figure(high)} are out of order: "
                    "low may not be above central, nor central above high."
                ),
            )
        elif low == high:
            yield (
                "warning",
                ("assumptions", position),
                (
                    "low and high are the same. Nobody knows an effect that exactly: "
                    "how bad, and how good, could it be?"
                ),
            )
    about = Counter(row.get("about") for row in lines)
    for name, times in about.items():
        if name and times > 1:
            yield (
                "error",
                ("assumptions",),
                f"{name} has {times} lines. Keep one, so that it is clear which holds.",
            )
    for position, row in enumerate(rows(plan, "instruments")):
        if row.get("id") and row["id"] not in about and row.get("lever") != "measurement":
            yield (
                "warning",
                ("instruments", position),
                ("no assumption says what it could add, so the scenario counts it as nothing."),
            )
    if lines and RIVALS not in about:
        yield (
            "warning",
            ("assumptions",),
            ("the rivals stand still in this plan. They have plans too: add a line about rivals."),
        )
