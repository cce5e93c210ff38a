"""What has been marked already, so that a second run marks only what changed."""

import hashlib
import json
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import softpower
from softpower import texts
from softpower.grading import sheets


class State:
    """One JSON file a submission in a folder of the results."""

    def __init__(self, folder):
        self.folder = folder

    def _path(self, key):
        return self.folder / f"{key}.json"

    def load(self, key):
        """Return what was stored for a submission, or None."""
        try:
            return json.loads(self._path(key).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    def save(self, key, stored):
        """Store plain data for a submission, whole or not at all."""
        text = json.dumps(stored)  # at once: piece by piece it takes three times as long
        sheets.replace(self._path(key), lambda file: file.write(text), encoding="utf-8")


def prints(content, course):
    """Return the fingerprints on which a submission's marks depend."""
    return {"content": _hash(content), "engine": _engine(course.limits, texts.language())}


def questions_print(lesson, course):
    """Return the fingerprint of an exercise's questions (of all, where it is not known)."""
    exercise = course.exercises.get(lesson)
    subject = [exercise] if exercise else list(course.exercises.values())
    return _hash("".join(one.fingerprint for one in subject).encode())


@cache
def _engine(limits, language):
    """Fingerprint the package, its data and the lecturer's language; questions are looked at one
    exercise at a time."""
    package = Path(softpower.__file__).parent
    places = [package, package.parent / "data"]
    files = sorted(
        path
        for place in places
        for kind in ("*.py", "*.csv", "*.json", "*.mo")
        for path in place.rglob(kind)
        if not {"bank", "special"} & set(path.parts)
    )
    digest = hashlib.sha256(repr((limits, language)).encode())
    for path in files:
        digest.update(path.name.encode() + path.read_bytes())
    for name in ("numpy", "pandas", "matplotlib", "ipython"):
        try:
            digest.update(version(name).encode())
        except PackageNotFoundError:
            continue
    return digest.hexdigest()


def _hash(content):
    return hashlib.sha256(content).hexdigest()
