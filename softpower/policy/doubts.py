"""What a teacher of policy would ask of the words of a plan: who decides, what counts, what is hoped.

Each is a warning, but for one: the same sentence in three boxes of different kinds stops a plan.
A pattern reads the words as most people write them in English, and the most common ones in
Russian and Kazakh (:mod:`softpower.policy.doubt_patterns`); what it does not know it lets pass,
since a false alarm costs more trust than a missed one.
"""

import re
from collections import defaultdict

from softpower import texts
from softpower.policy import doubt_patterns
from softpower.policy.doubt import THINGS, plain, stop, warn
from softpower.policy.doubts_of_kpis import kpi_doubts
from softpower.policy.numbers import figure, year
from softpower.policy.plan import RIVALS, TO_BE_MEASURED, number, rows

LEAST_FOR_A_SURVEY = 5  # points
MUCH_BELIEVED = 1  # points of score a year, from one instrument
SAME_TEXT = 20  # characters: what is shorter may well stand in two boxes


def doubts(plan):
    """Yield (level, path, message) for what the words of a plan leave open."""
    parts = (
        _decider,
        _audiences,
        _objectives,
        _instruments,
        kpi_doubts,
        _beliefs,
        _sources,
        _others,
    )
    for doubt in parts:
        yield from doubt(plan)
    yield from _same_texts(plan)


# --- Who decides, and for whom -----------------------------------------------------------------

_NOBODY = re.compile(
    r"(everybody|everyone|anybody|anyone|nobody|all|all of us|all people|the people|people|society|"
    r"citizens|the (state|country|nation|world)|kazakhstan|the (whole|entire) (country|world)|"
    r"the government|students|young people|not known|unknown|to be decided)( of kazakhstan| in kazakhstan| together)?|"
    + doubt_patterns.NOBODY
)
_US = (
    r"(?:i|me|myself|we|us|ourselves|"
    r"(?:my|our) (?:class|classmates?|friends?|group|family|team|teacher))"
)
_OURSELVES = re.compile(rf"{_US}(?:(?:,| and| with) .*)?|{doubt_patterns.OURSELVES}")


def _decider(plan):
    who = plain(plan.get("decision_maker"))
    if _NOBODY.fullmatch(who):
        yield warn(
            "decision_maker",
            texts.text(
                "what everybody decides, nobody signs. Which ministry, office or council can "
                "say yes, and pay?"
            ),
        )
    elif _OURSELVES.fullmatch(who):
        yield warn(
            "decision_maker",
            texts.text(
                "you write the plan; who can approve it, and pay? Name the ministry, office or "
                "council."
            ),
        )


_ALL_THE_WORLD = re.compile(
    r"\b(whole|entire) (world|planet)\b|\ball (the|of the) world\b|\b(everybody|everyone)\b|"
    r"\ball (people|foreigners|countries|nations)\b|\b(international|global|world) (community|"
    r"audience|public)\b|\bgeneral public\b|" + doubt_patterns.ALL_THE_WORLD
)
_ANYWHERE = re.compile(
    r"(in |all over |around )?(the )?(whole |entire )?(world|planet|globe)( ?wide)?|worldwide|"
    r"everywhere|anywhere|abroad|(all|different|many|foreign|other) countries|globally|"
    + doubt_patterns.ANYWHERE
)
_ANYBODY = re.compile(
    r"(all |the |most )?(foreigners|people|people abroad|people of the world|foreign people|humanity|"
    r"mankind|tourists|foreign tourists|foreign visitors|other countries)|" + doubt_patterns.ANYBODY
)
_A_PART_OF_THE_WORLD = re.compile(doubt_patterns.A_PART_OF_THE_WORLD)


def _audiences(plan):
    for position, row in enumerate(rows(plan, "audiences")):
        who, where = plain(row.get("who")), plain(row.get("where"))
        if _ALL_THE_WORLD.search(who) or _ANYBODY.fullmatch(who) or _ANYWHERE.fullmatch(who):
            yield warn(
                "audiences",
                position,
                "who",
                texts.text(
                    "an audience of everybody cannot be asked before and after. Who, of what age "
                    "or work, could be found and asked?"
                ),
            )
        elif _ANYWHERE.fullmatch(where) or _A_PART_OF_THE_WORLD.fullmatch(where):
            yield warn(
                "audiences",
                position,
                "where",
                texts.text(
                    "nobody can run a survey everywhere. In which countries or cities will you "
                    "begin?"
                ),
            )


