"""A language's notebooks, exercises, pages and compiled catalogue, made from its catalogues.

What has no translation, or whose English was changed since, stands in English and says so.
"""

import hashlib
import json
import shutil
from dataclasses import replace
from itertools import count

from softpower import notebooks, texts
from softpower.commands import exercises, options
from softpower.errors import CourseError
from softpower.feedback.reading import options as reading
from softpower.translation import pages, po, pseudo, sources

# What translators work from: no part of the package, since it holds the worked answers.
CATALOGUES = "translations"
TEMPLATES = "templates"
FOLDER = texts.EDITIONS.name
MADE = "made.json"  # the sums of the lessons as they were made: one that differs was worked in
NOTE = texts.mark("Parts of this page stand in English: they have not been translated yet.")
# On the pages where one begins: until somebody who teaches in the language has read all of it.
UNREVIEWED = texts.mark(
    "No lecturer who teaches in this language has reviewed the translation yet. Does a sentence "
    "sound wrong, or say something else than the English one? [Say so]({page}): the page, the "
    "sentence, and how you would write it."
)
BEGINNINGS = ("00_start_here.ipynb", "README.md", "index.md")


class Catalogue:
    """What a language says of each message.

    Parameters
    ----------
    entries : iterable of po.Entry
    """

    def __init__(self, entries):
        self.said, self.plain = {}, {}
        self.entries = list(entries)
        for entry in self.entries:
            if entry.usable:
                self.said[entry.message.key] = entry.said[0]
                if entry.message.context in ("", sources.TABLE):
                    self.plain.setdefault(entry.message.text, entry.said[0])
        self.missing = []

    def say(self, context, text, kind=""):
        """Return what a reader reads of a block: translated, or in English and marked so."""
        found = self.said.get((context, text)) or self.plain.get(text)
        if found is None:
            self.missing.append((context, text))
            return pages.in_english(text, kind)
        return found


def languages(root):
    """Return the codes of the languages that have catalogues."""
    return sorted({path.parent.name for path in (root / CATALOGUES).glob("*/*.po")})


def entries_of(language, root):
    """Return the entries of a language by catalogue, ``{"lesson05": [Entry, …], …}``.

    Raises
    ------
    CourseError
        Where the language has no catalogues, or one of them cannot be read.
    """
    found = {}
    for path in sorted((root / CATALOGUES / language).glob("*.po")):
        try:
            found[path.stem] = po.parsed(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise CourseError(f"{path.name}, {error}") from None
    if not found:
        known = ", ".join([texts.ENGLISH, *languages(root)])
        raise CourseError(f"There is no edition in the language {language!r}. There are: {known}.")
    return found


def catalogue(language, root):
    """Return what a language says; the pseudo-language says something of everything."""
    if language == pseudo.CODE:
        messages = [one for part in sources.catalogues(root).values() for one in part]
        return Catalogue(pseudo.entries(messages))
    return Catalogue(one for part in entries_of(language, root).values() for one in part)


def compile_into(folder, language, said, sentences=()):
    """Write the compiled catalogue of a language where ``SOFTPOWER_LOCALE`` may name it.

    Parameters
    ----------
    folder : pathlib.Path
    language : str
    said : Catalogue
    sentences : dict of str to list of str
        Question → the sentences of its options in the language: an answer may be one of them.
    """
    target = texts.place(folder, language)
    target.parent.mkdir(parents=True, exist_ok=True)
    shown = [e for e in said.entries if e.message.context in ("", sources.TABLE)]
    shown += [
        replace(e, message=replace(e.message, context=""))
        for e in shown
        if e.message.context and sources.ASKED_ALONE in e.message.note
    ]
    for question, options_ in dict(sentences).items():
        known = po.Message(reading.IN_CATALOGUES, question)
        shown.append(po.Entry(known, (reading.marks(options_),)))
    target.write_bytes(po.compiled(shown, language))
    return target


def make(language, root, target=None, said=None, read=notebooks.read):
    """Make an edition, in a few seconds and with nothing but what the course itself needs.

    Parameters
    ----------
    language : str
        Its code, for example ``"ru"``.
    root : pathlib.Path
        The folder of the course.
    target : pathlib.Path, optional
        Where to write: ``notebooks/``, ``exercises/``, ``docs/``, ``data/`` and ``locale/``;
        without it ``editions/LANGUAGE`` in the course.
    said : Catalogue, optional
        Without it, that of the language.
    read : callable
        Returns the notebook of a path: for pages that say a thing otherwise than the notebook.

    Returns
    -------
    pathlib.Path
        The folder of the edition.

    Raises
    ------
    CourseError
        Where there is no such language.
    """
    said = said or catalogue(language, root)
    target = target or root / FOLDER / language
    made = target.with_name(f".{target.name}.new")
    shutil.rmtree(made, ignore_errors=True)
    compile_into(made / "locale", language, said)
    with texts.speaking(language), texts.found_in(made / "locale"):
        _write(language, root, made, said, read)
        _show(language, root, made)
        compile_into(made / "locale", language, said, options.sentences(made))
        exercises.release(made / "solutions", made / "exercises")
    target.mkdir(parents=True, exist_ok=True)
    _set_aside(target)
    (made / MADE).write_text(json.dumps(_sums(made)), encoding="utf-8")
    for new in made.iterdir():  # what is not made, such as a learner's my_work, is never touched
        old = target / new.name
        if old.is_dir():
            shutil.rmtree(old)
        new.replace(old)
    made.rmdir()
    return target


def _sums(folder):
    lessons = sorted((folder / "notebooks").glob("*.ipynb"))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in lessons}


