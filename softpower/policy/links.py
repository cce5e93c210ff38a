"""Short names, and whether what refers to one leads somewhere."""

import re
from collections import Counter
from functools import cache

from softpower import data, texts
from softpower.policy.doubt import stop, warn
from softpower.policy.plan import ID_LETTERS, RIVALS, ids, rows, schema

# Letters of a Russian keyboard, and the Latin ones that they look like.
LOOKALIKES = str.maketrans("АВСЕНІКМОРТХасеіорху", "ABCEHIKMOPTXaceiopxy")


def short_names(plan):
    """Yield an error for each short name that two rows share."""
    for section in ID_LETTERS:
        times = Counter(row.get("id") for row in rows(plan, section))
        for position, row in enumerate(rows(plan, section)):
            if row.get("id") and times[row["id"]] > 1:
                yield stop(
                    section,
                    position,
                    "id",
                    texts.text(
                        "{name} names two rows, so a reference to it could mean either. Rename one.",
                        name=row["id"],
                    ),
                )


def references(plan):
    """Yield an error for each reference that leads nowhere."""
    targets = {section: ids(plan, section) for section in ID_LETTERS}
    targets["instruments or rivals"] = [*targets["instruments"], RIVALS]
    for section, part in schema()["properties"].items():
        fields = part.get("items", {}).get("properties", {})
        for name, field in fields.items():
            kind = field.get("x-refers-to")
            for position, row in enumerate(rows(plan, section) if kind else ()):
                value = row.get(name)
                if not isinstance(value, str) or value in targets[kind]:
                    continue
                if kind == "sources" and course_source(value):
                    continue
                if (section, name) == ("kpis", "source"):  # whoever measures need not be a source
                    guess = _meant(value, [*targets[kind], *_course_sources()])
                    if guess:
                        said = texts.sentences(texts.text("{name!r}.", name=value), guess)
                        yield warn(section, position, name, said)
                    continue
                yield stop(section, position, name, _leads_nowhere(value, kind, targets[kind]))


def _leads_nowhere(value, kind, known):
    if kind == "sources":
        return texts.sentences(
            texts.text(
                "{name!r} is neither a source of the course (data/sources.csv) nor one of your own.",
                name=value,
            ),
            _meant(value, [*known, *_course_sources()])
            or texts.text("Correct the name, or add it under Your own sources."),
        )
    if known:
        there = texts.text("There are: {names}.", names=", ".join(known))
    else:
        there = texts.text("There are none yet.")
    return texts.sentences(texts.text(_NOWHERE[kind], name=value), _meant(value, known), there)


_NOWHERE = {
    "audiences": texts.mark("{name!r} leads nowhere: no such name among the audiences."),
    "objectives": texts.mark("{name!r} leads nowhere: no such name among the objectives."),
    "instruments": texts.mark("{name!r} leads nowhere: no such name among the instruments."),
    "kpis": texts.mark("{name!r} leads nowhere: no such name among the kpis."),
    "instruments or rivals": texts.mark(
        "{name!r} leads nowhere: no such name among the instruments or rivals."
    ),
}


def _meant(value, known):
    """Return the question whether another name was meant, or nothing."""
    same = {name.translate(LOOKALIKES).casefold(): name for name in known}
    typed = value.strip().translate(LOOKALIKES).casefold()
    near = typed if typed in same else texts.near(typed, same, 0.8)
    if not near:
        return ""
    keyboard = typed == near and re.search(r"[Ѐ-ӿ]", value)
    why = texts.text("It has a letter of the Russian keyboard in it.") if keyboard else ""
    return texts.sentences(why, texts.meant(same[near]))


@cache
def _course_sources():
    return frozenset(data.load("sources")["source_id"])


def course_source(written):
    """Return the name of the course's source that somebody wrote, also as a lesson prints it.

    Parameters
    ----------
    written : str
        ``"astanatimes2014"``, or ``"Astana Times 2014"``.

    Returns
    -------
    str or None
    """
    bare = re.sub(r"[\W_]+", "", written.translate(LOOKALIKES)).casefold()
    return next((name for name in (written, bare) if name in _course_sources()), None)
