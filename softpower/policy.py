"""Floor 2. The policy plan: its form, what is wrong with it, and the file it lives in.

A plan is a dictionary that JSON can carry. Its form is published as JSON Schema in
``policy_schema.json`` beside this file. What a schema cannot say is checked here: errors
stop a plan, warnings teach, and what is merely not yet written is called just that.
"""

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
    from jsonschema import Draft202012Validator

    seen = set()
    for error in Draft202012Validator(schema()).iter_errors(plan):
        path = tuple(error.absolute_path)
        if error.validator == "required":
            # The library reports each missing name by itself, with the same path.
            for name in error.validator_value:
                if name not in error.instance and (*path, name) not in seen:
                    seen.add((*path, name))
                    yield "missing", (*path, name), _please_write(error.schema, name)
        elif error.validator == "minItems":
            yield "missing", path, f"add at least one {error.schema['items']['title']}."
        elif error.validator == "additionalProperties":
            known = error.schema["properties"]
            for name in (name for name in error.instance if name not in known):
                yield (
                    "error",
                    (*path, name),
                    (
                        f"the plan has no part called {name!r}. The parts here are: {', '.join(known)}."
                    ),
                )
        else:
            yield "error", path, _SAYS[error.validator](error)


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
    "type": lambda e: (
        _two_readings(e.instance)
        or f"this should be {_KINDS[e.validator_value]}, and it is {_shown(e.instance)}."
    ),
    "enum": lambda e: f"choose one of: {'; '.join(e.validator_value)}. It is {_shown(e.instance)}.",
    "oneOf": lambda e: (
        f"choose one of: {'; '.join(choices(e.schema))}. It is {_shown(e.instance)}."
    ),
    "const": lambda e: f"this should read {e.validator_value!r}, and it is {_shown(e.instance)}.",
    "anyOf": lambda e: (
        _two_readings(e.instance) or f'this should be a number, or the words "{TO_BE_MEASURED}".'
    ),
    "minLength": lambda e: (
        f"say a little more: {len(e.instance)} characters so far, at least {e.validator_value}."
    ),
    "maxLength": lambda e: (
        f"shorten this: {len(e.instance)} characters, at most {e.validator_value} fit the brief."
    ),
    "maxItems": lambda e: (
        f"{len(e.instance)} are too many: choose the {e.validator_value} that matter most."
    ),
    "minimum": lambda e: f"{e.instance:g} is too low: the least is {e.validator_value}.",
    "maximum": lambda e: f"{e.instance:g} is too high: the most is {e.validator_value}.",
    "pattern": lambda e: (
        "use letters, digits and hyphens only, and start with a letter: I1, for example."
    ),
}
_KINDS = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "array": "a list",
    "object": "a group of fields",
}


def _shown(value):
    text = json.dumps(value, ensure_ascii=False)
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
        return (
            f"{value!r} is neither a source of the course (data/sources.csv) nor one of your own. "
            "Correct the name, or add it under Your own sources."
        )
    there = f"There are: {', '.join(known)}." if known else "There are none yet."
    return f"{value!r} leads nowhere: no such name among the {kind}. {there}"


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
                f"the points add up to {total:g}, {abs(100 - total):g} {way} 100. "
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
            f"the plan ends in {end:g}, which is not after its start in {start:g}.",
        )
        return
    for position, row in enumerate(rows(plan, "instruments")):
        starts = number(row.get("starts"))
        if starts and start and end and not start <= starts <= end:
            yield (
                "error",
                ("instruments", position, "starts"),
                (f"{starts:g} lies outside the plan ({start:g} to {end:g})."),
            )
    for position, row in enumerate(rows(plan, "kpis")):
        before, after = number(row.get("baseline_year")), number(row.get("target_year"))
        place = ("kpis", position, "target_year")
        if before and after and after <= before:
            yield (
                "error",
                place,
                (
                    f"the target year {after:g} is not after the baseline year {before:g}: "
                    "a change needs two moments."
                ),
            )
        elif after and end and after > end:
            yield "error", place, f"{after:g} lies after the plan is judged, in {end:g}."


def _instruments(plan):
    instruments = rows(plan, "instruments")
    for position, row in enumerate(instruments):
        points = number(row.get("points"))
        if points is not None and 60 < points <= 100:
            yield (
                "warning",
                ("instruments", position, "points"),
                (
                    f"{points:g} of 100 points stand on one instrument. If it fails, the plan fails: "
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


def _indicators(plan):
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
        if re.search(r"\brank(ing)?\b", f"{row.get('unit')} {row.get('measures')}".casefold()):
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
        yield from _noise(place, row)


def _noise(place, row):
    noise, target, baseline = (number(row.get(k)) for k in ("noise", "target", "baseline"))
    if noise == 0:
        yield (
            "warning",
            (*place, "noise"),
            ("a measure without any noise is rare. Look at how much it moved in quiet years."),
        )
    if noise and target is not None and baseline is not None and abs(target - baseline) < 2 * noise:
        yield (
            "warning",
            (*place, "target"),
            (
                f"the change you promise ({target - baseline:+g}) is smaller than twice the noise "
                f"of one year ({noise:g}). Reaching it could be luck, and so could missing it."
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
                    f"low {low:g}, central {central:g} and high {high:g} are out of order: "
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
    usable = isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value)
    return value if usable else None


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
            words.append(part.get("title", step))
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
        plan = json.loads(text, parse_constant=_no_constant)
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


def _no_constant(name):
    raise CourseError(
        f"The plan holds {name} where a number belongs. Write a number or leave it empty."
    )


def _what(error):
    if error.pos >= len(error.doc.rstrip()):
        return "the text stops before the plan does."
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
        raise CourseError(
            f"{path.name} is damaged at byte {error.start}: it is not text. "
            "Open your last good copy; nothing in the file has been changed."
        ) from None
    except OSError as error:
        raise CourseError(f"{path.name} cannot be opened ({error.strerror}).") from None


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
