"""Answers that are the settings of a lab."""

import json
from dataclasses import dataclass

from softpower import index, texts
from softpower.errors import CourseError
from softpower.feedback.plain import restore

_QUOTES = str.maketrans(dict.fromkeys("“”„«»″", '"') | {"‘": "'", "’": "'"})


def _whole(given):
    """Return the text from its first curly bracket to its last, in straight marks: what was
    copied with it, a fence or a sentence, is left out."""
    if not isinstance(given, str) or "{" not in given:
        return given
    text = given[given.index("{") : given.rfind("}") + 1 or None].translate(_QUOTES)
    return text if '"' in text else text.replace("'", '"')


@dataclass(frozen=True)
class LabSettings:
    """Settings of the index lab under which a country's rank lies from ``best`` to ``worst``.

    ``normalisation``, ``aggregation`` and ``only`` (the indicators that keep points) change the
    lab's first settings for the example with which the tests feed the check.
    """

    country: str
    best: int
    worst: int
    normalisation: str = ""
    aggregation: str = ""
    only: tuple = ()
    wanted = texts.mark(
        "{name} should be the settings that the index lab shows: a text from {{ to }}."
    )

    def _rank(self, given):
        try:
            return self._read(given)
        except (CourseError, KeyError, TypeError, ValueError):
            return None

    def _read(self, given):
        table, indicators = index.cross_section()
        settings = index.read_settings(_whole(restore(given)), table.columns, table.index)
        ranks = index.explore(table, settings, indicators["direction"], draws=1).ranks
        return int(ranks.loc[self.country, "rank"])

    def cannot_read(self, given):
        """Return what reading the settings found, where they look like settings."""
        settings = isinstance(given, str) and "{" in given
        if not settings and not (isinstance(given, dict) and given.get("$") == "mapping"):
            return ""
        try:
            self._read(given)
        except CourseError as found:
            names = index.default_settings(index.cross_section()[0].columns, self.country)
            missing = [texts.text("{name!r} is missing.", name=name) for name in names]
            if sum(one in str(found) for one in missing) > 1:
                return texts.text(
                    "These are not the whole settings. Open Save, share or load these settings in "
                    "the lab, and copy all of its text, from the first { to the last }."
                )
            return str(found)
        except (KeyError, TypeError, ValueError):
            pass
        return ""

    def accepts(self, given):
        rank = self._rank(given)
        return rank is not None and self.best <= rank <= self.worst

    def understands(self, given):
        return self._rank(given) is not None

    def examples(self):
        table, _ = index.cross_section()
        settings = index.default_settings(table.columns, self.country)
        for name in ("normalisation", "aggregation"):
            settings |= {name: getattr(self, name)} if getattr(self, name) else {}
        if self.only:
            settings["points"] = dict.fromkeys(table.columns, 0) | dict.fromkeys(self.only, 10)
        yield from (json.dumps(settings), settings, json.dumps(settings, indent=1))
