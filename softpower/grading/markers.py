"""Several markers on one sheet: whose level counts, and what the others gave.

What another marker gave stands in a column of its own, a line each, in words that a person reads
and this module reads again: ``3 · their_marking.csv · the source is missing``. It is never part of
the word to the student, unless that marker's own level counts.
"""

import secrets
from dataclasses import dataclass
from itertools import count

from softpower import texts
from softpower.grading.names import called

COLUMN = "other_markers"
MARK_ID = "mark_id"
FROM = "level given in "  # and the name of another marker's sheet
ANOTHER_ROW = texts.mark("another row")  # of the same sheet: two were put one below the other
OTHERS = "other"  # how the mark_id of a level begins that another marker gave
KEPT = "kept"  # how the mark_id begins of another's level that the first's own word has kept
BETWEEN, NONE = " · ", "–"
GAVE_NO_MORE = texts.mark(
    "{student}, {question}, {criterion}: {file} has no level there any more; {level}, which it gave "
    "before, still counts."
)
KEPT_BY_A_WORD = texts.mark(
    "{student}, {question}, {criterion}: {file} has {other} now. {level}, which another marker gave "
    "before, stays, because you wrote a word of your own beside it; it is in no figure of agreement."
)
GIVEN_NO_MORE = texts.mark(
    "{file} was given before and is not now; what it gave still counts. Is one of {given} a later "
    "sheet of the same person? Then give that under the old name, or both are compared as two people. "
    "If not, give both."
)
FEW_ROWS = 5  # that stand twice are named; of more, the number is told
SEVERAL_WORDS = 4  # two people hit on the same comment of fewer


@dataclass(frozen=True)
class Given:
    """What one marker gave for one row; ``source`` is the sheet."""

    source: str
    level: str
    comment: str = ""
    answer_id: str = ""
    mark_id: str = ""

    def __bool__(self):
        return bool(self.level or self.comment)


def given(row, source):
    """Return what stands in a row of a sheet, as a :class:`Given`."""
    parts = ("level", "comment", "answer_id", MARK_ID)
    return Given(_one_line(source), *((row.get(part) or "").strip() for part in parts))


def others(row):
    """Return what the other markers gave so far, by sheet."""
    found = {}
    for line in (row.get(COLUMN) or "").splitlines():
        level, _, rest = line.strip().partition(BETWEEN)
        source, _, comment = rest.partition(BETWEEN)
        if source:
            found[source] = Given(source, "" if level == NONE else level, comment)
    return found


def plain(level):
    """Return a level as it is compared: 2, 2.0 and 2,0 are one."""
    try:
        return f"{float(level.replace(',', '.')):g}"
    except ValueError:
        return level


def mark_id(row):
    """Return what tells a mark from an equal one of another marker: it goes with a copy.

    It ends in the level, so that one which somebody has changed since is a mark of their own.
    """
    level, before = plain((row.get("level") or "").strip()), row.get(MARK_ID) or ""
    if level and before.endswith(f"-{level}"):
        return before
    return f"m{secrets.token_hex(4)}-{level}" if level else ""


def is_others(row):
    """Say whether the level that counts is another marker's, and stands as that one gave it."""
    level, mark = plain((row.get("level") or "").strip()), row.get(MARK_ID) or ""
    if not mark:  # a sheet from before marks had this
        return bool(level) and (row.get("note") or "").startswith(FROM)
    return mark == f"{OTHERS}-{level}"