_DOES = (
    r"hold|organi[sz]e|stage|conduct|arrange|print|publish|translate|launch|build|open|run|create"
)
_WE = r"(?:to |we (?:will|shall|want to|plan to) |the plan will )?"
_ACTIVITY = re.compile(
    rf"{_WE}(?:(?:{_DOES})\b.{{0,40}}\b(?:{THINGS})\b|spend\b.*\b(?:money|million|tenge|dollars|\d)\b)|"
    + doubt_patterns.ACTIVITY
)
_OF_US = r"(?: of (?:the country|our country|kazakhstan))?(?: abroad| in the world| worldwide)?"
_ANY_PLAN = re.compile(
    rf"{_WE}(?:increase|improve|strengthen|raise|develop|promote|boost|enhance|spread) (?:the |our )?"
    r"(?:soft power|image|reputation|brand|culture|awareness|visibility|prestige|standing|attractiveness|"
    rf"kazakh culture|international image|national brand){_OF_US}|"
    r"(?:kazakhstan|the country|our country) (?:becomes?|will become|is|will be) (?:more |very |better )?"
    rf"(?:famous|known|well known|popular|attractive|respected){_OF_US}|{doubt_patterns.ANY_PLAN}"
)


def _objectives(plan):
    for position, row in enumerate(rows(plan, "objectives")):
        text = plain(row.get("text"))
        if _ANY_PLAN.fullmatch(text):
            yield warn(
                "objectives",
                position,
                "text",
                texts.text(
                    "that could stand over any plan. Who would know, think or do what, that they "
                    "do not today?"
                ),
            )
        elif _ACTIVITY.match(text):
            yield warn(
                "objectives",
                position,
                "text",
                texts.text(
                    "that is something the plan does, and belongs among the instruments. Who is to "
                    "be different afterwards, and how?"
                ),
            )


# --- Instruments -------------------------------------------------------------------------------

_CASE_WORDS = {
    "South Korea": r"\bkorea\w*|\bhallyu\b|\bk-?pop\b|\bsejong\b",
    "Japan": r"\bjapan\w*|\banime\b|\bmanga\b|\bjudo\b",
    "United Kingdom": r"\bbritish\b|\bbritain\b|\bbbc\b|\bunited kingdom\b|\bengland\b",
}
_CASE_WORDS = {case: f"{named}|{doubt_patterns.CASES[case]}" for case, named in _CASE_WORDS.items()}
_SURELY = re.compile(
    r"\b(success\w*|succeeded|worked( well)?|popular|effective)\b.*\b(so|therefore|thus|hence)\b.*"
    r"\b(will|must|should|would)\b|" + doubt_patterns.SURELY
)
_CONDITION = re.compile(
    r"\b(but|only|unless|however|if|although|though|except|differ\w*|unlike|where|not|yet|"
    r"smaller|larger|fewer|less|condition\w*|until|first)\b|" + doubt_patterns.CONDITION
)


