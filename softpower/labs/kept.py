"""What a learner commits to in a lab, kept in a small file among the learner's own work."""

import json
from pathlib import Path

from softpower import keep


def read(path):
    """Return what is kept, a dictionary; empty where there is no file yet.

    A file that cannot be read is renamed, never overwritten, and a new one is begun.
    """
    path = Path(path)
    if not path.exists():
        return {}
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        kept = None
    if not isinstance(kept, dict):
        keep.set_aside(path)
        return {}
    return kept


def put(path, key, value):
    """Add one commitment to the file and leave the others as they are.

    Raises CourseError if the folder cannot be written to.
    """
    everything = read(path) | {key: value}
    keep.write(path, json.dumps(everything, ensure_ascii=False, indent=1) + "\n")