def join(mine, gave, gone=()):
    """Return a row of the sheet with what other markers gave for it.

    A level fills what is blank, and follows its sheet as long as the first marker leaves the row:
    a comment of the first's own beside it makes it the first's.
    Where the first has one, it counts. A comment goes to the student where it does not speak for
    another level than the one that counts.

    Parameters
    ----------
    mine : dict
        The row as it stands.
    gave : list of Given
        In the order of the sheets; what they gave takes the place of what sheets gave before.
        An empty one takes back what its sheet gave, where that does not count.
    gone : iterable of str
        Sheets of before that stand in others now.

    Returns
    -------
    dict
    """
    before = others(mine)
    level, source = plain((mine.get("level") or "").strip()), _whose(mine, before)
    silent = {one.source for one in gave if not one and not one.source.startswith(ANOTHER_ROW)}
    dropped = {
        name: one
        for name, one in before.items()
        if name in gone or (name in silent and name != source)
    }
    gave = [one for one in gave if one and not _is_copied(mine, one, before)]
    if not gave and not dropped:
        return mine
    has_own_words = bool(_without(mine.get("comment") or "", before).strip())
    kept = [one for name, one in before.items() if name not in dropped]
    kept = [one for one in kept if not gave or _stays(one, gave, source, level)]
    merged = mine | {COLUMN: "\n".join(map(_line, [*kept, *gave]))}
    if not gave:
        return merged | {"comment": _without(mine.get("comment") or "", dropped)}
    counts = next((one for one in gave if one.level and (not level or one.source == source)), None)
    if counts and level and has_own_words and plain(counts.level) != level:
        # The first marker spoke for this level, so it stays; but nobody chose it beside the other.
        note = "" if (mine.get("note") or "").startswith(FROM) else mine.get("note", "")
        merged |= {"note": note, MARK_ID: f"{KEPT}-{level}"}
    elif counts:
        merged[MARK_ID] = f"{OTHERS}-{plain(counts.level)}"
        if plain(counts.level) != level:
            merged |= {"level": counts.level, "note": FROM + counts.source}
            merged["answer_id"] = counts.answer_id
    return merged | {"comment": _comment(mine, merged, gave, before)}


def _whose(row, before):
    """Return the sheet from which the level that counts came, or None where it is the first's."""
    if not is_others(row):
        return None
    level, note = plain(row["level"].strip()), row.get("note") or ""
    found = (one.source for one in before.values() if plain(one.level) == level)
    return next(found, note.removeprefix(FROM) if note.startswith(FROM) else None)


def _stays(one, gave, source, level):
    """Say whether what a sheet gave before is kept beside what others give now."""
    if one.source in {new.source for new in gave}:
        return False
    if one.source == source:  # it counts; the same again under another name is its later state
        return all(plain(new.level) != level for new in gave)
    # Rows pasted below come once, and files with each run.
    return any(name.startswith(ANOTHER_ROW) for name in (one.source, gave[0].source))


def _comment(mine, merged, gave, before):
    """Return the word to the student: the first marker's, else one for the level that counts."""
    level = plain((merged.get("level") or "").strip())
    fits = [one.comment for one in gave if one.comment and plain(one.level) in ("", level)]
    own = _without(mine.get("comment") or "", before)
    if own and not (fits and is_others(merged) and _squeezed(fits[0]) not in _squeezed(own)):
        return own
    return "\n".join(filter(None, [own, fits[0] if fits else ""]))


def _without(comment, before):
    """Return a comment without the words that came from other sheets: they follow their sheet."""
    for one in before.values():
        if one.comment and _squeezed(comment) == _squeezed(one.comment):
            return ""
        if one.comment and comment.endswith("\n" + one.comment):
            return comment.removesuffix("\n" + one.comment)
    return comment


def _is_copied(mine, one, before):
    """Say whether a mark came along when the sheet was copied: it is nobody's second opinion."""
    level = plain(one.level)
    if level and one.mark_id == mine.get(MARK_ID) and one.mark_id.endswith(f"-{level}"):
        return True
    words = _squeezed(one.comment)
    return (
        level == plain((mine.get("level") or "").strip())
        and words == _squeezed(mine.get("comment") or "")
        and len(words.split()) >= SEVERAL_WORDS
        and words not in {_squeezed(other.comment) for other in before.values()}
    )


def taken_back(mine, given):
    """Return lines for the report on a level of another marker's that counts, and that the sheet
    which gave it has no more: taken back, or corrected where a word of the first's keeps it."""
    level = mine.get("level") or ""
    parts = {part: mine[part] for part in ("student", "question")} | {"level": level}
    parts["criterion"] = texts.text(mine["criterion"])
    if is_kept(mine):
        return [
            texts.text(KEPT_BY_A_WORD, file=source, other=one.level, **parts)
            for source, one in given.items()
            if one.level and plain(one.level) != plain(level)
        ]
    before = others(mine)
    return [
        texts.text(GAVE_NO_MORE, file=source, **parts)
        for source, one in given.items()
        if not one.level and is_others(mine) and source in before and before[source].level
    ]


