"""``softpower quiz``: questions of the course as a quiz of a learning platform."""

from pathlib import Path

from softpower import keep
from softpower.errors import CourseError
from softpower.quiz import canvas, items, moodle


def add_arguments(parser):
    """Add the command's arguments."""
    parser.add_argument(
        "selection",
        nargs="+",
        metavar="QUESTIONS",
        help="a lesson (03), an exercise (x03) or a question (03.7); several may stand together",
    )
    parser.add_argument("--out", type=Path, help="default: quiz.xml, for Canvas quiz.zip")
    parser.add_argument(
        "--canvas", action="store_true", help="a QTI 1.2 zip for Canvas in place of Moodle XML"
    )


def run(arguments):
    """Write the quiz, and name what cannot be carried.

    Raises
    ------
    CourseError
        Where the selection names nothing, or nothing that a platform can judge; no file is written.
    """
    asked = items.wanted(arguments.selection)
    read = {question.id: items.read(question) for question in asked}
    carried = [item for item in read.values() if item and _fits(item, arguments.canvas)]
    left = _left([one for one in asked if read[one.id] not in carried], read, arguments.canvas)
    platform = "Canvas" if arguments.canvas else "Moodle"
    if not carried:
        raise CourseError(f"{platform} can judge none of these questions. {left} Choose others.")
    name = "Soft Power " + " ".join(arguments.selection)
    if arguments.canvas:
        path = arguments.out or Path("quiz.zip")
        canvas.write(path, carried, name)
    else:
        path = arguments.out or Path("quiz.xml")
        keep.publish(path, moodle.written(carried, name))
    points = sum(item.points for item in carried)
    questions = "1 question" if len(carried) == 1 else f"{len(carried)} questions"
    print(f"{path}: {questions} for {platform}, {points} points.")
    other = {item.id: item.points for item in carried if moodle.marks(item) != item.points}
    if other and not arguments.canvas:
        listed = ", ".join(f"{name} ({points})" for name, points in other.items())
        print(
            f"Moodle counts whole marks for each part of these; give them their points: {listed}."
        )
    if left:
        print(f"Not carried to {platform}. {left}")
    return 0


def _left(questions, read, for_canvas):
    """Name questions that are not carried, each with its reason; those of one reason together."""
    reasons = {}
    for one in questions:
        item = read[one.id]
        why = items.why_left(one, item, bool(item) and _fits(item, for_canvas))
        reasons.setdefault(why, []).append(one.id)
    return " ".join(f"{', '.join(names)}: {why}." for why, names in reasons.items())


def _fits(item, for_canvas):
    return canvas.carries(item) if for_canvas else True
