"""Floor 2. The policy plan: its form, what is wrong with it, and the file it lives in.

A plan is a dictionary that JSON can carry. Its form is published as JSON Schema in
``policy_schema.json`` beside this file. What a schema cannot say is checked here: errors
stop a plan, warnings teach, and what is merely not yet written is called just that.
"""

import difflib
import json
import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from numbers import Real
from pathlib import Path

import pandas as pd

from softpower import data, keep
from softpower.errors import CourseError
from softpower.schema import faults, finite

FORMAT = "softpower-plan-1"
TO_BE_MEASURED = "to be measured"
RIVALS = "rivals"
MY_PLAN = "policy_plan.json"  # the learner's own, in my_work
OUTCOMES = ("outcome", "impact")
SECTIONS = (
    "evidence",
    "audiences",
    "objectives",
    "instruments",
    "kpis",
    "assumptions",
    "risks",
    "sources",
)

_HERE = Path(__file__).parent
_ID_LETTERS = {"audiences": "A", "objectives": "O", "instruments": "I", "kpis": "K", "sources": "S"}


@cache
def schema():
    """Return the plan's JSON Schema (draft 2020-12) as a dictionary; do not change it."""
    return json.loads((_HERE / "policy_schema.json").read_text(encoding="utf-8"))


def new_plan():
    """Return a plan in which nothing is written yet."""
    empty = {"array": list, "string": str}
    parts = schema()["properties"]
    plan = {name: empty.get(part.get("type"), lambda: None)() for name, part in parts.items()}
    return plan | {"format": FORMAT}


def example(name="steppe_voices"):
    """Return a worked plan of the course: small, valid, and open to criticism.

    ``"steppe_voices"`` is the one of the lesson, ``"after_the_games"`` that of the exercise.
    """
    return read(_HERE / "policy_examples" / f"{name}.json")


def choices(field):
    """Return the choices of a field of the schema: what is stored, and how it reads."""
    if "enum" in field:
        return {value: value for value in field["enum"]}
    return {choice["const"]: choice["title"] for choice in field.get("oneOf", ())}


def in_words(section, name, value):
    """Say a chosen value as it reads: ``outreach_infrastructure`` is "visible outreach"."""
    field = schema()["properties"][section]["items"]["properties"][name]
    return choices(field).get(value, value)


def new_row(plan, section):
    """Return an empty row for a section, with the next free short name (``I1``, ``I2``, …)."""
    fields = schema()["properties"][section]["items"]["properties"]
    row = dict.fromkeys(fields, "")
    if "id" in row:
        taken = {item.get("id") for item in rows(plan, section)}
        letter = _ID_LETTERS[section]
        row["id"] = next(f"{letter}{n}" for n in range(1, 1000) if f"{letter}{n}" not in taken)
    return row


# --- Checking -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Finding:
    """One thing to know about a plan.

    ``level`` is ``"missing"`` (not yet written), ``"error"`` (stops the plan) or
    ``"warning"`` (the plan may go on, and the reader learns why it might not hold).
    ``path`` leads to the place in the plan, ``place`` says it in words.
    """

    level: str
    path: tuple
    place: str
    message: str

    def __str__(self):
        return f"{self.place}: {self.message}"


def check(plan):
    """Say all that is missing, wrong or doubtful in a plan.

    Parameters
    ----------
    plan : dict
        As read from its file, finished or not.

    Returns
    -------
    list of Finding
        What is missing first, then errors, then warnings. A plan with neither missing
        parts nor errors is valid.

    Raises
    ------
    CourseError
        Where the plan is not a dictionary at all.
    """
    if not isinstance(plan, dict):
        raise CourseError(
            "A plan is a dictionary with a title, a problem and so on. "
            "Start from policy.new_plan() or open your plan's file with policy.read()."
        )
    written = _written(plan)
    found = [*_form(written), *_meaning(written)]
    order = {"missing": 0, "error": 1, "warning": 2}
    return sorted(
        (Finding(level, path, _place(written, path), text) for level, path, text in found),
        key=lambda finding: order[finding.level],
    )


