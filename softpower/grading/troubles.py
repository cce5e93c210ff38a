"""What to say of a notebook that did not run as it should: to its student, and to the lecturer."""

from softpower import texts
from softpower.grading.names import some

KINDS_OF_STOP = {
    "time": texts.mark("{cell} was stopped after its time ({seconds} seconds) and would not end."),
    "memory": texts.mark("{cell} used too much memory and was stopped."),
    "output": texts.mark("{cell} sent more data than any answer needs and was stopped."),
    "died": texts.mark("{cell} ended the whole program."),
}
GONE = texts.mark("The file arrived damaged, and this part of it is not there.")
LONG_WAIT = texts.mark("{cell} waited too long for a processor that others kept busy.")


def remarks_on(outcome, course, revived):
    """Return what a lecturer should know of how a notebook ran."""
    remarks = [why_stopped(step, why, course.limits) for step, why in outcome.stopped.items()]
    remarks += [
        texts.text(
            "{cell} was interrupted after {seconds} seconds.",
            cell=named(f"cell {number}"),
            seconds=course.limits.cell_seconds,
        )
        for number, (name, _) in outcome.errors.items()
        if name == "TimeLimit"
    ]
    remarks += [
        texts.text(LONG_WAIT, cell=named(f"cell {number}"))
        for number, (name, _) in outcome.errors.items()
        if name == "Waited"
    ]
    remarks += [
        texts.text(
            "{cell} ran out of memory ({megabytes} MB).",
            cell=named(f"cell {number}"),
            megabytes=course.limits.memory_mb,
        )
        for number, (name, _) in outcome.errors.items()
        if name == "MemoryError"
    ]
    if not outcome.complete and not remarks:
        remarks.append(texts.text("did not run to its end."))
    remarks += revived
    remarks += [
        texts.text(
            "{cell} could not import a module ({error}); the rest of its imports were made.",
            cell=named(f"cell {number}"),
            error=text,
        )
        for number, (name, text) in outcome.errors.items()
        if name == "ModuleNotFoundError"
    ]
    return remarks


def with_what_is_lost(remarks, unset, damage):
    """Add the answers that no cell sets. In a damaged file that is what its damage cost, so it is
    told with it, first: what happened, what was saved, what to do."""
    names = some(unset, 3)
    if damage:
        lost = texts.text("No cell sets {names} any more.", names=names) if unset else ""
        ask = texts.text("Ask the student for the whole file.")
        return [texts.sentences(f"{damage}.", lost, ask), *remarks]
    if unset:
        said = texts.text(
            "no cell sets {names}. Was the work done under another name?", names=names
        )
        return [*remarks, said]
    return remarks


def mark_what_is_gone(run, scores, words):
    """Mark the questions that a damaged file has lost; say whether anything of it is gone.

    ``run``: the cells and the exercise; ``words``: what was written, by open question.
    """
    named = {cell.grade_id for cell in run.cells}
    lost = [
        score
        for question, score in zip(run.exercise.questions, scores, strict=True)
        if question.cell not in named and (score["why"] == "unset" or words.get(question.id) == "")
    ]
    for score in lost:
        score |= {"points": 0, "status": "unreadable", "message": texts.text(GONE)}
    # Where the file breaks off, a cell has lost its name, and perhaps the rest of its words.
    end = len(run.cells) - 1
    broken = any(score["cell"] == end for score in scores) and not run.cells[end].grade_id
    return bool(lost) or broken


def named(step):
    """Name a step of a run: a cell by its number, or the reading of an answer."""
    kind, _, number = step.partition(" ")
    if kind == "cell" and number.isdigit():
        return texts.text("Cell {number}", number=int(number) + 1)
    return texts.text("Reading {name}", name=step)


def why_stopped(step, why, limits):
    """Say what stopped a step: a cell, or the reading of an answer."""
    said = KINDS_OF_STOP.get(why, KINDS_OF_STOP["died"])
    return texts.text(said, cell=named(step), seconds=limits.cell_seconds)
