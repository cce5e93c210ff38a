"""What the site's theme says by itself, in the language of the pages.

Sphinx and its themes speak some languages and not others (there is no Kazakh), and in each of them
some of their words stay English. So their words are texts of the course like any other: they are
laid where Sphinx looks for its own (``catalogues``), and the labels that the themes never
translate are put in afterwards (``labelled``).
"""

import json
import re

from softpower import texts
from softpower.translation import po

# Words that the themes hand to gettext, on the pages that this site has.
WORDS = [
    texts.mark("Back to top"),
    texts.mark("Breadcrumb"),
    texts.mark("Collapse Sidebar"),
    texts.mark("Color mode"),
    texts.mark("Copyright"),
    texts.mark("Dark"),
    texts.mark("Expand Sidebar"),
    texts.mark("General Index"),
    texts.mark("Go"),
    texts.mark("Home"),
    texts.mark("Index"),
    texts.mark("Indices"),
    texts.mark("Light"),
    texts.mark("Navigation"),
    texts.mark("On this page"),
    texts.mark("Search"),
    texts.mark("Search Page"),
    texts.mark("Section Navigation"),
    texts.mark("Site navigation"),
    texts.mark("Skip to main content"),
    texts.mark("System Settings"),
    texts.mark("Table of Contents"),
    texts.mark("Version warning"),
    texts.mark("next"),
    texts.mark("next page"),
    texts.mark("previous"),
    texts.mark("previous page"),
    texts.mark("search"),
]
AUTHOR = texts.mark("By")  # from a catalogue of its own
# Labels that are written into the themes' pages, which a screen reader says.
LABELS = [
    texts.mark("Main"),
    texts.mark("Page"),
    texts.mark("Toggle hidden content"),
    texts.mark("Toggle primary sidebar"),
    texts.mark("Toggle secondary sidebar"),
]
# What the search says, as Sphinx's scripts name it, and as the course says it.
FOUND = texts.mark("Pages found: {count}")
SEARCHING = {
    "Search Results": texts.mark("Search Results"),
    "Searching": texts.mark("Searching"),
    "Preparing search...": texts.mark("Preparing the search"),
    "Hide Search Matches": texts.mark("Hide Search Matches"),
    ", in ": texts.mark(", in "),
    "Your search did not match any documents. Please make sure that all words are spelled "
    "correctly and that you've selected enough categories.": texts.mark(
        "No page has all these words. Try fewer of them, or another form of a word."
    ),
}
ONE = "Search finished, found one page matching the search query."


def catalogues(folder):
    """Write the themes' words in the reader's language where Sphinx looks for its own.

    Parameters
    ----------
    folder : pathlib.Path
        For the settings' ``locale_dirs``; the catalogue ``booktheme`` has to be named besides.
    """
    code = texts.language()
    place = folder / code / "LC_MESSAGES"
    place.mkdir(parents=True, exist_ok=True)
    for catalogue, words in (("sphinx", WORDS), ("booktheme", [AUTHOR])):
        said = [po.Entry(po.Message("", word), (texts.text(word),)) for word in words]
        (place / f"{catalogue}.mo").write_bytes(po.compiled(said, code))
    (place / "sphinx.js").write_text(f"Documentation.addTranslations({_searching(code)});\n")


def _searching(code):
    """Return what the search says, as Sphinx's scripts read it."""
    said = {word: texts.text(own) for word, own in SEARCHING.items()}
    found = texts.text(FOUND, count="${resultCount}")
    said[ONE] = [found] * texts.of(code).forms
    # A form is a number there, and no yes or no.
    return json.dumps({"locale": code, "messages": said, "plural_expr": "0"})


def labelled(html):
    """Return a page with the labels of the themes in the reader's language."""
    words = "|".join(map(re.escape, LABELS))
    return re.sub(
        rf'\b(aria-label|title)="({words})"',
        lambda found: f'{found[1]}="{texts.text(found[2])}"',
        html,
    )