def report(plan):
    """Return the findings of :func:`check` as a table: level, place, message."""
    findings = [(f.level, f.place, f.message) for f in check(plan)]
    return pd.DataFrame(findings, columns=["level", "place", "message"])


def is_valid(findings):
    """Say whether a plan with these findings can go to the decision maker."""
    return all(finding.level == "warning" for finding in findings)


def budget(plan):
    """Return the points that the instruments of a plan add up to."""
    return sum(number(row.get("points")) or 0 for row in rows(plan, "instruments"))


def _written(part):
    """Return the plan without the boxes that are still empty, so that empty means missing."""
    if isinstance(part, dict):
        parts = {key: _written(value) for key, value in part.items()}
        return {key: value for key, value in parts.items() if value is not None}
    if isinstance(part, list):
        return [_written(item) if isinstance(item, (dict, list)) else item for item in part]
    if isinstance(part, str):
        return part.strip() or None
    if isinstance(part, float) and not math.isfinite(part):
        return None
    return part


def _form(plan):
    """Yield (level, path, message) for what the JSON Schema says."""
    for fault in faults(schema(), plan):
        path = fault.path
        if fault.keyword == "required":
            for name in fault.expected:
                if name not in fault.instance:
                    yield "missing", (*path, name), _please_write(fault.part, name)
        elif fault.keyword == "minItems":
            yield "missing", path, f"add at least one {fault.part['items']['title']}."
        elif fault.keyword == "additionalProperties":
            known = fault.part["properties"]
            for name in (name for name in fault.instance if name not in known):
                yield "error", (*path, name), _unknown_part(name, known)
        else:
            yield "error", path, _SAYS[fault.keyword](fault)


def _unknown_part(name, known):
    near = difflib.get_close_matches(str(name), known, n=1)
    guess = f" Did you mean {near[0]!r}?" if near else ""
    return f"the plan has no part called {name!r}.{guess} The parts here are: {', '.join(known)}."


def _two_readings(value):
    """Return the question that a text asks which could be two numbers, or nothing."""
    try:
        read_number(value if isinstance(value, str) else "")
    except CourseError as question:
        return str(question)
    return ""


def _please_write(part, name):
    meaning = part.get("properties", {}).get(name, {}).get("description")
    return f"still to write. {meaning}" if meaning else "still to write."


_SAYS = {
    "type": lambda e: _of_another_kind(e),
    "enum": lambda e: f"choose one of: {'; '.join(e.expected)}. It is {_shown(e.instance)}.",
    "oneOf": lambda e: f"choose one of: {'; '.join(choices(e.part))}. It is {_shown(e.instance)}.",
    "const": lambda e: f"this should read {e.expected!r}, and it is {_shown(e.instance)}.",
    "anyOf": lambda e: (
        _two_readings(e.instance)
        or _as_text(e.instance)
        or f'this should be a number, or the words "{TO_BE_MEASURED}".'
    ),
    "minLength": lambda e: (
        f"say a little more: {len(e.instance)} characters so far, at least {e.expected}."
    ),
    "maxLength": lambda e: (
        f"shorten this: {len(e.instance)} characters, at most {e.expected} fit the brief."
    ),
    "maxItems": lambda e: (
        f"{len(e.instance)} are too many: choose the {e.expected} that matter most."
    ),
    "minimum": lambda e: f"{_limited(e.instance)} is too low: the least is {e.expected}.",
    "maximum": lambda e: f"{_limited(e.instance)} is too high: the most is {e.expected}.",
    "pattern": lambda e: _bad_name(e.instance),
}


def _limited(number):
    """Write a number beside its limit: four digits may be a year, which has no comma."""
    return _figure(number, thousands="" if abs(number) < 10_000 else ",")


