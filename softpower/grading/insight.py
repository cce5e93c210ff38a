"""What the class understood: by question, by mistake, and what to teach again on Monday."""

import statistics
from collections import Counter, defaultdict
from html import escape

from markupsafe import Markup

from softpower import texts
from softpower.grading import pages, sheets
from softpower.palette import GREEN, GREY, NO_ANSWER, ORANGE, PARTLY

SMALL = 20  # a class below this says little about a question
FEWEST = 8  # below this no correlation is given
AGAIN = 3  # sections
WELL = 0.75  # of the points: a question below it is named, besides the worst of a section
MOST = 20  # mistakes in the table
SEPARATES, DOES_NOT = 0.3, 0.1


def of(learners, exercise, missing=0, before=None, worked=0):
    """Return what one exercise shows of the class, as the page needs it.

    Parameters
    ----------
    learners : list of learners.Learner
    exercise : assignment.Exercise
    missing : int
        How many of the class list handed in nothing.
    before : dict, optional
        The share that was right by question id, in an earlier term.
    worked : int
        How many notebooks with the course's own worked answers were left out.
    """
    rows = [_question(one, learners, before or {}) for one in exercise.questions]
    rows = [row for row in rows if row["count"]]
    checked = [row for row in rows if not row["open"]]
    made = _mistakes(exercise, learners)[:MOST]
    return {
        "title": exercise.title,
        "count": len(learners),
        "missing": missing,
        "worked": worked,
        "waits": texts.listing([row["id"] for row in rows if row["waits"]]),
        "small": len(learners) < SMALL,
        "rows": rows,
        "mistakes": made,
        "again": _again([row for row in rows if not row["optional"]], exercise, made),
        "first": sum(bool(one.first) for one in learners),
        "before": bool(before),
        "right_picture": _stacked(checked, len(learners)),
        "mistakes_picture": _bars(
            [(one["id"], one["count"]) for one in made],
            texts.text(
                "How many made each known mistake, the most frequent first. The figures are in the "
                "table."
            ),
        ),
        "separates_picture": _bars(
            [(row["id"], row["rest"]) for row in checked if row["rest"] is not None],
            texts.text(
                "How far each question separates: the correlation with the rest. The figures are in "
                "the table."
            ),
        ),
    }


def _question(question, learners, before):
    given = [one.answers[question.id] for one in learners if question.id in one.answers]
    waits = any(status == "to mark" for _, status, _ in given)
    count = Counter(status for _, status, _ in given)
    shares = [share for share, _, _ in given if share is not None]
    firsts = [one.first[question.id] for one in learners if question.id in one.first]
    rest, tried = _item_rest(question, learners)
    return {
        "id": question.id,
        "open": question.by_hand,
        "optional": question.optional,
        "taught": question.taught,
        "count": len(given),
        "right": count["right"],
        "partly": count["partly"],
        "wrong": count["wrong"] + count["stopped"],
        "none": count["not yet"] + count["unreadable"],
        "mean": statistics.fmean(shares) if shares and not waits else None,
        "waits": waits,
        "first": texts.text("{right} of {all}", right=sum(firsts), all=len(firsts))
        if firsts
        else "–",
        "rest": rest,
        "says": _says(rest, tried),
        "before": before.get(question.id),
    }


def _item_rest(question, learners):
    """Return the correlation of one question with the mean of the others, or None; and the shares.

    Of an optional question only whoever tried it says something.
    """
    pairs = []
    for one in learners:
        shares = {k: a[0] for k, a in one.answers.items() if a[0] is not None}
        mine = shares.pop(question.id, None)
        is_left = question.optional and one.answers.get(question.id, ("", ""))[1] == "not yet"
        if mine is not None and shares and not is_left:
            pairs.append((mine, statistics.fmean(shares.values())))
    tried = [mine for mine, _ in pairs]
    if len(pairs) < FEWEST:
        return None, tried
    try:
        return round(statistics.correlation(*zip(*pairs, strict=True)), 2) + 0.0, tried
    except statistics.StatisticsError:  # all alike
        return None, tried


