"""What a teacher of policy would ask of the words of a plan: who decides, what counts, what is hoped.

Each is a warning, but for one: the same sentence in three boxes of different kinds stops a plan.
A pattern reads the words as most people write them in English; what it does not know it lets
pass, since a false alarm costs more trust than a missed one.
"""

import re
from collections import defaultdict

from softpower.policy.numbers import figure, year
from softpower.policy.plan import OUTCOMES, RIVALS, TO_BE_MEASURED, number, rows

LEAST_FOR_A_SURVEY = 5  # points
MUCH_BELIEVED = 1  # points of score a year, from one instrument
STEEP = 2  # points of score, over all the years: less is a modest promise, whatever is believed
SAME_TEXT = 20  # characters: what is shorter may well stand in two boxes


def doubts(plan):
    """Yield (level, path, message) for what the words of a plan leave open."""
    parts = (_decider, _audiences, _objectives, _instruments, _kpis, _beliefs, _sources, _others)
    for doubt in parts:
        yield from doubt(plan)
    yield from _same_texts(plan)


def _warn(*path_and_text):
    *path, text = path_and_text
    return "warning", tuple(path), text


def _text(value):
    return str(value or "").casefold().strip(" .!")


# --- Who decides, and for whom -----------------------------------------------------------------

_NOBODY = re.compile(
    r"(everybody|everyone|anybody|anyone|nobody|all|all of us|all people|the people|people|society|"
    r"citizens|the (state|country|nation|world)|kazakhstan|the (whole|entire) (country|world)|"
    r"the government|students|young people|not known|unknown|to be decided)( of kazakhstan| in kazakhstan| together)?"
)
_US = (
    r"(?:i|me|myself|we|us|ourselves|"
    r"(?:my|our) (?:class|classmates?|friends?|group|family|team|teacher))"
)
_OURSELVES = re.compile(rf"{_US}(?:(?:,| and| with) .*)?")


def _decider(plan):
    who = _text(plan.get("decision_maker"))
    if _NOBODY.fullmatch(who):
        yield _warn(
            "decision_maker",
            "what everybody decides, nobody signs. Which ministry, office or council can say yes, "
            "and pay?",
        )
    elif _OURSELVES.fullmatch(who):
        yield _warn(
            "decision_maker",
            "you write the plan; who can approve it, and pay? Name the ministry, office or council.",
        )


_ALL_THE_WORLD = re.compile(
    r"\b(whole|entire) (world|planet)\b|\ball (the|of the) world\b|\b(everybody|everyone)\b|"
    r"\ball (people|foreigners|countries|nations)\b|\b(international|global|world) (community|"
    r"audience|public)\b|\bgeneral public\b"
)
_ANYWHERE = re.compile(
    r"(in |all over |around )?(the )?(whole |entire )?(world|planet|globe)( ?wide)?|worldwide|"
    r"everywhere|anywhere|abroad|(all|different|many|foreign|other) countries|globally"
)
_ANYBODY = re.compile(
    r"(all |the |most )?(foreigners|people|people abroad|people of the world|foreign people|humanity|"
    r"mankind|tourists|foreign tourists|foreign visitors|other countries)"
)


def _audiences(plan):
    for position, row in enumerate(rows(plan, "audiences")):
        who, where = _text(row.get("who")), _text(row.get("where"))
        if _ALL_THE_WORLD.search(who) or _ANYBODY.fullmatch(who) or _ANYWHERE.fullmatch(who):
            yield _warn(
                "audiences",
                position,
                "who",
                "an audience of everybody cannot be asked before and after. Who, of what age or "
                "work, could be found and asked?",
            )
        elif _ANYWHERE.fullmatch(where):
            yield _warn(
                "audiences",
                position,
                "where",
                "nobody can run a survey everywhere. In which countries or cities will you begin?",
            )


_DOES = (
    r"hold|organi[sz]e|stage|conduct|arrange|print|publish|translate|launch|build|open|run|create"
)
_THINGS = (
    r"concerts?|festivals?|events?|exhibitions?|courses?|schools?|cent(?:re|er)s?|institutes?|"
    r"channels?|campaigns?|books?|films?|shows?|tours?|conferences?|forums?|weeks?|workshops?|"
    r"corners?|offices?|websites?|pages?|meetings?|performances?|screenings?|lectures?|fairs?|"
    r"circles?|trainings?|competitions?|articles?|videos?|posts?|brochures?|translations?"
)
_WE = r"(?:to |we (?:will|shall|want to|plan to) |the plan will )?"
_ACTIVITY = re.compile(
    rf"{_WE}(?:(?:{_DOES})\b.{{0,40}}\b(?:{_THINGS})\b|spend\b.*\b(?:money|million|tenge|dollars|\d)\b)"
)
_OF_US = r"(?: of (?:the country|our country|kazakhstan))?(?: abroad| in the world| worldwide)?"
_ANY_PLAN = re.compile(
    rf"{_WE}(?:increase|improve|strengthen|raise|develop|promote|boost|enhance|spread) (?:the |our )?"
    r"(?:soft power|image|reputation|brand|culture|awareness|visibility|prestige|standing|attractiveness|"
    rf"kazakh culture|international image|national brand){_OF_US}|"
    r"(?:kazakhstan|the country|our country) (?:becomes?|will become|is|will be) (?:more |very |better )?"
    rf"(?:famous|known|well known|popular|attractive|respected){_OF_US}"
)


