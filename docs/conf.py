"""The course as a site: the lessons as they are stored, run nowhere, fetched from nowhere.

This folder holds the site's own pages, the guides for lecturers and ``notes/``, one page a
lesson for whoever teaches it; ``top/`` lies at the top of the site, ``_static/`` is its look.
Made from the top of the repository, so that a link between lessons works here as it does in
JupyterLab:  python -m sphinx -W -c docs . docs/_build

What stands on a page beside its own words (cards, links to work, descriptions for machines) is
made by softpower/commands/front.py, and put in its place here.
"""

import os
import re
import tempfile
from pathlib import Path

from docutils import nodes

from softpower import notebooks, texts
from softpower.commands import front, theme
from softpower.commands import release as packing

ROOT = Path(__file__).resolve().parent.parent
CITED, OWNER = front.cited(ROOT), front.owner(ROOT)
# Where the site will stand: the owner says it, or whoever builds it for a known place.
ADDRESS = OWNER.get("address") or os.environ.get("SOFTPOWER_ADDRESS", "")
ADDRESS = ADDRESS.rstrip("/") + "/" if ADDRESS else ""
DOWNLOAD = "softpower_course.zip"


def said(word, **places):
    """Return one of the site's words in the language of the pages."""
    return texts.text(front.WORDS[word], **places)


project = "Soft Power"
author = front.authors(CITED)
copyright = f"{str(CITED['date-released'])[:4]}, {author}"
version = release = str(CITED["version"])
language = texts.language()
_WORDS = tempfile.TemporaryDirectory()  # the themes' own words; gone with this Python
theme.catalogues(Path(_WORDS.name))
locale_dirs = [_WORDS.name]

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
root_doc = "docs/index"
include_patterns = [
    "docs/**.md",
    "notebooks/*.ipynb",
    "exercises/*/*.ipynb",
    "data/README.md",
    "data/essays/*.md",
]
exclude_patterns = ["docs/_build", "**/.ipynb_checkpoints"]

autodoc_member_order = "bysource"
napoleon_google_docstring = False  # the docstrings are in the form of numpydoc

nb_execution_mode = "off"  # the tests prove that what is stored is what the code gives
nb_code_prompt_show, nb_code_prompt_hide = said("show"), said("hide")
nb_ipywidgets_js = {}  # a lab's static twin is shown, so no script is fetched for a live one
myst_heading_anchors = 3
myst_heading_slug_func = "softpower.notebooks.anchor"  # one link leads there in JupyterLab too
suppress_warnings = ["myst.header"]  # a page may step from its title to its third heading

