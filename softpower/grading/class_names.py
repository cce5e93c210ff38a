"""The names of the class list, looked for in the names of folders and files."""

from softpower import texts
from softpower.grading.names import own_name
from softpower.grading.roster import sounds

INSIDE = texts.mark(
    "{file}: taken for {name}, who is on the class list; the folder around it is not."
)
ONE_FOR_SEVERAL = texts.mark(
    "{folder}: taken for one person, and holds the folders {names}. If they are several people's, "
    "write their names as the class list (--class) has them, or put each folder beside the others."
)


class ClassNames:
    """The names of the class list, by how they sound."""

    def __init__(self, listed):
        self.by_sound = {tuple(sounds(name)): name for name in listed}
        self.words = {word for name in self.by_sound for word in name}

    def inside(self, path, outer):
        """Return the name on the list that a folder or file has below a folder that has none."""
        if not self.words or self.words & {*sounds(outer)}:
            return None
        named = [*path.parts[1:-1], own_name(path.stem)]
        return next((part for part in named if tuple(sounds(part)) in self.by_sound), None)

    def is_strange(self, path, outer):
        """Say whether a folder of no such name holds a file in a folder further inside."""
        own = path.parts[0] == outer and len(path.parts) > 2
        return own and not self.words & {*sounds(outer)}

    def in_name(self, name):
        """Return the people on the list whose whole name stands in the name of a file."""
        words = {*sounds(name)}
        return [one for sound, one in self.by_sound.items() if len(sound) > 1 and words >= {*sound}]