def _objectives(plan):
    for position, row in enumerate(rows(plan, "objectives")):
        text = _text(row.get("text"))
        if _ANY_PLAN.fullmatch(text):
            yield _warn(
                "objectives",
                position,
                "text",
                "that could stand over any plan. Who would know, think or do what, that they do not "
                "today?",
            )
        elif _ACTIVITY.match(text):
            yield _warn(
                "objectives",
                position,
                "text",
                "that is something the plan does, and belongs among the instruments. Who is to be "
                "different afterwards, and how?",
            )


# --- Instruments -------------------------------------------------------------------------------

_CASE_WORDS = {
    "South Korea": r"\bkorea\w*|\bhallyu\b|\bk-?pop\b|\bsejong\b",
    "Japan": r"\bjapan\w*|\banime\b|\bmanga\b|\bjudo\b",
    "United Kingdom": r"\bbritish\b|\bbritain\b|\bbbc\b|\bunited kingdom\b|\bengland\b",
}
_SURELY = re.compile(
    r"\b(success\w*|succeeded|worked( well)?|popular|effective)\b.*\b(so|therefore|thus|hence)\b.*"
    r"\b(will|must|should|would)\b"
)
_CONDITION = re.compile(
    r"\b(but|only|unless|however|if|although|though|except|differ\w*|unlike|where|not|yet|"
    r"smaller|larger|fewer|less|condition\w*|until|first)\b"
)


def _instruments(plan):
    instruments = rows(plan, "instruments")
    for position, row in enumerate(instruments):
        if number(row.get("points")) == 0:
            yield _warn(
                "instruments",
                position,
                "points",
                "it has no points, so it cannot be carried out. Give it some, or let it go.",
            )
        precedent, case = _text(row.get("precedent")), row.get("precedent_case")
        others = [c for c, words in _CASE_WORDS.items() if re.search(words, precedent)]
        if case and others and case not in others and case != "another country":
            yield _warn(
                "instruments",
                position,
                "precedent_case",
                f"the precedent speaks of {others[0]}, and {case} is chosen. Which is it?",
            )
        transfer = _text(row.get("transfer"))
        if _SURELY.search(transfer) and not _CONDITION.search(transfer):
            yield _warn(
                "instruments",
                position,
                "transfer",
                "success elsewhere is where the question begins. What made it possible there, and "
                "is it here?",
            )
    yield from _surveys(plan, instruments)


def _surveys(plan, instruments):
    asking = [
        (position, row)
        for position, row in enumerate(instruments)
        if row.get("lever") == "measurement" and number(row.get("points"))
    ]
    if not asking:
        return
    points = sum(row["points"] for _, row in asking)
    if points < LEAST_FOR_A_SURVEY:
        yield _warn(
            "instruments",
            asking[0][0],
            "points",
            f"{figure(points)} of 100 points for measurement. What survey, asked twice, can be had "
            "for that?",
        )
    starts = [number(row.get("starts")) for _, row in asking]
    first = min((s for s in starts if s), default=None)
    for position, row in enumerate(rows(plan, "kpis")):
        before = number(row.get("baseline_year"))
        late = first and before and first > before
        if late and row.get("baseline") == TO_BE_MEASURED:
            yield _warn(
                "kpis",
                position,
                "baseline_year",
                f"the baseline is to be measured in {year(before)}, and the measurement starts in "
                f"{year(first)}. Who asks before?",
            )


# --- Indicators --------------------------------------------------------------------------------

