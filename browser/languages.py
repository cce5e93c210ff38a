"""The pages in every language that stands: made, run, and set as the English ones are."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from unittest import mock
from urllib.parse import unquote

from softpower import notebooks, texts
from softpower.commands import edition
from softpower.errors import CourseError
from softpower.translation import blocks, in_a_page, sources

ROOT = Path(__file__).resolve().parent.parent
TRIAL = "SOFTPOWER_EDITIONS"  # languages to make beside those that stand: "xx" for a trial
ALL = "SOFTPOWER_SITE_LANGUAGES"  # what docs/conf.py makes the switch from
# What the pages link to and no catalogue translates.
BESIDE = ("LICENSE", "LICENSE-CONTENT", "CITATION.cff")


def standing():
    """Return the codes of the site's languages, English first."""
    more = [code for code in os.environ.get(TRIAL, "").split(",") if code]
    return list(dict.fromkeys([texts.ENGLISH, *edition.languages(ROOT), *more]))


def sphinx(source, out, tags=(), code=texts.ENGLISH, locale=None):
    """Set the pages of one folder.

    Parameters
    ----------
    source, out : pathlib.Path
        The folder of the course or of an edition, and the folder to make.
    tags : iterable of str
        What docs/conf.py is told of the site.
    code : str
        The language of the pages.
    locale : pathlib.Path, optional
        Where the language's compiled catalogue lies.

    Raises
    ------
    CourseError
        Where the pages could not be made.
    """
    command = [sys.executable, "-m", "sphinx", "-q", "-c", str(ROOT / "docs")]
    command += [part for tag in tags for part in ("-t", tag)]
    said = {texts.SETTING: code, ALL: ",".join(standing())}
    said |= {texts.FOLDER: str(locale)} if locale else {}
    with tempfile.TemporaryDirectory() as cache:
        done = subprocess.run(
            [*command, "-d", cache, str(source), str(out)],
            cwd=ROOT,
            env=os.environ | said,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise CourseError(f"The pages could not be made.\n{done.stderr[-2000:]}")


def run_lessons(made, code):
    """Run the lessons of an edition, so that their charts and tables speak its language."""
    said = {texts.SETTING: code, texts.FOLDER: str(made / "locale")}
    with mock.patch.dict(os.environ, said):
        for path in sorted((made / "notebooks").glob("*.ipynb")):
            book = notebooks.run(notebooks.read(path), path.parent)
            notebooks.write(book, path)


@dataclass(frozen=True)
class Edition:
    """The course in a language: as it is installed, and with the words of the pages to work in."""

    code: str
    folder: Path
    here: Path

    @contextmanager
    def speaking(self):
        """Let what is made inside speak the language."""
        with texts.speaking(self.code), texts.found_in(self.folder / "locale"):
            yield


def make(code, folder):
    """Make the edition of a language; its lessons have not run.

    Parameters
    ----------
    code : str
    folder : pathlib.Path
        A folder of its own.
    """
    said = edition.catalogue(code, ROOT)
    made = edition.make(code, ROOT, folder / code, said)
    for name in BESIDE:
        (made / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, made / name)
    read = partial(in_a_page.notebook, root=ROOT)
    here = edition.make(code, ROOT, folder / "here", said, read)
    for _, page, path in sources.lessons(ROOT):
        if page.startswith("x"):
            _title_answers(here / path.relative_to(ROOT), page, path, said)
    return Edition(code, made, here)


def _title_answers(made, page, path, said):
    """Give the worked answers of an exercise their own title."""
    book, first = notebooks.read(made), notebooks.read(path).cells[0]
    title = in_a_page.titled(first.source).partition("\n")[0]
    title = blocks.changed(title, partial(said.say, f"{page}/{first.id}"))
    book.cells[0].source = title + "".join(book.cells[0].source.partition("\n")[1:])
    notebooks.write(book, made)


def everything(folder):
    """Make the edition of each language beside English, and run its lessons."""
    found = []
    for code in standing()[1:]:
        made = make(code, folder / code)
        run_lessons(made.folder, code)
        found.append(made)
    return found


def read(out, tags, editions):
    """Make the pages to read in each language beside English, in folders named by its code."""
    for one in editions:
        sphinx(one.folder, out / one.code, tags, one.code, one.folder / "locale")
        share(out, one.code)


def share(out, code):
    """Let the pages of a language use the styles and scripts of the English ones.

    What is the same word for word is taken out of the language's own folder, and its pages lead to
    the one that stays.
    """
    own = out / code / "_static"
    files = [path for path in own.rglob("*") if path.is_file()]
    names = [path.relative_to(own).as_posix() for path in files]
    same = {name for name in names if _alike(own / name, out / "_static" / name)}
    for name in same:
        (own / name).unlink()

    for path in (out / code).rglob("*.html"):
        home = "../" * (len(path.relative_to(out / code).parts) - 1)  # of the language's folder
        kept = re.escape(f'="{home}_static/')

        def up(found, home=home):
            return f'="../{home}_static/{found[1]}' if unquote(found[1]) in same else found[0]

        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(kept + r'([^"?#]+)', up, text), encoding="utf-8")


def _alike(one, other):
    return other.is_file() and one.read_bytes() == other.read_bytes()
