"""What a teacher of policy would ask of the words of an indicator: does it show what it says?"""

import re

from softpower import texts
from softpower.policy import doubt_patterns
from softpower.policy.doubt import THINGS, plain, warn
from softpower.policy.numbers import figure
from softpower.policy.plan import OUTCOMES, RIVALS, number, rows

STEEP = 2  # points of score, over all the years: less is a modest promise, whatever is believed

_HELD = (
    r"held|given|organi[sz]ed|staged|opened|shown|published|printed|made|posted|delivered|offered|"
    r"conducted|carried out|produced|launched|arranged|performed|translated"
)
_COUNTS_WORK = re.compile(
    rf"^(the )?(number|count|total|amount) of (\w+[\s-]){{0,3}}(?:{THINGS})$|"
    rf"\b(?:{THINGS})\b( \w+){{0,2}} (?:{_HELD})\b|^(how many )?(\w+ ){{0,2}}(?:{THINGS})$|"
    + doubt_patterns.COUNTS_WORK
)
_MONEY = r"money|budget|funds?|funding|dollars|euros?|tenge|grants?|million|expenditure|costs?"
_COUNTS_MONEY = re.compile(
    rf"\b(?:{_MONEY})\b.*\b(spent|disbursed|allocated|invested|used up|paid out)\b|"
    rf"\b(spent|disbursed|allocated|invested)\b.*\b(?:{_MONEY})\b|^(budget|spending|expenditure)$|"
    + doubt_patterns.COUNTS_MONEY
)
_COUNTS_CLICKS = re.compile(
    r"\b(likes?|followers?|subscribers?|clicks?|reposts?|hashtags?|impressions|page ?views)\b|"
    r"\bviews (on|of)\b.*\b(videos?|channel|page|site|clips?|youtube|tiktok|instagram|facebook)\b|"
    r"\bnumber of views\b|" + doubt_patterns.COUNTS_CLICKS
)
_COUNTS_REACHED = re.compile(
    r"(the )?(number of |total )?(\w+ ){0,2}(participants|attendees|attendance|spectators)( \w+){0,2}|"
    r"(the )?(number of |total )?(\w+ ){0,2}(trained|taught|reached|invited)|"
    r"(the )?(number of )?(agreements|memorand\w+|contracts|partnerships)( signed| concluded)?|"
    + doubt_patterns.COUNTS_REACHED
)
_IN_SOMEBODY = re.compile(
    r"\bwho\b|\bshare of\b|\bknow\w*|\bfamiliar\w*|\bcan (name|say|find|tell)\b|\btrust\w*|"
    r"\bopinions?\b|\bfavourab\w*|\bintend\w*|\brecommend\w*|\badvis\w*|\breturn\w*|\bcame back\b|"
    r"\bchoos\w*|\bwould\b|\bvisitors?\b|\btourists?\b|\bguests?\b|\bstudents?\b|"
    + doubt_patterns.IN_SOMEBODY
)
_MORE_IS_WORSE = re.compile(
    r"\bknow(s|ing)? nothing\b|\bnever heard\b|\b(do|does|did) not know\b|\bdon.t know\b|"
    r"\bcannot (name|say|find|place|tell)\b|\bunfamiliar\b|\bunaware\b|\bunfavourable\b|"
    r"\bcomplaints?\b|\bprejudice\w*|\bstereotyp\w*|\bnegative (view|opinion|image)\w*|"
    r"\b(would|do) not (come|visit|recommend|trust)\b|" + doubt_patterns.MORE_IS_WORSE
)
_NO_LONGER = re.compile(
    r"\b(no longer|fewer|less|fall|drop|decline|reduction|reject)\w*\b|" + doubt_patterns.NO_LONGER
)


_A_SCORE = r"\bindex\b.*\bscore\b|\bscore\b.*\bindex\b|" + doubt_patterns.A_SCORE
_THINGS = "|".join((THINGS, doubt_patterns.THINGS_RU, doubt_patterns.THINGS_KK))


def kpi_doubts(plan):
    """Yield (level, path, message) for each indicator that counts another thing than it says."""
    for position, row in enumerate(rows(plan, "kpis")):
        measures, unit = plain(row.get("measures")), plain(row.get("unit"))
        what = f"{measures} {unit}"
        if row.get("level") in OUTCOMES:
            said = _no_outcome(measures, unit)
            if said:
                yield warn("kpis", position, "level", said)
        target, baseline = number(row.get("target")), number(row.get("baseline"))
        if target is None or baseline is None or target <= baseline:
            continue
        yield from _steep(plan, position, row, target - baseline)
        if _MORE_IS_WORSE.search(what) and not _NO_LONGER.search(what):
            yield warn(
                "kpis",
                position,
                "target",
                texts.text(
                    "from {baseline} up to {target}: by its words more of this is worse. Is the "
                    "plan to make it grow?",
                    baseline=figure(baseline),
                    target=figure(target),
                ),
            )


def _steep(plan, position, row, rise):
    """A score of an index that is to climb faster than a whole plan is believed to lift it."""
    if not re.search(_A_SCORE, plain(row.get("measures"))):
        return
    first, last = number(row.get("baseline_year")), number(row.get("target_year"))
    years = last - first if first and last and last > first else 1
    believed = sum(
        number(r.get("central")) or 0 for r in rows(plan, "assumptions") if r.get("about") != RIVALS
    )
    if rise > STEEP and rise / years > 2 * max(believed, 0):
        yield warn(
            "kpis",
            position,
            "target",
            texts.text(
                "{rise} points of score a year are promised, and the plan's own assumptions "
                "add {believed}. Which of the two do you mean?",
                rise=figure(round(rise / years, 2)),
                believed=figure(round(believed, 2)),
            ),
        )


def _no_outcome(measures, unit):
    """Return what to say of an outcome that is none, or ``""``."""
    what = f"{measures} {unit}"
    if _COUNTS_CLICKS.search(what) and not re.search(r"\bwho\b|\bwould\b|\bкотор\w+", what):
        return texts.text(
            "a click costs one touch of the screen, and can be bought. What do these "
            "people know, want or do afterwards? As it stands, this is an output."
        )
    if _COUNTS_REACHED.fullmatch(measures):
        return texts.text(
            "that counts whom the plan reached, or what it signed: an output. What has "
            "changed in these people?"
        )
    if _IN_SOMEBODY.search(what):
        return ""
    if _COUNTS_MONEY.search(what):
        return texts.text(
            "that is what is spent: an input. An outcome is what has changed in the audience."
        )
    if _COUNTS_WORK.search(measures) or re.fullmatch(_THINGS, unit):
        return texts.text(
            "that counts what the plan does: an output. An outcome is what has changed in "
            "the audience. What do they know, want or do afterwards?"
        )
    return ""