def _of_another_kind(fault):
    if _KINDS[fault.expected] in ("a number", "a whole number"):
        said = _two_readings(fault.instance) or _as_text(fault.instance)
        if said:
            return said
        if finite(fault.instance):
            return f"this should be a whole number, and it is {_figure(fault.instance)}."
    return f"this should be {_KINDS[fault.expected]}, and it is {_shown(fault.instance)}."


def _as_text(value):
    """Say how a number that stands in quotation marks is written, or nothing."""
    if not isinstance(value, str) or len(value) > 60:
        return ""
    bare = re.sub(
        r"\s*(%|percent|per cent|points?|пайыз|процент\w*)\s*$", "", value.strip(), flags=re.I
    )
    number = read_number(bare) if bare and not _two_readings(bare) else None
    if number is None:
        return ""
    without = ", without the sign or word after it" if bare != value.strip() else ""
    return (
        f"{_shown(value)} stands in quotation marks, so it is text. Write the number itself, with "
        f"a point before decimals{without}: {_figure(number, thousands='')}."
    )


def _figure(number, thousands=","):
    """Return a number as people write it: 1,000,000 and 37.5, and no 1e+06."""
    if isinstance(number, int) and abs(number) >= 10**15:
        return "a number of more than fifteen digits"
    if isinstance(number, float) and (number.is_integer() and abs(number) < 1e15):
        number = int(number)
    text = f"{number:{thousands}}" if isinstance(number, int) else f"{number:{thousands}.10g}"
    return text if "e" not in text else f"{number:{thousands}.10f}".rstrip("0").rstrip(".")


def _year(number):
    return _figure(number, thousands="")


def _bad_name(name):
    latin = name.translate(_LOOKALIKES)
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", latin) and latin != name:
        return f"{name!r} has a letter of the Russian keyboard in it. Type it in Latin letters: {latin}."
    if re.search(r"[Ѐ-ӿ]", name):
        return (
            f"{name!r} is in Cyrillic letters. A short name takes Latin ones: I1, or survey-2027."
        )
    return "use letters, digits and hyphens only, and start with a letter: I1, for example."


# Letters of a Russian keyboard, and the Latin ones that they look like.
_LOOKALIKES = str.maketrans("АВСЕНІКМОРТХасеіорху", "ABCEHIKMOPTXaceiopxy")
_KINDS = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "array": "a list",
    "object": "a group of fields",
}


def _shown(value):
    if isinstance(value, (int, float)) and not isinstance(value, bool) and finite(value):
        return _figure(value)
    try:
        text = json.dumps(value, ensure_ascii=False)
    except ValueError:  # a number of thousands of digits
        return "a number without end"
    return text if len(text) <= 40 else text[:39] + "…"


def _meaning(plan):
    """Yield (level, path, message) for what holds between the parts of a plan."""
    for rule in (
        _short_names,
        _references,
        _budget,
        _objectives,
        _years,
        _instruments,
        _audiences,
        _indicators,
        _assumptions,
    ):
        yield from rule(plan)


def _short_names(plan):
    for section in _ID_LETTERS:
        ids = Counter(row.get("id") for row in rows(plan, section))
        for position, row in enumerate(rows(plan, section)):
            if row.get("id") and ids[row["id"]] > 1:
                yield (
                    "error",
                    (section, position, "id"),
                    (
                        f"{row['id']} names two rows, so a reference to it could mean either. Rename one."
                    ),
                )


def _references(plan):
    """Every reference must lead somewhere."""
    targets = {section: _ids(plan, section) for section in _ID_LETTERS}
    targets["instruments or rivals"] = [*targets["instruments"], RIVALS]
    for section, part in schema()["properties"].items():
        fields = part.get("items", {}).get("properties", {})
        for name, field in fields.items():
            kind = field.get("x-refers-to")
            for position, row in enumerate(rows(plan, section) if kind else ()):
                value = row.get(name)
                if not isinstance(value, str) or value in targets[kind]:
                    continue
                if kind == "sources" and _is_course_source(value):
                    continue
                yield "error", (section, position, name), _leads_nowhere(value, kind, targets[kind])