def _says(rest, shares):
    if rest is None:
        alike = len(shares) >= FEWEST and len(set(shares)) == 1
        return texts.text("everybody did the same") if alike else texts.text("too few to say")
    if rest >= SEPARATES:
        return texts.text("separates: who does well elsewhere does well here")
    if rest < DOES_NOT:
        return texts.text("does not separate: look at its words, or at what it asks")
    return texts.text("separates a little")


def _mistakes(exercise, learners):
    """Return the known mistakes, the most frequent first: how many made each, what it means."""
    made = []
    for question in exercise.checked:
        said = [
            one.answers[question.id][2]
            for one in learners
            if question.id in one.answers and one.answers[question.id][1] in ("wrong", "partly")
        ]
        for message in dict.fromkeys(wrong.message for wrong in question.wrong):
            spoken = texts.in_every_language(message)
            count = sum(any(one in text for one in spoken) for text in said)
            if count:
                shown = texts.text(message)
                made.append({"id": question.id, "count": count, "message": shown})
    return sorted(made, key=lambda one: (-one["count"], one["id"]))


def _again(rows, exercise, made):
    """Return what to teach again: the three sections that went worst, each with its questions."""
    sections = defaultdict(list)
    for row in sorted((row for row in rows if row["mean"] is not None), key=lambda r: r["mean"]):
        if row["taught"]:
            sections[row["taught"]].append(row)
    said = {}
    for mistake in reversed(made):  # the most frequent of each question stands last
        said[mistake["id"]] = mistake
    return [
        {
            "section": texts.text(section),
            "lesson": exercise.lesson,
            "questions": [
                {"id": row["id"], "mean": row["mean"], "mistake": said.get(row["id"])}
                for row in found
                if row["mean"] < WELL or row is found[0]
            ],
        }
        # The worst section first: the rows came in that order.
        for section, found in list(sections.items())[:AGAIN]
        if found[0]["mean"] < 1
    ]


def earlier(folder):
    """Return the share that was right by question id, from an earlier term's ``scores.csv``."""
    _, rows, _ = sheets.read(folder / "scores.csv", ["question", "points", "out_of", "status"])
    shares = defaultdict(list)
    for row in rows:
        try:
            share = float(row["points"].replace(",", ".")) / float(row["out_of"])
        except (ValueError, ZeroDivisionError):
            continue
        shares[row["question"].removeprefix("Q")].append(share)
    return {question: statistics.fmean(found) for question, found in shares.items()}


def _stacked(rows, count):
    """Return a bar a question: right, partly, wrong, no answer."""
    if not rows or not count:
        return ""
    parts = (("right", GREEN), ("partly", PARTLY), ("wrong", ORANGE), ("none", NO_ANSWER))
    drawn = ""
    for place, row in enumerate(rows):
        x, y = 70.0, 8 + place * 24
        drawn += f'<text x="62" y="{y + 13}" text-anchor="end">{escape(row["id"])}</text>'
        for part, colour in parts:
            width = 500 * row[part] / count
            drawn += f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="17" fill="{colour}"/>'
            x += width
    return _picture(
        drawn,
        len(rows),
        texts.text(
            "How many were right, by question: green right, light green partly, "
            "orange wrong or stopped, grey no answer. The figures are in the table."
        ),
    )


def _bars(rows, title):
    if not rows:
        return ""
    most = max(1.0, *(abs(value) for _, value in rows))
    drawn = f'<line x1="320" y1="0" x2="320" y2="100%" stroke="{GREY}"/>'
    for place, (name, value) in enumerate(rows):
        y, width = 8 + place * 24, 240 * abs(value) / most
        x = 320 if value >= 0 else 320 - width
        drawn += f'<text x="62" y="{y + 13}" text-anchor="end">{escape(name)}</text>'
        drawn += f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="17" fill="{GREEN if value >= DOES_NOT else ORANGE}"/>'
    return _picture(drawn, len(rows), title)


def _picture(drawn, rows, words):
    height = 16 + 24 * rows
    return Markup(
        f'<svg role="img" aria-label="{escape(words)}" viewBox="0 0 580 {height}" '
        f'style="width:100%;max-width:40rem" font-size="13">{drawn}</svg>'
    )


def page(found):
    """Return the page as HTML; ``found``: what :func:`of` says, one an exercise."""
    return pages.render("insight.html", found=found, small=SMALL)
