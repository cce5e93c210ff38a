"""A runner for our own harmless submissions that needs no sandbox: fast, for thousands of them."""

from softpower import feedback
from softpower.feedback.plain import plain
from softpower.grading.hearing import Outcome


class InThisProcess:
    """Stands in for a Sandbox: runs the cells here, and hands out values as plain data."""

    def run(self, cells, answers, seconds=None):
        outcome, names = Outcome(complete=True), {"feedback": feedback}
        for number, source in cells:
            try:
                exec(compile(source, "cell", "exec"), names)
            except Exception as error:
                outcome.errors[number] = (type(error).__name__, str(error)[:300])
        for variable, answer in answers.items():
            if variable in names:
                outcome.values[variable] = plain(names[variable], answer["calls"])
        return outcome