def _leads_nowhere(value, kind, known):
    if kind == "sources":
        guess = _meant(value, [*known, *_course_sources()])
        return (
            f"{value!r} is neither a source of the course (data/sources.csv) nor one of your own."
            f"{guess or ' Correct the name, or add it under Your own sources.'}"
        )
    there = f"There are: {', '.join(known)}." if known else "There are none yet."
    return f"{value!r} leads nowhere: no such name among the {kind}.{_meant(value, known)} {there}"


def _meant(value, known):
    """Return the question whether another name was meant, or nothing."""
    same = {name.translate(_LOOKALIKES).casefold(): name for name in known}
    typed = value.strip().translate(_LOOKALIKES).casefold()
    near = [typed] if typed in same else difflib.get_close_matches(typed, list(same), 1, 0.8)
    if not near:
        return ""
    keyboard = typed == near[0] and re.search(r"[Ѐ-ӿ]", value)
    why = " It has a letter of the Russian keyboard in it." if keyboard else ""
    return f"{why} Did you mean {same[near[0]]!r}?"


@cache
def _course_sources():
    return frozenset(data.load("sources")["source_id"])


def _is_course_source(source_id):
    return source_id in _course_sources()


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
                f"the points add up to {_figure(total)}, {_figure(abs(100 - total))} {way} 100. "
                "What one instrument gets, another gives."
            ),
        )


def _objectives(plan):
    served = {row.get("objective") for row in rows(plan, "instruments")}
    shown = {row.get("objective") for row in rows(plan, "kpis") if row.get("level") in OUTCOMES}
    for position, row in enumerate(rows(plan, "objectives")):
        if row.get("id") and row["id"] not in served:
            yield (
                "error",
                ("objectives", position),
                ("no instrument serves it. Give it one, or let the objective go."),
            )
        if row.get("id") and row["id"] not in shown:
            yield (
                "error",
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
            f"the plan ends in {_year(end)}, which is not after its start in {_year(start)}.",
        )
        return
    for position, row in enumerate(rows(plan, "instruments")):
        starts = number(row.get("starts"))
        if starts and start and end and not start <= starts <= end:
            yield (
                "error",
                ("instruments", position, "starts"),
                (f"{_year(starts)} lies outside the plan ({_year(start)} to {_year(end)})."),
            )
        elif starts and end and starts == end:
            yield (
                "warning",
                ("instruments", position, "starts"),
                (
                    f"it starts in {_year(starts)}, the year in which the plan is judged. "
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
                    f"the target year {_year(after)} lies before the first year of the plan, "
                    f"{_year(start)}: nothing could have worked by then."
                ),
            )
        elif before and after and after <= before:
            yield (
                "error",
                place,
                (
                    f"the target year {_year(after)} is not after the baseline year {_year(before)}: "
                    "a change needs two moments."
                ),
            )
        elif after and end and after > end:
            yield "error", place, f"{_year(after)} lies after the plan is judged, in {_year(end)}."
        elif before and start and before > start:
            yield (
                "warning",
                ("kpis", position, "baseline_year"),
                (
                    f"the baseline is of {_year(before)}, and the plan starts in {_year(start)}: "
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
                    f"{_figure(points)} of 100 points stand on one instrument. If it fails, the plan fails: "
                    "what would you do with half of them?"
                ),
            )
    if not instruments:
        return
    measured = sum(
        number(r.get("points")) or 0 for r in instruments if r.get("lever") == "measurement"
    )
    if not measured:
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
    start = number(plan.get("start"))
    for position, row in enumerate(rows(plan, "kpis")):
        place = ("kpis", position)
        if row.get("level") in OUTCOMES and row.get("comparison") == "nothing":
            yield (
                "warning",
                (*place, "comparison"),
                (
                    "an outcome without a comparison. It may move because of the plan or because of "
                    "the world, and nobody can tell which."
                ),
            )
        if _is_rank(row):
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
                    "nobody has measured the starting point yet. The first survey must come before the "
                    "first event, so it needs points of its own."
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
                f"the target ({_figure(target)}) lies below the baseline ({_figure(baseline)}). "
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
                f"{_figure(value)} per cent of anybody is not possible: a share lies from 0 to 100.",
            )