_HELD = (
    r"held|given|organi[sz]ed|staged|opened|shown|published|printed|made|posted|delivered|offered|"
    r"conducted|carried out|produced|launched|arranged|performed|translated"
)
_COUNTS_WORK = re.compile(
    rf"^(the )?(number|count|total|amount) of (\w+[\s-]){{0,3}}(?:{_THINGS})$|"
    rf"\b(?:{_THINGS})\b( \w+){{0,2}} (?:{_HELD})\b|^(how many )?(\w+ ){{0,2}}(?:{_THINGS})$"
)
_MONEY = r"money|budget|funds?|funding|dollars|euros?|tenge|grants?|million|expenditure|costs?"
_COUNTS_MONEY = re.compile(
    rf"\b(?:{_MONEY})\b.*\b(spent|disbursed|allocated|invested|used up|paid out)\b|"
    rf"\b(spent|disbursed|allocated|invested)\b.*\b(?:{_MONEY})\b|^(budget|spending|expenditure)$"
)
_COUNTS_CLICKS = re.compile(
    r"\b(likes?|followers?|subscribers?|clicks?|reposts?|hashtags?|impressions|page ?views)\b|"
    r"\bviews (on|of)\b.*\b(videos?|channel|page|site|clips?|youtube|tiktok|instagram|facebook)\b|"
    r"\bnumber of views\b"
)
_COUNTS_REACHED = re.compile(
    r"(the )?(number of |total )?(\w+ ){0,2}(participants|attendees|attendance|spectators)( \w+){0,2}|"
    r"(the )?(number of |total )?(\w+ ){0,2}(trained|taught|reached|invited)|"
    r"(the )?(number of )?(agreements|memorand\w+|contracts|partnerships)( signed| concluded)?"
)
_IN_SOMEBODY = re.compile(
    r"\bwho\b|\bshare of\b|\bknow\w*|\bfamiliar\w*|\bcan (name|say|find|tell)\b|\btrust\w*|"
    r"\bopinions?\b|\bfavourab\w*|\bintend\w*|\brecommend\w*|\badvis\w*|\breturn\w*|\bcame back\b|"
    r"\bchoos\w*|\bwould\b|\bvisitors?\b|\btourists?\b|\bguests?\b|\bstudents?\b"
)
_MORE_IS_WORSE = re.compile(
    r"\bknow(s|ing)? nothing\b|\bnever heard\b|\b(do|does|did) not know\b|\bdon.t know\b|"
    r"\bcannot (name|say|find|place|tell)\b|\bunfamiliar\b|\bunaware\b|\bunfavourable\b|"
    r"\bcomplaints?\b|\bprejudice\w*|\bstereotyp\w*|\bnegative (view|opinion|image)\w*|"
    r"\b(would|do) not (come|visit|recommend|trust)\b"
)
_NO_LONGER = re.compile(r"\b(no longer|fewer|less|fall|drop|decline|reduction|reject)\w*\b")


def _kpis(plan):
    for position, row in enumerate(rows(plan, "kpis")):
        measures, unit = _text(row.get("measures")), _text(row.get("unit"))
        what = f"{measures} {unit}"
        if row.get("level") in OUTCOMES:
            said = _no_outcome(measures, unit)
            if said:
                yield _warn("kpis", position, "level", said)
        target, baseline = number(row.get("target")), number(row.get("baseline"))
        if target is None or baseline is None or target <= baseline:
            continue
        yield from _steep(plan, position, row, target - baseline)
        if _MORE_IS_WORSE.search(what) and not _NO_LONGER.search(what):
            yield _warn(
                "kpis",
                position,
                "target",
                f"from {figure(baseline)} up to {figure(target)}: by its words more of this is worse. "
                "Is the plan to make it grow?",
            )


def _steep(plan, position, row, rise):
    """A score of an index that is to climb faster than a whole plan is believed to lift it."""
    if not re.search(r"\bindex\b.*\bscore\b|\bscore\b.*\bindex\b", _text(row.get("measures"))):
        return
    first, last = number(row.get("baseline_year")), number(row.get("target_year"))
    years = last - first if first and last and last > first else 1
    believed = sum(
        number(r.get("central")) or 0 for r in rows(plan, "assumptions") if r.get("about") != RIVALS
    )
    if rise > STEEP and rise / years > 2 * max(believed, 0):
        yield _warn(
            "kpis",
            position,
            "target",
            f"{figure(round(rise / years, 2))} points of score a year are promised, and the plan's "
            f"own assumptions add {figure(round(believed, 2))}. Which of the two do you mean?",
        )


def _no_outcome(measures, unit):
    """Return what to say of an outcome that is none, or ``""``."""
    what = f"{measures} {unit}"
    if _COUNTS_CLICKS.search(what) and not re.search(r"\bwho\b|\bwould\b", what):
        return (
            "a click costs one touch of the screen, and can be bought. What do these people know, "
            "want or do afterwards? As it stands, this is an output."
        )
    if _COUNTS_REACHED.fullmatch(measures):
        return (
            "that counts whom the plan reached, or what it signed: an output. What has changed in "
            "these people?"
        )
    if _IN_SOMEBODY.search(what):
        return ""
    if _COUNTS_MONEY.search(what):
        return "that is what is spent: an input. An outcome is what has changed in the audience."
    if _COUNTS_WORK.search(measures) or re.fullmatch(_THINGS, unit):
        return (
            "that counts what the plan does: an output. An outcome is what has changed in the "
            "audience. What do they know, want or do afterwards?"
        )
    return ""