def is_kept(row):
    """Say whether the level that counts is another's of before, kept by a word of the first's."""
    return (row.get(MARK_ID) or "") == f"{KEPT}-{plain((row.get('level') or '').strip())}"


def pairs(row):
    """Return (level that counts, another marker's) of a row, one for each other marker."""
    level, gave = (row.get("level") or "").strip(), list(others(row).values())
    if is_kept(row):  # nobody chose it beside the others
        return []
    if level and is_others(row):  # nobody agrees with themselves
        first = next((one for one in gave if plain(one.level) == plain(level)), None)
        gave = [one for one in gave if one is not first]
    return [(level, one) for one in gave if level and one.level]


def given_before(rows):
    """Return by sheet the set of (row, level) that others gave so far. ``rows``: by their keys."""
    found = {}
    for key, row in rows.items():
        for source, one in others(row).items():
            found.setdefault(source, set()).add((key, plain(one.level)))
    return found


def pasted(rows, below):
    """Return names for the sheets that were put below the first, one for each.

    One whose marks stand there from an earlier run has its name of then; another is a marker more.

    Parameters
    ----------
    rows : dict
        The first sheet's rows, by their keys.
    below : dict
        By key the further rows, in their order.
    """
    before = {
        source: marks
        for source, marks in given_before(rows).items()
        if source.startswith(ANOTHER_ROW)
    }
    names = []
    for place in range(max(map(len, below.values()), default=0)):
        marks = {
            (key, plain((more[place].get("level") or "").strip()))
            for key, more in below.items()
            if len(more) > place
        }
        again = (source for source in before if source not in names and before[source] <= marks)
        free = (ANOTHER_ROW + (f" ({number})" if number > 1 else "") for number in count(1))
        names.append(next(again, None) or next(one for one in free if one not in {*before, *names}))
    return names


def several_rows(rows):
    """Return a line on rows that stand in the sheet more than once, and differ."""
    named = [
        f"{called((row['student'], row['number']))}, {row['question']}, {texts.text(row['criterion'])}"
        for row in rows[:FEW_ROWS]
    ]
    said = texts.texts(
        "{count} row stands in marking.csv more than once, with different marks or words. The "
        "upper one counts; what the other says is kept in its column other_markers, and levels "
        "that differ stand under “Where two markers differ”.",
        "{count} rows stand in marking.csv more than once, with different marks or words. The "
        "upper one counts; what the others say is kept in its column other_markers, and levels "
        "that differ stand under “Where two markers differ”.",
        len(rows),
    )
    return f"{said} ({'; '.join(named)})" if len(rows) <= FEW_ROWS else said


def cut_off(source, mine, there):
    """Return a line where another marker's sheet ends before this one: perhaps it was cut."""
    count = sum(key in there for key in mine)
    if not 0 < count < len(mine) or not there.issuperset(mine[:count]):
        return []
    return [
        texts.text(
            "{file} has the first {count} of the {all} rows of marking.csv, and none of the others. "
            "Did the whole sheet arrive?",
            file=source,
            count=texts.number(count),
            all=texts.number(len(mine)),
        )
    ]


def without_repeats(marked):
    """Return the sheets without one whose marks all stand in another: that is its later state.

    Parameters
    ----------
    marked : dict
        By sheet the set of (row, level) that are marked in it.
    """
    kept = []
    for name, marks in marked.items():
        rest = [other for other in marked if other != name]
        if not any(marks < marked[o] or (marks == marked[o] and o in kept) for o in rest):
            kept.append(name)
    return kept


def _line(one):
    return BETWEEN.join((one.level or NONE, one.source, _squeezed(one.comment))).rstrip(" ·")


def _one_line(source):
    return _squeezed(source.replace(BETWEEN.strip(), "-"))


def _squeezed(text):
    return " ".join(text.split())
