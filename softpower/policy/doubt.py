"""What the findings about a plan share: how one is said, and how a box is read."""

THINGS = (
    r"concerts?|festivals?|events?|exhibitions?|courses?|schools?|cent(?:re|er)s?|institutes?|"
    r"channels?|campaigns?|books?|films?|shows?|tours?|conferences?|forums?|weeks?|workshops?|"
    r"corners?|offices?|websites?|pages?|meetings?|performances?|screenings?|lectures?|fairs?|"
    r"circles?|trainings?|competitions?|articles?|videos?|posts?|brochures?|translations?"
)


def warn(*path_and_text):
    """Return a doubt: the way to its place in the plan, and what is said."""
    *path, text = path_and_text
    return "warning", tuple(path), text


def stop(*path_and_text):
    """Return what stops a plan: the way to its place, and what is said."""
    *path, text = path_and_text
    return "error", tuple(path), text


def plain(value):
    return str(value or "").casefold().strip(" .!")
