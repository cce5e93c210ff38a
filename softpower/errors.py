"""The one error that the course raises on bad input."""


class CourseError(ValueError):
    """Says in one or two sentences what happened and what to do next.

    In a notebook it is shown as that text alone, without a traceback, because a
    traceback tells a reader who has never programmed nothing that they can use.
    """

    def _render_traceback_(self):
        # IPython calls this hook instead of printing the stack.
        return [str(self)]