def _noise(place, row, start):
    noise, target, baseline = (number(row.get(k)) for k in ("noise", "target", "baseline"))
    if noise == 0:
        yield (
            "warning",
            (*place, "noise"),
            ("a measure without any noise is rare. Look at how much it moved in quiet years."),
        )
    if not noise or target is None or baseline is None or target == baseline:
        return
    # A wobble that adds up from year to year grows with the square root of the years.
    first = number(row.get("baseline_year")) or start
    years = max(1.0, (number(row.get("target_year")) or 0) - first) if first else 1.0
    wobble = noise * math.sqrt(years)
    if abs(target - baseline) < 2 * wobble:
        span = "one year" if years == 1 else f"{years:.0f} years"
        yield (
            "warning",
            (*place, "target"),
            (
                f"the change you promise ({target - baseline:+,.10g}) is smaller than twice the noise "
                f"of {span} (2 × {wobble:,.3g}). Reaching it could be luck, and so could missing it."
            ),
        )


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
                    f"low {_figure(low)}, central {_figure(central)} and high {_figure(high)} are out of order: "
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


def rows(plan, section):
    """Return a section's rows, only with what can be text or a number: the form says the rest."""
    written = plan.get(section)
    return [
        {key: value for key, value in row.items() if isinstance(value, (str, Real))}
        if isinstance(row, dict)
        else {}
        for row in (written if isinstance(written, list) else ())
    ]


def _ids(plan, section):
    return [row["id"] for row in rows(plan, section) if isinstance(row.get("id"), str)]


def number(value):
    """Return a value that is a finite number, or None."""
    return value if finite(value) else None


