"""What must hold of a plan's indicators: where they start, where they go, and what is only noise."""

import math
import re

from softpower import texts
from softpower.policy import doubt_patterns
from softpower.policy.doubt import warn
from softpower.policy.numbers import figure
from softpower.policy.plan import OUTCOMES, TO_BE_MEASURED, for_measurement, number, rows


def indicators(plan):
    """Yield (level, path, message) for each indicator whose numbers cannot say what they should."""
    start, paid = number(plan.get("start")), for_measurement(plan) > 0
    for position, row in enumerate(rows(plan, "kpis")):
        place = ("kpis", position)
        if row.get("level") in OUTCOMES and row.get("comparison") == "nothing":
            yield warn(
                *place,
                "comparison",
                texts.text(
                    "an outcome without a comparison. It may move because of the plan or because "
                    "of the world, and nobody can tell which."
                )
                if row["level"] == "outcome"
                else texts.text(
                    "an impact without a comparison. It may move because of the plan or because "
                    "of the world, and nobody can tell which."
                ),
            )
        if _is_rank(row):
            yield from _down_the_list(place, row)  # before all that is only doubtful
            yield warn(
                *place,
                "target",
                texts.text(
                    "a rank moves when others move. Set the target on the score, or on familiarity "
                    "in a named audience, and report the rank as a by-product."
                ),
            )
        if row.get("baseline") == TO_BE_MEASURED:
            yield warn(
                *place,
                "baseline",
                texts.text(
                    "the starting point has still to be measured. The first survey must come "
                    "before the first event."
                )
                if paid
                else texts.text(
                    "the starting point has still to be measured. The first survey must come "
                    "before the first event, so it needs points of its own."
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
        or re.search(f"{listed}|{doubt_patterns.RANK}", measures)
        or re.fullmatch(
            rf"((the )?(place|position)s?|{doubt_patterns.RANK_UNITS})( \(.*\))?", unit.strip()
        )
    )


def _down_the_list(place, row):
    target, baseline = number(row.get("target")), number(row.get("baseline"))
    if target is not None and baseline is not None and target > baseline:
        yield warn(
            *place,
            "target",
            texts.text(
                "place {target} stands lower on a list than place {baseline}: the plan "
                "promises a fall. The first place is the best.",
                target=figure(target),
                baseline=figure(baseline),
            ),
        )


_LESS_IS_BETTER = re.compile(
    r"\b(unfamiliar\w*|unaware|unknown|unable|unfavourable|never|nothing|not|cannot|don.t|less|"
    r"fewer|negative\w*|complain\w*|cost\w*|loss\w*|lost|drop\w*|fear\w*|stereotyp\w*|"
    r"prejudice\w*|wait\w*|delay\w*|error\w*|crime\w*|bad|worse|wrong\w*|refus\w*|reject\w*)\b|"
    + doubt_patterns.LESS_IS_BETTER
)


def _target(place, row):
    """A target should be another number than the baseline, a better one, and one that can be."""
    target, baseline = number(row.get("target")), number(row.get("baseline"))
    what = f"{row.get('measures', '')} {row.get('unit', '')}".casefold()
    if target is not None and target == baseline:
        yield warn(
            *place,
            "target",
            texts.text("the target equals the baseline: the plan promises that nothing changes."),
        )
    less = _is_rank(row) or _LESS_IS_BETTER.search(what)
    if target is not None and baseline is not None and target < baseline and not less:
        yield warn(
            *place,
            "target",
            texts.text(
                "the target ({target}) lies below the baseline ({baseline}). If less is better "
                "here, say so in what is measured.",
                target=figure(target),
                baseline=figure(baseline),
            ),
        )
    share = re.search(rf"%|\bper ?cent\b|\bshare of\b|\bpercentage\b|{doubt_patterns.SHARE}", what)
    if not share or re.search(
        rf"\b(more|growth|change|rise|increase|compared)\b|{doubt_patterns.MORE}", what
    ):
        return
    for name in ("baseline", "target"):
        value = number(row.get(name))
        if value is not None and not 0 <= value <= 100:
            yield warn(
                *place,
                name,
                texts.text(
                    "{value} per cent of anybody is not possible: a share lies from 0 to 100.",
                    value=figure(value),
                ),
            )


def _noise(place, row, start):
    noise, target, baseline = (number(row.get(k)) for k in ("noise", "target", "baseline"))
    if noise == 0:
        yield warn(
            *place,
            "noise",
            texts.text(
                "a measure without any noise is rare. Look at how much it moved in quiet years."
            ),
        )
    measured = row.get("baseline") == TO_BE_MEASURED
    if not noise or target is None or (baseline is None and not measured) or target == baseline:
        return
    # A wobble that adds up from year to year grows with the square root of the years. The error
    # of a survey does not add up, so for a survey this is strict.
    first = number(row.get("baseline_year")) or start
    years = max(1.0, (number(row.get("target_year")) or 0) - first) if first else 1.0
    wobble = noise * math.sqrt(years)
    if measured and 0 < target < 2 * wobble:  # what is counted from nought cannot rise by more
        yield warn(
            *place,
            "target",
            texts.texts(
                "the target ({target}) is smaller than twice the noise of one year "
                "(2 × {noise}). Whatever the first survey finds, the noise alone could reach it.",
                "the target ({target}) is smaller than twice the noise of {count} years "
                "(2 × {noise}). Whatever the first survey finds, the noise alone could reach it.",
                round(years),
                target=figure(target),
                noise=_in_short(wobble),
            ),
        )
    elif not measured and abs(target - baseline) < 2 * wobble:
        yield warn(
            *place,
            "target",
            texts.texts(
                "the change you promise ({change}) is smaller than twice the noise of one year "
                "(2 × {noise}). Reaching it could be luck, and so could missing it.",
                "the change you promise ({change}) is smaller than twice the noise of {count} "
                "years (2 × {noise}). Reaching it could be luck, and so could missing it.",
                round(years),
                change=texts.spelt(f"{target - baseline:+,.10g}"),
                noise=_in_short(wobble),
            ),
        )


def _in_short(wobble):
    """Return a noise with three digits, and no power of ten."""
    return figure(round(wobble, max(0, 2 - math.floor(math.log10(wobble)))))