def _instruments(plan):
    instruments = rows(plan, "instruments")
    for position, row in enumerate(instruments):
        if number(row.get("points")) == 0:
            yield warn(
                "instruments",
                position,
                "points",
                texts.text(
                    "it has no points, so it cannot be carried out. Give it some, or let it go."
                ),
            )
        precedent, case = plain(row.get("precedent")), row.get("precedent_case")
        others = [c for c, named in _CASE_WORDS.items() if re.search(named, precedent)]
        if case and others and case not in others and case != "another country":
            yield warn(
                "instruments",
                position,
                "precedent_case",
                texts.text(
                    "the precedent speaks of {named}, and {case} is chosen. Which is it?",
                    named=texts.cell(others[0]),
                    case=texts.cell(case),
                ),
            )
        transfer = plain(row.get("transfer"))
        if _SURELY.search(transfer) and not _CONDITION.search(transfer):
            yield warn(
                "instruments",
                position,
                "transfer",
                texts.text(
                    "success elsewhere is where the question begins. What made it possible there, "
                    "and is it here?"
                ),
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
        yield warn(
            "instruments",
            asking[0][0],
            "points",
            texts.text(
                "{points} of 100 points for measurement. What survey, asked twice, can be had "
                "for that?",
                points=figure(points),
            ),
        )
    starts = [number(row.get("starts")) for _, row in asking]
    first = min((s for s in starts if s), default=None)
    for position, row in enumerate(rows(plan, "kpis")):
        before = number(row.get("baseline_year"))
        late = first and before and first > before
        if late and row.get("baseline") == TO_BE_MEASURED:
            yield warn(
                "kpis",
                position,
                "baseline_year",
                texts.text(
                    "the baseline is to be measured in {before}, and the measurement starts in "
                    "{first}. Who asks before?",
                    before=year(before),
                    first=year(first),
                ),
            )


# --- Beliefs and sources -----------------------------------------------------------------------


def _beliefs(plan):
    for position, row in enumerate(rows(plan, "assumptions")):
        central = number(row.get("central"))
        if central is None:
            continue
        if row.get("about") == RIVALS:
            if central < 0:
                yield warn(
                    "assumptions",
                    position,
                    "central",
                    texts.text(
                        "the rivals lose every year, whatever you do. Why would all of them?"
                    ),
                )
        elif central > MUCH_BELIEVED:
            yield warn(
                "assumptions",
                position,
                "central",
                texts.text(
                    "{central} points of score a year from one instrument. Look in the scenario at "
                    "what all instruments together would have to add for the target.",
                    central=figure(central),
                ),
            )


def _sources(plan):
    used = {row.get("source") for part in ("evidence", "kpis") for row in rows(plan, part)}
    used |= {row.get("precedent_source") for row in rows(plan, "instruments")}
    for position, row in enumerate(rows(plan, "sources")):
        if row.get("id") and row["id"] not in used:
            yield warn(
                "sources", position, texts.text("nothing in the plan refers to this source.")
            )


# --- Who could object, lose, or be hurt --------------------------------------------------------

_INSULT = re.compile(
    r"\b(stupid|idiots?|fools?|enem(y|ies)|traitors?|liars?|haters?|ignorant)\b|"
    + doubt_patterns.INSULT
)
_NOBODY_OBJECTS = re.compile(
    r"\b(nobody|no one|no-one) (would |will |could |can |is |will be |really )?"
    r"(disagrees?|objects?|against|criticises?|criticizes?|says? no|left out|excluded)\b|"
    r"\bthere (is|are) no (objections?|critics?|counter\S*|risks?)\b|^no (risks?|objections?)\b|"
    r"\b(everybody|everyone) (agrees|is included)\b|" + doubt_patterns.NOBODY_OBJECTS
)


def _others(plan):
    voice = plain(plan.get("counter_voice"))
    if _INSULT.search(voice):
        yield warn(
            "counter_voice",
            texts.text(
                "would its holder put it like this? State the view so that whoever holds it "
                "would nod."
            ),
        )
    elif _NOBODY_OBJECTS.search(voice):
        yield warn(
            "counter_voice",
            texts.text("every story leaves somebody out. Who hears it and thinks: not so?"),
        )
    if _NOBODY_OBJECTS.search(plain(plan.get("left_out"))):
        yield warn(
            "left_out",
            texts.text(
                "the points go to some, so others get none. Who is that, and what do you offer "
                "them?"
            ),
        )
    for position, row in enumerate(rows(plan, "risks")):
        if _NOBODY_OBJECTS.search(plain(row.get("risk"))):
            yield warn(
                "risks",
                position,
                "risk",
                texts.text("what could go wrong, if you had to name one thing?"),
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
            yield stop(
                *path,
                texts.texts(
                    "the same text stands in {count} box that asks for different things. Write in "
                    "each what is asked there.",
                    "the same text stands in {count} boxes that ask for different things. Write in "
                    "each what is asked there.",
                    len(places),
                ),
            )
        elif len(kinds) == 2:
            yield warn(
                *path,
                texts.text("the same text stands in another box as well. What is asked here?"),
            )
        elif len(places) > 1 and str(path[-1]) in _TWICE_IS_ENOUGH:
            yield warn(
                *path,
                texts.texts(
                    "the same text stands in {count} row. What is true of this one, and not of the "
                    "others?",
                    "the same text stands in {count} rows. What is true of this one, and not of "
                    "the others?",
                    len(places),
                ),
            )
