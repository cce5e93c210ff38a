"""Marks that people gave in nbgrader's form grader."""

from softpower import texts
from softpower.errors import CourseError


def from_form_grader(database, exercises):
    """Return the marks that people gave in nbgrader's form grader.

    Parameters
    ----------
    database : pathlib.Path
        nbgrader's ``gradebook.db``.
    exercises : dict
        The exercises by lesson.

    Returns
    -------
    dict
        ``{(student, question id): {"points": float, "comment": str}}``.

    Raises
    ------
    CourseError
        Where there is no such file, or nbgrader is not installed.
    """
    if not database.is_file():  # nbgrader would make an empty one
        raise CourseError(
            texts.text(
                "There is no gradebook at {path}. Check the path to gradebook.db.", path=database
            )
        )
    try:
        from nbgrader.api import Gradebook
    except ImportError:
        raise CourseError(
            texts.text("--nbgrader needs nbgrader: run this where it is installed.")
        ) from None

    marks = {}
    with Gradebook(f"sqlite:///{database}") as gradebook:
        for exercise in exercises.values():
            cells = {f"q{question.id.partition('.')[2]}": question for question in exercise.open}
            if not any(one.name == exercise.name for one in gradebook.assignments):
                continue
            for submission in gradebook.assignment_submissions(exercise.name):
                for sheet in submission.notebooks:
                    comments = {one.name: one.comment or "" for one in sheet.comments}
                    for grade in sheet.grades:
                        if grade.name in cells and grade.manual_score is not None:
                            marks[submission.student.id, cells[grade.name].id] = {
                                "points": grade.manual_score,
                                "comment": comments.get(grade.name, ""),
                            }
    return marks
