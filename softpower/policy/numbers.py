"""Numbers as people write them, and as a message writes them back."""

import json
import re

from softpower import texts
from softpower.errors import CourseError
from softpower.policy.plan import SECTIONS, schema
from softpower.schema import finite

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
            texts.text(
                "{written} can be read as {large} or as {small}. Which do you mean? "
                "Write {large_plainly} or {small_plainly}.",
                written=plain,
                large=texts.number(int(large)),
                small=texts.spelt(small),
                large_plainly=large,
                small_plainly=small if len(small) < len(digits) else f"{small}0",
            )
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


def figure(number, thousands=","):
    """Return a number as the reader's language writes it: 1,000,000 and 37.5, and no 1e+06."""
    if isinstance(number, int) and abs(number) >= 10**15:
        return texts.text("a number of more than fifteen digits")
    return texts.spelt(_typed(number, thousands))


def _typed(number, thousands=""):
    """Return a number as a plan's file holds it: 1000000 and 37.5."""
    if isinstance(number, float) and (number.is_integer() and abs(number) < 1e15):
        number = int(number)
    text = f"{number:{thousands}}" if isinstance(number, int) else f"{number:{thousands}.10g}"
    return text if "e" not in text else f"{number:{thousands}.10f}".rstrip("0").rstrip(".")


def year(number):
    return figure(number, thousands="")


def shown(value):
    if isinstance(value, (int, float)) and not isinstance(value, bool) and finite(value):
        return figure(value)
    try:
        text = json.dumps(value, ensure_ascii=False)
    except ValueError:  # a number of thousands of digits
        return texts.text("a number without end")
    return text if len(text) <= 40 else text[:39] + "…"


def two_readings(value):
    """Return the question that a text asks which could be two numbers, or nothing."""
    try:
        read_number(value if isinstance(value, str) else "")
    except CourseError as question:
        return str(question)
    return ""


def as_text(value):
    """Say how a number that stands in quotation marks is written, or nothing."""
    if not isinstance(value, str) or len(value) > 60:
        return ""
    bare = re.sub(
        r"\s*(%|percent|per cent|points?|пайыз|процент\w*)\s*$", "", value.strip(), flags=re.I
    )
    number = read_number(bare) if bare and not two_readings(bare) else None
    if number is None:
        return ""
    places = {"written": shown(value), "number": _typed(number)}
    if bare == value.strip():
        return texts.text(
            "{written} stands in quotation marks, so it is text. Write the number itself, with "
            "a point before decimals: {number}.",
            **places,
        )
    return texts.text(
        "{written} stands in quotation marks, so it is text. Write the number itself, with "
        "a point before decimals, without the sign or word after it: {number}.",
        **places,
    )
