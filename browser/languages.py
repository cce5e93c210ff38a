"""The pages to read in every language that stands: made, run, and set as the English ones are."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from unittest import mock

from softpower import notebooks, texts
from softpower.commands import edition
from softpower.errors import CourseError

ROOT = Path(__file__).resolve().parent.parent
TRIAL = "SOFTPOWER_EDITIONS"  # languages to make beside those that stand: "xx" for a trial
ALL = "SOFTPOWER_SITE_LANGUAGES"  # what docs/conf.py makes the switch from
# What the pages link to and no catalogue translates.
BESIDE = ("LICENSE", "LICENSE-CONTENT", "CITATION.cff", "docs/picture.png")


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


def read(out, tags):
    """Make the pages to read in each language beside English, in folders named by its code."""
    for code in standing()[1:]:
        with tempfile.TemporaryDirectory() as folder:
            made = edition.make(code, ROOT, Path(folder) / code)
            for name in BESIDE:
                shutil.copy(ROOT / name, made / name)
            run_lessons(made, code)
            sphinx(made, out / code, tags, code, made / "locale")