html_theme = "sphinx_book_theme"
html_title = CITED["title"]
html_favicon = "_static/icon.svg"
templates_path = ["_templates"]
html_context = {"front_page": said("front")}
html_static_path = ["_static"]
html_css_files = ["course.css"]
html_js_files = ["place.js"]
html_copy_source = False
html_sidebars = {"**": ["brand.html", "search-button-field.html", "sbt-sidebar-nav.html"]}
html_show_sphinx = False
html_domain_indices = False  # the page of methods is its own index
html_theme_options = {
    "search_bar_text": said("search"),
    "toc_title": said("contents"),
    "search_as_you_type": True,
    "use_download_button": False,
    "use_fullscreen_button": False,
    "navbar_persistent": [],  # one search field, in the side bar
    "home_page_in_toc": False,
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
CONTENTS = (
    ("lessons", ("/notebooks/*",)),
    ("exercises", ("/exercises/*/*",)),
    (
        "teaching",
        (
            *("lecturers", "lecturer_guide", "syllabus", "ai_tools", "publish", "sandbox"),
            *("notes/*", "own_country/*"),
        ),
    ),
    ("words", ("glossary", "methods", "/data/README", "/data/essays/*")),
    ("about", ("why", "how_checked", "contribute", "code_of_conduct")),
)


def _contents(folder):
    """Return the list of all pages for the side bar, which a reader of the plain page is spared."""
    parts = []
    for caption, pages in CONTENTS:
        there = [one for one in pages if "*" in one or (folder / f"{one}.md").exists()]
        there += [one for one in pages if one.startswith("/") and "*" not in one]
        lines = [
            f":caption: {said(caption)}",
            ":glob:",
            ":hidden:",
            "",
            *dict.fromkeys(there),
        ]
        parts.append("\n".join(["```{toctree}", *lines, "```"]))
    return "\n\n".join(parts)


def _sources(app, docname, source):
    """Fit a page's source to the site."""
    # A learner's copy of an exercise is on the learner's machine; the site shows the exercise.
    text = source[0].replace("](../my_work/", "](../exercises/")
    if lesson := front.LESSON.fullmatch(docname):
        text = text.replace('"# ', f'"# {lesson[1]} ', 1)  # its title, with its number
    text = text.replace("<!-- owner -->", front.to_whom(OWNER))
    if docname == app.config.root_doc:
        text = text.replace("<!-- citation -->", front.reference(CITED))
        text = text.replace("<!-- download -->", _download(app))
        text += "\n" + _contents(Path(app.srcdir) / "docs")
    source[0] = text


def _download(app):
    """Return the link to the packed course, which a site to work in carries."""
    packed = Path(app.outdir) / ("" if language == texts.ENGLISH else "..") / DOWNLOAD
    if not packed.exists():
        return ""
    size = f"{packed.stat().st_size / 1e6:.0f}"
    words = said("download", size=size)
    return f'<p class="work-here"><a href="{_up(root_doc)}{DOWNLOAD}">{words}</a></p>'


def _pack(app):
    """Pack the course for whoever would rather have it on the own computer."""
    if app.tags.has("work") and app.config.language == texts.ENGLISH:
        answers = app.tags.has("answers")
        packed = Path(app.outdir) / DOWNLOAD
        packing.pack(ROOT / "solutions", ROOT / "exercises", packed, answers)


_CELL = re.compile(r'<div class="cell[ "]')
_TO_DO = re.compile(r"feedback\.check\(|labs\.|^%%write", re.MULTILINE)


def _up(pagename):
    return "../" * (pagename.count("/") + (language != texts.ENGLISH))


def _to_work(pagename, name):
    """Return the way from a page to read to a page to work in, which browser/pages.py makes."""
    return f"{'../' * pagename.count('/')}work/{name}.html"


def _button(address, words):
    return f'<a href="{address}">{said(words)}</a>'


def _front_page(app, context):
    """Set the cards of the lessons and the ways to begin on the front page."""
    body = context["body"]
    works = app.tags.has("work")  # browser/build.py makes the pages to work in, and says so
    found = front.headers(Path(app.srcdir) / "notebooks")
    names = {path.name[:2]: path.stem for path in Path(app.srcdir).glob("notebooks/*.ipynb")}
    cards = "".join(
        front.card(
            number,
            header,
            f"../notebooks/{names[number]}.html",
            _to_work(app.config.root_doc, names[number]) if works else "",
        )
        for number, header in found.items()
        if number != "00"
    )
    listed = re.compile(r"<ol\b.*?</ol>", re.S)
    body = listed.sub(lambda _: f'<ol class="cards">{cards}</ol>', body, count=1)
    if works:
        start = _to_work(app.config.root_doc, names["00"])
        body = body.replace(f'href="../notebooks/{names["00"]}.html"', f'href="{start}"', 1)
        lab = _to_work(app.config.root_doc, names["03"]) + f"#code-{_first_lab(app, names['03'])}"
        links = (
            _button(lab, "sliders"),
            _button(
                _to_work(app.config.root_doc, "index"),
                "all",
            ),
        )
        body = re.sub(
            r"(<img [^>]*picture[^>]*>(?:\s*</a>)?\s*</p>)",
            rf'\1<p class="work-here">{" ".join(links)}</p>',
            body,
            count=1,
        )
    context["body"] = f'<div class="front">{body}</div>'
    return found


def _first_lab(app, name):
    book = notebooks.read(Path(app.srcdir) / "notebooks" / f"{name}.ipynb")
    code = [cell.source for cell in book.cells if cell.cell_type == "code"]
    return next(
        number for number, source in enumerate(code, 1) if re.search(r"labs\.[A-Z]", source)
    )


def _work_here(app, pagename, context):
    """Lead from a page to read to the same place of the page to work in (browser/pages.py)."""
    book = notebooks.read(Path(app.srcdir) / f"{pagename}.ipynb")
    work = _to_work(pagename, pagename.rpartition("/")[2])
    code = [cell.source for cell in book.cells if cell.cell_type == "code"]
    body, links = context["body"], []
    if app.tags.has("work"):
        links.append(_button(work, "work"))
        if len(_CELL.findall(body)) == len(code):
            numbers = iter(enumerate(code, 1))

            def with_link(found):
                number, source = next(numbers)
                here = _button(f"{work}#code-{number}", "here")
                link = f'<p class="work-here">{here}</p>'
                return (link if _TO_DO.search(source) else "") + found[0]

            body = _CELL.sub(with_link, body)
    links += _neighbour(app, pagename)
    if links:
        body = body.replace("</h1>", f'</h1><p class="work-here">{" ".join(links)}</p>', 1)
    context["body"] = body


def _neighbour(app, pagename):
    """Return the link from a lesson to its exercise, and back."""
    lesson, exercise = front.LESSON.fullmatch(pagename), front.EXERCISE.fullmatch(pagename)
    number = (lesson or exercise)[1]
    if lesson:
        found = sorted(Path(app.srcdir).glob(f"exercises/{number}_*/*.ipynb"))
        words, place = said("exercise", number=number), "../exercises/{0}/{1}.html"
    else:
        found = sorted(Path(app.srcdir).glob(f"notebooks/{number}_*.ipynb"))
        words, place = said("lesson", number=number), "../../notebooks/{1}.html"
    return [f'<a href="{place.format(p.parent.name, p.stem)}">{words}</a>' for p in found]


_SAID = re.compile(
    r"(<span lang=.*?</span>|<[^>]*>)|([\u0400-\u04ff][\u0400-\u04ff ,?»«-]*[\u0400-\u04ff])", re.S
)


def _in_its_language(body):
    """Mark what stands on an English page in Kazakh or Russian, for whoever has the page read out.

    A text with a letter that Russian lacks is taken for Kazakh.
    """

    def marked(found):
        if found[1]:
            return found[1]
        code = "kk" if re.search("[әғқңөұүһі]", found[2], re.I) else "ru"
        return f'<span lang="{code}">{found[2]}</span>'

    return _SAID.sub(marked, body)


def _languages(pagename):
    """Return the switch between the site's languages, which leads to the same page and place."""
    codes = [code for code in os.environ.get("SOFTPOWER_SITE_LANGUAGES", "").split(",") if code]
    if len(codes) < 2:
        return ""
    links = []
    for code in codes:
        folder = "" if code == texts.ENGLISH else f"{code}/"
        here = ' aria-current="true"' if code == language else ""
        links.append(
            f'<a href="{_up(pagename)}{folder}{pagename}.html" lang="{code}" hreflang="{code}"'
            f"{here}>{texts.of(code).name}</a>"
        )
    label = said("languages")
    return f'<nav class="languages" aria-label="{label}">{" ".join(links)}</nav>'


def _described(doctree):
    """Return a page's first words: its first paragraph of more than a few."""
    for paragraph in doctree.findall(nodes.paragraph) if doctree else ():
        words = " ".join(paragraph.astext().split())
        if len(words) > 30:
            return words
    return ""


def _page(app, pagename, templatename, context, doctree):
    """Put in its place what stands on a page beside its own words, and what it says of itself."""
    own = ("" if language == texts.ENGLISH else f"{language}/") + f"{pagename}.html"
    address, data = (ADDRESS and ADDRESS + own), None
    description = _described(doctree)
    if pagename == app.config.root_doc:
        address = address.removesuffix(f"{pagename}.html")
        found = _front_page(app, context)
        data = front.of_the_course(found, CITED, description, language, address)
        context["title"] = CITED["title"]
        context["docstitle"] = ""
    elif lesson := front.LESSON.fullmatch(pagename):
        _work_here(app, pagename, context)
        header = front.headers(Path(app.srcdir) / "notebooks")[lesson[1]]
        description = front.described(header)
        data = front.of_a_lesson(lesson[1], header, CITED, language, address)
    elif front.EXERCISE.fullmatch(pagename):
        _work_here(app, pagename, context)
    if doctree is None:  # the search, the index
        return
    if language == texts.ENGLISH:
        context["body"] = _in_its_language(context["body"])
    context["body"] = _languages(pagename) + context["body"]
    picture = (ADDRESS or _up(pagename)) + "_static/share.png"
    title = re.sub(r"<[^>]+>", "", context.get("title", ""))
    context["metatags"] = context.get("metatags", "") + front.head(
        title, description or title, data, address, picture
    )


def _at_the_top(app, error):
    """Let the site's own address open the front page, and not a folder."""
    made = Path(app.outdir) / f"{app.config.root_doc}.html"
    if error or app.builder.format != "html" or not made.exists():
        return
    text = made.read_text(encoding="utf-8")
    text = re.sub(
        r'\b(href|src|action|data-content_root|content(?==.\.\.))="(?!#|[a-z]+:|/)([^"]*)"',
        lambda found: f'{found[1]}="{_from_the_top(found[2])}"',
        text,
    )
    (Path(app.outdir) / "index.html").write_text(text, encoding="utf-8")


def _labels(app, error):
    """Let the themes' own labels speak the language of the pages."""
    if error or app.builder.format != "html" or language == texts.ENGLISH:
        return
    for page in Path(app.outdir).rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(theme.labelled(text), encoding="utf-8")


def _from_the_top(address):
    return (address[3:] or "./") if address.startswith("../") else f"docs/{address}"


def setup(app):
    """Tell Sphinx when each of these is due."""
    app.connect("builder-inited", _pack)
    app.connect("source-read", _sources)
    app.connect("html-page-context", _page)
    app.connect("build-finished", _labels)
    app.connect("build-finished", _at_the_top)
    app.add_message_catalog("booktheme", _WORDS.name)