def _set_aside(folder):
    """Keep the lessons in which somebody has worked since they were made, in a folder of their own.

    They go to ``my_work/lessons_1``, ``lessons_2``, …
    """
    try:
        before = json.loads((folder / MADE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        before = {}
    worked_in = [name for name, found in _sums(folder).items() if found != before.get(name)]
    if worked_in:
        places = (folder / "my_work" / f"lessons_{number}" for number in count(1))
        aside = next(place for place in places if not place.exists())
        aside.mkdir(parents=True)
        for name in worked_in:
            shutil.move(folder / "notebooks" / name, aside / name)


def _show(language, root, made):
    """Lay the picture of the first page beside it: that of the language, where there is one."""
    pictures = [root / "docs" / name for name in (f"picture.{language}.png", "picture.png")]
    there = next((one for one in pictures if one.exists()), None)
    if there:  # a copy for students may have none
        (made / "docs").mkdir(exist_ok=True)
        shutil.copy(there, made / "docs" / "picture.png")


def _write(language, root, made, said, read):
    """Write every page, then lead the links between them to the headings as they are called now."""
    done, anchors = {}, {}
    for _, name, path in sources.lessons(root):
        source = read(path)
        before = len(said.missing)
        page = pages.notebook_in(source, name, said.say, language)
        _headings(anchors, path.name, _prose(source), _prose(page))
        if len(said.missing) > before:
            page.cells[0].source += pages.note(texts.text(NOTE), language)
        if path.name in BEGINNINGS:
            page.cells[0].source += _unreviewed(path)
        done[path] = page
    for _, name, path in sources.markdown_pages(root):
        source = path.read_text(encoding="utf-8")
        page = pages.page_in(source, name, said.say)
        _headings(anchors, path.name, [source], [page])
        if path.name in BEGINNINGS and path.parent in (root, root / "docs"):
            page = page.rstrip() + _unreviewed(path) + "\n"
        done[path] = page
    for path, page in done.items():
        place = made / path.relative_to(root)
        place.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".md":
            place.write_text(pages.with_anchors(page, path.name, anchors), encoding="utf-8")
            continue
        for cell in page.cells:
            if cell.cell_type == "markdown":
                cell.source = pages.with_anchors(cell.source, path.name, anchors)
            elif cell.get("outputs"):
                cell.outputs = []  # they are of the English page; running makes its own
        notebooks.write(page, place)


def _unreviewed(path):
    if texts.of(texts.language()).reviewed:
        return ""
    ours = "docs/contribute.md"
    page = {"notebooks": f"../{ours}", "docs": "contribute.md"}.get(path.parent.name, ours)
    return pages.note(texts.text(UNREVIEWED, page=page), texts.language())


def _prose(notebook):
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


def _headings(anchors, file, before, after):
    before, after = pages.headings(before), pages.headings(after)
    if len(before) != len(after):
        raise CourseError(
            f"{file} has {len(before)} headings, and its edition would have {len(after)}. "
            f"`softpower translate check {texts.language()}` names the text."
        )
    anchors.setdefault(file, {}).update(zip(before, after, strict=True))
