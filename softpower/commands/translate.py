"""``softpower translate extract | update LANG | build LANG | check LANG``: the course in a language.

Templates and catalogues are PO files in ``translations/``; what is made of them stands in
``editions/LANG`` and is not kept in git.
"""

import csv
from difflib import SequenceMatcher
from pathlib import Path

from softpower import notebooks, texts
from softpower.commands import edition
from softpower.errors import CourseError
from softpower.translation import po, proof, pseudo, sources

NEAR = 0.6  # of the letters of two texts: so near, and the old translation is a beginning


def add_arguments(parser):
    """Add the command's arguments."""
    parser.add_argument("what", choices=["extract", "update", "build", "check"])
    parser.add_argument("language", nargs="?", help="its code, for example ru")
    parser.add_argument(
        "--check", action="store_true", help="of extract: write nothing, exit 1 where a text is new"
    )
    parser.add_argument(
        "--words", action="store_true", help="of check: list the numbers written as words"
    )


def run(arguments):
    """Do what is asked; returns 1 where a catalogue or a translation is not as it should be."""
    root = Path.cwd()
    if not (root / "notebooks").is_dir():
        raise CourseError("There are no notebooks here. Go to the folder of the course.")
    if arguments.what == "extract":
        return extract(root, arguments.check)
    if not arguments.language:
        raise CourseError(
            f"Which language? Write its code: softpower translate {arguments.what} ru"
        )
    if arguments.what == "update":
        return update(root, arguments.language)
    if arguments.what == "build":
        print(f"{edition.make(arguments.language, root)} made.")
        return 0
    return check(root, arguments.language, arguments.words)


def templates(root):
    """Return today's templates as text, ``{"lesson05": "…"}``."""
    found = sources.catalogues(root)
    return {name: po.written(map(po.Entry, messages)) for name, messages in found.items()}


def extract(root, only_check=False):
    """Write the templates, or with ``only_check`` say which differ from what stands there."""
    folder, today = root / edition.CATALOGUES / edition.TEMPLATES, templates(root)
    stand = {path.stem: path.read_text("utf-8") for path in folder.glob("*.pot")}
    differ = [name for name in sorted({*today, *stand}) if today.get(name) != stand.get(name)]
    for name in differ:
        path = folder / f"{name}.pot"
        if only_check:
            _tell_new(name, today.get(name, ""), stand.get(name, ""))
        elif name in today:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(today[name], encoding="utf-8")
        else:
            path.unlink()
    print(
        "The templates are up to date."
        if not differ
        else f"{len(differ)} templates differ."
        if only_check
        else f"{len(differ)} templates written."
    )
    return 1 if differ and only_check else 0


def _tell_new(name, today, before):
    known = {entry.message.key for entry in po.parsed(before)}
    new = [e.message for e in po.parsed(today) if e.message.key not in known]
    for message in new[:5]:
        print(f"{name}: no catalogue has {message.context or message.note}: {message.text[:70]!r}")
    print(f"{name} is not what the course says today: run softpower translate extract.")


def update(root, language):
    """Bring a language's catalogues up to the texts of today.

    A text that is gone is left out; of one that was changed the old translation stays as a
    beginning, marked fuzzy with the English that it was made from, and no reader sees it.
    """
    folder = root / edition.CATALOGUES / language
    folder.mkdir(parents=True, exist_ok=True)
    old = {path.stem: po.parsed(path.read_text("utf-8")) for path in folder.glob("*.po")}
    everywhere = {
        entry.message.key: entry for part in old.values() for entry in part if entry.usable
    }
    open_ = 0
    today = sources.catalogues(root)
    for name, messages in today.items():
        before = {entry.message.key: entry for entry in old.get(name, ())}
        made = [_brought(one, before, everywhere, language) for one in messages]
        open_ += sum(not entry.usable for entry in made)
        (folder / f"{name}.po").write_text(po.written(made, language), encoding="utf-8")
    for name in old.keys() - today.keys():
        (folder / f"{name}.po").unlink()
    print(f"{edition.CATALOGUES}/{language} is up to date; {open_} texts are to be translated.")
    return 0


def _brought(message, old, everywhere, language):
    same = old.get(message.key) or everywhere.get(message.key)
    forms = 1 if not message.plural else texts.of(language).forms
    if same and len(same.said) == forms:
        return po.Entry(message, same.said, same.stale, same.former, same.reason)
    in_its_place = [
        entry
        for entry in old.values()
        if entry.message.context == message.context and all(entry.said) and len(entry.said) == forms
    ]
    near = max(in_its_place, key=lambda entry: _near(entry, message), default=None)
    if near and _near(near, message) >= NEAR:
        return po.Entry(message, near.said, True, near.message.text)
    return po.Entry(message, ("",) * forms)


def _near(entry, message):
    matcher = SequenceMatcher(None, entry.message.text, message.text, autojunk=False)
    return 0 if matcher.real_quick_ratio() < NEAR else matcher.ratio()


def terms(root, language):
    """Return the glossary's terms with what a language calls them."""
    column = texts.of(language).terms
    if not column:
        return []
    with (root / "data" / "glossary.csv").open(encoding="utf-8", newline="") as file:
        return [(row["term"], row[column]) for row in csv.DictReader(file) if row[column]]


def faults(today, root, language):
    """Return everything that is wrong in a language's catalogues, held against today's texts."""
    if language == pseudo.CODE:
        said = {name: pseudo.entries(messages) for name, messages in today.items()}
    else:
        said = edition.entries_of(language, root)
    words, found = terms(root, language), []
    for name, messages in today.items():
        found += proof.faults(messages, said.get(name, []), words)
    return found + proof.twofold(said)


def of_notebooks(root, folder):
    """Return what the notebooks of a made edition have otherwise than their sources."""
    found = []
    released = sorted(root.glob("exercises/*/*.ipynb"))
    places = [(name, path) for _, name, path in sources.lessons(root)]
    for name, path in [*places, *((f"exercises/{path.parent.name}", path) for path in released)]:
        made = notebooks.read(folder / path.relative_to(root))
        found += proof.of_notebook(notebooks.read(path), made, name)
    return found


def check(root, language, words=False):
    """Prove a translation against its source; prints each fault by its place and its kind."""
    today = sources.catalogues(root)
    found = faults(today, root, language)
    if not any(fault.kind == "blocks" for fault in found):  # of such a text no page can be made
        found += of_notebooks(root, edition.make(language, root))
    for fault in found:
        print(fault)
    if words:
        for name, messages in today.items():
            for one in proof.for_a_reader(messages):
                print(f"read: {one.context or name}: {' '.join(one.text.split())[:90]!r}")
    print(
        f"{len(found)} faults." if found else f"The edition {language} says what its source says."
    )
    return 1 if found else 0
