"""Similar work: pairs that agree far beyond what the class's own spread gives. No verdict.

Texts are compared by runs of four words. A run that stands in the task, or that many used,
says nothing. A pair is listed where the shorter text shares at least a quarter of its runs with
the other, and far more than pairs of this class ordinarily do. Wrong answers are compared as
typed; one counts where hardly anybody else gave it, and three shared ones make a pair.
"""

import re
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from itertools import combinations

from markupsafe import Markup

from softpower import texts
from softpower.grading import pages

RUN = 4  # words
ROOM = 2**24  # bytes, each for the runs that fall on it
LEAST, LEAST_RUNS = 0.25, 8
SPREAD = 3  # times the distance from the middle pair to the ninetieth of a hundred
COMMON = 30  # a run that more people used than this is common
MOST_PAIRS = 30
WRONG_SHARED = 3


def pairs(learners, exercise):
    """Return the pairs to look at, the nearest first.

    Parameters
    ----------
    learners : list of learners.Learner
        For one exercise.
    exercise : assignment.Exercise

    Returns
    -------
    list of dict
        ``names``, ``question``, ``why`` and ``sides``: the two texts, what they share marked.
    """
    found = []
    handed_out = _runs(" ".join(exercise.released))
    for question in exercise.open:
        written = [(one, one.texts.get(question.id, "")) for one in learners]
        found += _of_texts(question.id, [pair for pair in written if pair[1]], handed_out)
    found += _of_wrong_answers(learners)
    return sorted(found, key=lambda one: -one["weight"])[:MOST_PAIRS]


def _words(text):
    return re.findall(r"\w+", text.casefold())


def _runs(text):
    """Return a number for each run of words: ten thousand essays have more than a million."""
    words = _words(text)
    return {hash(tuple(words[place : place + RUN])) for place in range(len(words) - RUN + 1)}


def _spots(run):
    """Return the two places of a run in the room; hardly any two runs have both in common."""
    return run % ROOM, run // ROOM % ROOM


def _few(people, least=5):
    return min(COMMON, max(least, people // 10))


def _may_agree(one, other):
    """Say whether two people are one or work in one group."""
    return one.name == other.name or bool({*one.groups} & {*other.groups})


def _of_texts(question, written, handed_out):
    # First roughly, in little room, which runs may stand in more than one text; most do not.
    seen, sizes, users = bytearray(ROOM), [], defaultdict(list)
    for _, text in written:
        for run in _runs(text) - handed_out:
            for spot in _spots(run):
                seen[spot] = min(seen[spot] + 1, 2)
    for place, (_, text) in enumerate(written):
        mine = _runs(text) - handed_out
        sizes.append(len(mine))
        for run in mine:
            if all(seen[spot] > 1 for spot in _spots(run)):
                users[run].append(place)
    shared = Counter()
    for who in users.values():
        if 1 < len(who) <= _few(len(written)):
            shared.update(combinations(who, 2))
    shares = {
        pair: count / max(1, min(sizes[pair[0]], sizes[pair[1]])) for pair, count in shared.items()
    }
    least = _threshold(list(shares.values()), len(written) * (len(written) - 1) // 2)
    found = []
    for (a, b), share in shares.items():
        (one, text), (other, their) = written[a], written[b]
        if share < least or shared[a, b] < LEAST_RUNS or _may_agree(one, other):
            continue
        found.append(
            {
                "names": (one.name, other.name),
                "question": question,
                "why": texts.texts(
                    "{share} of the shorter text's runs of four words stand in both ({count} run). "
                    "Listed here is {least} and more.",
                    "{share} of the shorter text's runs of four words stand in both ({count} runs). "
                    "Listed here is {least} and more.",
                    shared[a, b],
                    share=texts.percent(100 * share),
                    least=texts.percent(100 * least),
                ),
                "sides": side_by_side(text, their),
                "weight": share,
            }
        )
    return found


def _threshold(shares, total):
    """Return the share from which a pair of this class is out of the ordinary."""
    ordered = sorted(shares)
    zeros = total - len(ordered)

    def at(part):
        place = int(part * (total - 1))
        return 0.0 if place < zeros else ordered[place - zeros]

    if total < 10:  # too few to have an ordinary pair
        return max(LEAST, 0.5)
    return min(0.9, max(LEAST, at(0.5) + SPREAD * (at(0.9) - at(0.5))))


def _of_wrong_answers(learners):
    givers = defaultdict(list)
    for place, one in enumerate(learners):
        for question, answer in one.wrong.items():
            givers[question, answer].append(place)
    shared = defaultdict(list)
    for (question, answer), who in givers.items():
        if 1 < len(who) <= _few(len(learners), 3) and len(answer) > 1:
            for pair in combinations(who, 2):
                shared[pair].append((question, answer))
    found = []
    for (a, b), same in shared.items():
        if len(same) < WRONG_SHARED or _may_agree(learners[a], learners[b]):
            continue
        text = "\n".join(f"{question}: {answer}" for question, answer in sorted(same))
        found.append(
            {
                "names": (learners[a].name, learners[b].name),
                "question": ", ".join(question for question, _ in sorted(same)),
                "why": texts.texts(
                    "{count} wrong answer is the same, and hardly anybody else gave it.",
                    "{count} wrong answers are the same, and hardly anybody else gave them.",
                    len(same),
                ),
                "sides": side_by_side(text, text),
                "weight": len(same) / 10,
            }
        )
    return found


def side_by_side(one, other):
    """Return two texts as HTML, the runs of words that both have marked."""
    left, right = (re.findall(r"\w+|\W+", text) for text in (one, other))
    keys = [[part.casefold() for part in side] for side in (left, right)]
    blocks = SequenceMatcher(None, *keys, autojunk=False).get_matching_blocks()
    return tuple(
        _marked(side, [(block[n], block.size) for block in blocks])
        for n, side in enumerate((left, right))
    )


def _marked(parts, blocks):
    html, place = Markup(""), 0
    for start, size in blocks:
        html += Markup.escape("".join(parts[place:start]))
        run = "".join(parts[start : start + size])
        long = len(_words(run)) >= RUN
        html += Markup("<mark>{}</mark>").format(run) if long else Markup.escape(run)
        place = start + size
    return html


def page(found):
    """Return the page as HTML; ``found``: a title and pairs, one an exercise."""
    return pages.render("similar.html", found=found)
