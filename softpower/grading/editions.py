"""The words of another edition of the course: nobody's own, though the exercise has others now.

A course is mended while a term is on, and the copies that students work on stay as they were. A
line that most of a class holds, and that nearly stands in the exercise as it is handed out now,
was handed out before. Both must be so: what a whole group wrote together stands near no task.
"""

import random
from collections import Counter, defaultdict
from dataclasses import replace
from difflib import SequenceMatcher

from softpower.grading import assignment, notebook, words

LOOKED_AT = 40  # notebooks of a class: enough to see what most of them hold
FEWEST = 4  # notebooks that differ, of one exercise
NEAR = 0.6  # of the words of two lines, in their order


def sample(submissions):
    """Return some submissions, drawn by lot: every tenth may be ten times the same exercise."""
    return random.Random(1).sample(submissions, min(len(submissions), LOOKED_AT))


def with_older(exercises, contents):
    """Return the exercises, each with the lines of older editions that its notebooks hold.

    Parameters
    ----------
    exercises : dict
        ``assignment.Exercise`` by lesson.
    contents : iterable of bytes
        Some of the notebooks of a class.
    """
    held, count = defaultdict(Counter), Counter()
    for content in dict.fromkeys(contents):
        try:
            cells = notebook.read(content)
        except notebook.Unreadable:
            continue
        lessons = assignment.candidates(cells, exercises)
        if len(lessons) == 1:
            count[lessons[0]] += 1
            texts = [cell.source for cell in cells if cell.kind == "markdown"]
            held[lessons[0]].update({line for text in texts for line in words.lines(text)})
    found = dict(exercises)
    for lesson, lines in held.items():
        exercise = exercises[lesson]
        len(exercise.questions)  # read now: a broken bank stops the run, and not each submission
        most = [line for line, n in lines.items() if n >= FEWEST and 2 * n > count[lesson]]
        older = {line for line in most if line not in exercise.lines and _is_near(line, exercise)}
        if older:
            found[lesson] = replace(exercise, older=frozenset(older))
    return found


def _is_near(line, exercise):
    mine = line.casefold().split()
    return any(
        SequenceMatcher(None, mine, other.casefold().split(), autojunk=False).ratio() >= NEAR
        for other in exercise.lines
        if len(mine) < 3 * len(other.split()) + 3
    )
