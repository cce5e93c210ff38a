"""The course as a site: the lessons as they are stored, run nowhere, fetched from nowhere.

This folder holds the site's own pages, the guides for lecturers and ``notes/``, one page a
lesson for whoever teaches it; ``top/`` lies at the top of the site, ``_static/`` is its look.
Made from the top of the repository, so that a link between lessons works here as it does in
JupyterLab:  python -m sphinx -W -c docs . docs/_build
"""

import re
from pathlib import Path

from softpower import notebooks

project = "Soft Power"
author = "The Soft Power course contributors"
copyright = f"2026, {author}"
language = "en"

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
nb_ipywidgets_js = {}  # a lab's static twin is shown, so no script is fetched for a live one
myst_heading_anchors = 3
myst_heading_slug_func = "softpower.notebooks.anchor"  # one link leads there in JupyterLab too
suppress_warnings = [
    "myst.header",  # a page may step from its title to its third heading
    "toc.empty_glob",  # until there is a page for teachers
]

html_theme = "sphinx_book_theme"
html_title = "Soft Power: from Nye's concept to a policy for Kazakhstan"
html_static_path = ["_static"]
html_extra_path = ["top"]
html_css_files = ["course.css"]
html_copy_source = False
html_sidebars = {"**": ["search-button-field.html", "sbt-sidebar-nav.html"]}
html_show_sphinx = False
html_domain_indices = False  # the page of methods is its own index
html_theme_options = {
    "use_download_button": False,
    "use_fullscreen_button": False,
    "navbar_persistent": [],  # one search field, in the side bar
    "home_page_in_toc": True,
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}


def _links_of_the_site(app, docname, source):
    # A learner's copy of an exercise is on the learner's machine; the site shows the exercise.
    source[0] = source[0].replace("](../my_work/", "](../exercises/")


_CELL = re.compile(r'<div class="cell[ "]')
_TO_DO = re.compile(r"feedback\.check\(|labs\.|^%%write", re.MULTILINE)
_START = (
    '<p class="work-here"><a href="{first}">Start with lesson 00</a> '
    "It opens here, with everything that it needs; nothing is installed. "
    '<a href="{all}">All lessons and exercises to work in</a></p>'
)


def _to_work(pagename, name):
    """Return the way from a page to read to a page to work in, which browser/pages.py makes."""
    return f"{'../' * pagename.count('/')}work/{name}.html"


def _work_here(app, pagename, templatename, context, doctree):
    """Lead from a page to read to the same place of the page to work in (browser/pages.py)."""
    if pagename == app.config.root_doc:
        first, every = (_to_work(pagename, name) for name in ("00_start_here", "index"))
        start = _START.format(first=first, all=every)
        context["body"] = context["body"].replace("</h1>", "</h1>" + start, 1)
        return
    if not pagename.startswith(("notebooks/", "exercises/")):
        return
    book = notebooks.read(Path(app.srcdir) / f"{pagename}.ipynb")
    work = _to_work(pagename, pagename.rpartition("/")[2])
    code = [cell.source for cell in book.cells if cell.cell_type == "code"]
    body = context["body"]
    if len(_CELL.findall(body)) == len(code):
        numbers = iter(enumerate(code, 1))

        def with_link(found):
            number, source = next(numbers)
            link = f'<p class="work-here"><a href="{work}#code-{number}">Do it here</a></p>'
            return (link if _TO_DO.search(source) else "") + found[0]

        body = _CELL.sub(with_link, body)
    link = f'<p class="work-here"><a href="{work}">Work on this page</a></p>'
    context["body"] = body.replace("</h1>", "</h1>" + link, 1)


def setup(app):
    """Let a lesson's exercise be found on the site, too, and the page to work in where it is."""
    app.connect("source-read", _links_of_the_site)
    if app.tags.has("work"):  # browser/build.py makes these pages, and says so
        app.connect("html-page-context", _work_here)