_SPACE = "[ \u00a0\u2009\u202f'’]"  # what people put between groups of three digits
_WAYS = (  # how a number is written, and which mark in it is the decimal one
    (rf"\d{{1,3}}({_SPACE}\d{{3}})+([.,]\d+)?", ".,"),  # 35 000 000; 12 000,5
    (r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?", "."),  # 12,000; 35,000,000.5
    (r"[1-9]\d{0,2}(\.\d{3}){2,}(,\d+)?|[1-9]\d{0,2}\.\d{3},\d+", ","),  # 35.000.000
    (r"\d+([.,]\d+)?|[.,]\d+", ".,"),  # 12; 12,5; 12.5; 0,125
)


def read_number(text):
    """Return the number in what somebody typed, or None where it is no number.

    Parameters
    ----------
    text : str
        As people write it: ``"12,000"``, ``"12 000"``, ``"12,5"``, ``"−3"``, ``"35 000 000"``.

    Raises
    ------
    CourseError
        Where two readers would read two numbers, such as ``"12.000"``; it asks which is meant.
    """
    plain = text.strip().replace("−", "-").replace("–", "-")
    if len(plain) > 60:
        return None
    sign, digits = (-1, plain[1:].lstrip()) if plain[:1] == "-" else (1, plain.removeprefix("+"))
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", digits):
        large, small = digits.replace(".", ""), digits.rstrip("0").rstrip(".")
        small = small if "." in small else f"{small}.0"
        raise CourseError(
            f"{plain} can be read as {int(large):,} or as {small}. Which do you mean? "
            f"Write {large} or {small}{'' if len(small) < len(digits) else '0'}."
        )
    for way, decimal in _WAYS:
        if re.fullmatch(way, digits):
            marks = "".join(f"\\{mark}" for mark in ".," if mark not in decimal)
            bare = re.sub(rf"{_SPACE}|[{marks}]" if marks else _SPACE, "", digits)
            bare = bare.replace(",", ".")
            return sign * (float(bare) if "." in bare else int(bare))
    return None


def _number_kind(field):
    return field.get("type") in ("number", "integer") or "anyOf" in field


def read_numbers(plan):
    """Return a plan whose number fields hold numbers where their text is one, else the text.

    What was typed is never thrown away: a text that is no number, or could be two, stays as
    it is, and the check of the plan says so.
    """

    def read(field, value):
        if not (_number_kind(field) and isinstance(value, str)):
            return value
        try:
            found = read_number(value)
        except CourseError:
            return value
        if found is None:
            return value
        return int(found) if field.get("type") == "integer" and found == int(found) else found

    parts = schema()["properties"]
    read_plan = {name: read(parts.get(name, {}), value) for name, value in plan.items()}
    for name in SECTIONS:
        fields, written = parts[name]["items"]["properties"], read_plan.get(name)
        if isinstance(written, list):
            read_plan[name] = [
                {key: read(fields.get(key, {}), value) for key, value in row.items()}
                if isinstance(row, dict)
                else row
                for row in written
            ]
    return read_plan


def _place(plan, path):
    """Say in words where in a plan a path leads: ``Instruments, I2 (Abai Centres), Points``."""
    part, words, here = schema(), [], plan
    for step in path:
        if isinstance(step, int):
            part = part.get("items", {})
            here = here[step] if isinstance(here, list) and step < len(here) else {}
            words.append(_row_name(here, step))
        else:
            part = part.get("properties", {}).get(step, {})
            here = here.get(step) if isinstance(here, dict) else None
            words.append(part.get("title", str(step)))
    return ", ".join(words) or "The plan"


def _row_name(row, position):
    row = row if isinstance(row, dict) else {}
    name = row.get("id") or row.get("about") or f"row {position + 1}"
    text = next(
        (row[key] for key in ("name", "text", "measures", "who", "risk") if row.get(key)), ""
    )
    text = text if not isinstance(text, str) or len(text) <= 40 else text[:39].rstrip() + "…"
    return f"{name} ({text})" if text else str(name)


# --- Its file -----------------------------------------------------------------------------


def loads(text, name="The plan"):
    """Return the plan in a JSON text.

    Raises
    ------
    CourseError
        Where the text is not JSON: the message says in which line, and what stands there.
    """
    try:
        plan = json.loads(text, parse_constant=_no_constant, parse_int=_whole)
    except json.JSONDecodeError as error:
        lines = text.splitlines() or [""]
        there = lines[min(error.lineno, len(lines)) - 1].strip()[:60]
        raise CourseError(
            f"{name} is damaged at line {error.lineno}, character {error.colno}: {_what(error)} "
            f"The line reads: {there!r}. Mend that place in a text editor and open it again; "
            "nothing in the file has been changed."
        ) from None
    except RecursionError:
        raise CourseError(
            f"{name} is damaged: brackets are opened without end. Open your last good copy."
        ) from None
    if not isinstance(plan, dict):
        raise CourseError(
            f"{name} holds no plan: a plan begins with {{ and ends with }}. "
            "Nothing in the file has been changed."
        )
    return plan


def _whole(digits):
    """Return a whole number; one of more digits than anybody means is without end."""
    return int(digits) if len(digits) <= 300 else math.inf


def _no_constant(name):
    raise CourseError(
        f"The plan holds {name} where a number belongs. Write a number or leave it empty."
    )


def _what(error):
    if error.pos >= len(error.doc.rstrip()):
        return "the text stops before the plan does."
    here = error.doc[error.pos : error.pos + 12]
    line = error.doc[error.doc.rfind("\n", 0, error.pos) + 1 :].partition("\n")[0]
    if error.msg == "Extra data":
        return "a second text begins here; perhaps the plan was pasted twice. Keep one of them."
    if re.search("[“”„«»]", line) and error.msg != "Invalid control character at":
        return (
            "quotation marks here are curly (“ ”), as a word processor makes them. Put straight "
            'ones (") in their place, or copy the plan from the studio again.'
        )
    if re.search(r"\d,\d", error.doc[max(0, error.pos - 20) : error.pos + 2]):
        return "a comma stands inside a number. Write a point before decimals: 37.5."
    if here.lstrip().startswith("%"):
        return "a % sign stands after a number. Take it away: the unit has a field of its own."
    return {
        "Expecting ',' delimiter": "a comma or a closing bracket is missing before this place.",
        "Expecting property name enclosed in double quotes": "a name in double quotation marks belongs here; perhaps a comma too many stands before it.",
        "Invalid control character at": "a closing quotation mark is missing.",
        "Unterminated string starting at": "a closing quotation mark is missing.",
    }.get(error.msg, "something is missing or too much here.")


def dumps(plan):
    """Return a plan as JSON text that a person can read too."""
    return json.dumps(plan, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def read(path):
    """Return the plan in a file, finished or not.

    Parameters
    ----------
    path : str or pathlib.Path

    Raises
    ------
    CourseError
        Where the file is missing, cannot be read, or is damaged; it is never changed.
    """
    return loads(_text(Path(path)), Path(path).name)


def my_plan():
    """Return the plan that the learner keeps in ``my_work``; raises as :func:`read` does."""
    return read(keep.my_work(MY_PLAN))


def _text(path):
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CourseError(f"There is no file {path.name}. Check the name and the folder.") from None
    except UnicodeDecodeError as error:
        if _is_russian_windows(path):
            raise CourseError(
                f"{path.name} was saved in an old Russian encoding (Windows-1251), which has no "
                "Kazakh letters. Open it in Notepad, choose Save as, and under Encoding UTF-8. "
                "Nothing in the file has been changed."
            ) from None
        raise CourseError(
            f"{path.name} is damaged at byte {error.start}: it is not text. "
            "Open your last good copy; nothing in the file has been changed."
        ) from None
    except OSError as error:
        raise CourseError(f"{path.name} cannot be opened ({error.strerror}).") from None


def _is_russian_windows(path):
    """Say whether a file is text in Windows-1251: it begins as a plan does, in that encoding."""
    try:
        text = path.read_bytes().decode("cp1251")
    except (OSError, UnicodeDecodeError):
        return False
    return text.lstrip().startswith("{") and len(re.findall(r"[а-яё]{3,}", text, re.I)) >= 1


class PlanFile:
    """A plan's file, opened once and saved at every change.

    Saving replaces the file in one step. A file that changed behind our back, or that could
    not be read, is set aside under another name first: nothing a learner wrote is lost.

    Attributes
    ----------
    problem : str
        Why the file could not be read when it was opened, or empty.
    """

    def __init__(self, path):
        self.path = Path(path)
        self.problem = ""
        self._text = None

    def open(self):
        """Return the plan in the file; an empty plan where there is none, or it is damaged."""
        self.problem, self._text = "", None
        if not self.path.exists():
            return new_plan()
        try:
            text = _text(self.path)
            plan = loads(text, self.path.name)
        except CourseError as error:
            self.problem = str(error)
            return new_plan()
        self._text = text
        return plan

    def save(self, plan):
        """Write the plan; return the name under which another version was set aside, or None.

        Raises
        ------
        CourseError
            Where the disk refuses.
        """
        text = dumps(plan)
        why = self._not_ours(text)
        aside = keep.set_aside(self.path, why).name if why else None
        keep.write(self.path, text)
        self._text = text
        return aside

    def _not_ours(self, new):
        """Say why the file on the disk may not be overwritten with new text, or return nothing."""
        if not self.path.exists():
            return ""
        try:
            text = _text(self.path)
            if text not in (self._text, new):
                loads(text)
                return "other"
        except CourseError:
            return "damaged"
        return ""