# --- Beliefs and sources -----------------------------------------------------------------------


def _beliefs(plan):
    for position, row in enumerate(rows(plan, "assumptions")):
        central = number(row.get("central"))
        if central is None:
            continue
        if row.get("about") == RIVALS:
            if central < 0:
                yield _warn(
                    "assumptions",
                    position,
                    "central",
                    "the rivals lose every year, whatever you do. Why would all of them?",
                )
        elif central > MUCH_BELIEVED:
            yield _warn(
                "assumptions",
                position,
                "central",
                f"{figure(central)} points of score a year from one instrument. Look in the scenario "
                "at what all instruments together would have to add for the target.",
            )


def _sources(plan):
    used = {row.get("source") for part in ("evidence", "kpis") for row in rows(plan, part)}
    used |= {row.get("precedent_source") for row in rows(plan, "instruments")}
    for position, row in enumerate(rows(plan, "sources")):
        if row.get("id") and row["id"] not in used:
            yield _warn("sources", position, "nothing in the plan refers to this source.")


# --- Who could object, lose, or be hurt --------------------------------------------------------

_INSULT = re.compile(r"\b(stupid|idiots?|fools?|enem(y|ies)|traitors?|liars?|haters?|ignorant)\b")
_NOBODY_OBJECTS = re.compile(
    r"\b(nobody|no one|no-one) (would |will |could |can |is |will be |really )?"
    r"(disagrees?|objects?|against|criticises?|criticizes?|says? no|left out|excluded)\b|"
    r"\bthere (is|are) no (objections?|critics?|counter\S*|risks?)\b|^no (risks?|objections?)\b|"
    r"\b(everybody|everyone) (agrees|is included)\b"
)


def _others(plan):
    voice = _text(plan.get("counter_voice"))
    if _INSULT.search(voice):
        yield _warn(
            "counter_voice",
            "would its holder put it like this? State the view so that whoever holds it would nod.",
        )
    elif _NOBODY_OBJECTS.search(voice):
        yield _warn(
            "counter_voice", "every story leaves somebody out. Who hears it and thinks: not so?"
        )
    if _NOBODY_OBJECTS.search(_text(plan.get("left_out"))):
        yield _warn(
            "left_out",
            "the points go to some, so others get none. Who is that, and what do you offer them?",
        )
    for position, row in enumerate(rows(plan, "risks")):
        if _NOBODY_OBJECTS.search(_text(row.get("risk"))):
            yield _warn(
                "risks", position, "risk", "what could go wrong, if you had to name one thing?"
            )


# --- One text in several boxes -----------------------------------------------------------------

_NO_TEXT = {"id", "objective", "audience", "source", "precedent_source", "about", "format", "unit"}
_NO_TEXT |= {"lever", "marker", "precedent_case", "level", "comparison", "basis", "baseline"}
_TWICE_IS_ENOUGH = {"text", "transfer", "because", "why", "risk", "sign", "response", "claim"}


def _boxes(plan):
    for name, value in plan.items():
        if isinstance(value, str) and name not in _NO_TEXT:
            yield (name,), name, value
    for section in ("evidence", "audiences", "objectives", "instruments", "kpis"):
        yield from _boxes_of(plan, section)
    yield from _boxes_of(plan, "assumptions")
    yield from _boxes_of(plan, "risks")


def _boxes_of(plan, section):
    for position, row in enumerate(rows(plan, section)):
        for name, value in row.items():
            if isinstance(value, str) and name not in _NO_TEXT:
                yield (section, position, name), f"{section} {name}", value


def _same_texts(plan):
    """One sentence in boxes that ask for different things has answered none of them."""
    found = defaultdict(list)
    for path, kind, value in _boxes(plan):
        bare = re.sub(r"[\W_]+", " ", value.casefold()).strip()
        if len(bare) >= SAME_TEXT:
            found[bare].append((path, kind))
    for places in found.values():
        kinds = {kind for _, kind in places}
        path = places[-1][0]
        if len(kinds) > 2:
            yield (
                "error",
                path,
                f"the same text stands in {len(places)} boxes that ask for different things. Write in "
                "each what is asked there.",
            )
        elif len(kinds) == 2:
            yield _warn(*path, "the same text stands in another box as well. What is asked here?")
        elif len(places) > 1 and str(path[-1]) in _TWICE_IS_ENOUGH:
            yield _warn(
                *path,
                f"the same text stands in {len(places)} rows. What is true of this one, and not of "
                "the others?",
            )
