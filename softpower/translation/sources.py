"""Every text of the course that a reader may meet, by the catalogue in which it stands.

========== =============================================== ======================================
catalogue  from                                            context
========== =============================================== ======================================
lesson05   notebooks/05_….ipynb                            page and cell, ``05/truck``
exercise05 solutions/05_…/….ipynb                          page and cell, ``x05/q3``
bank05     softpower/feedback/bank/lesson05.toml           none: found by its words when shown
tables     data/*.csv, headings of data/datapackage.json   ``table``
essays     data/README.md, data/essays/*.md                the page
docs       README.md, docs/*.md and the folders of docs/   the page
package    softpower/**.py, **.js, the plan's schema       none (``table`` for its titles)
browser    browser/: what a page to work in says by        none; of a notebook's words its cell
           itself, or otherwise than its notebook
========== =============================================== ======================================
"""

import ast
import csv
import io
import json
import math
import re
import tomllib

from softpower import data, notebooks, references, texts
from softpower.translation import blocks, in_a_page, pages, proof
from softpower.translation.po import Message

TABLE = texts.IN_TABLES
GLOSSARY = "docs/glossary.md"
# The door's verbs that take a message; those for one and for many (brief.html says ``counted``).
COUNTED = {"texts", "counted", "forms"}
KEYWORDS = {"text", "mark", "cell", "word"} | COUNTED
OF_A_RUBRIC = ("name", "look_for", "descriptor", "sample")
UNSAID_TABLES = {"outlines", "quotations", "derived"}
# What no lesson, lab or page shows of a table; the test that runs the made notebooks would say so.
UNSHOWN = {
    "assets": {"note"},
    "cross_section": {"place"},
    "debate": {"place"},
    "elcano_soft": {"place", "note"},
    "elcano_weights": {"place"},
    "glossary_uses": {"language", "word"},
    "grades": {"place"},
    "gspi_bands": {"note"},
    "gspi_rank_changes": {"place", "note"},
    "identity_markers": {"place", "example", "meaning", "kazakhstan"},
    "index_editions": {"place", "note"},
    "index_ranks": {"place", "note"},
    "instruments": {"place", "says", "outcome"},
    "levers": {"place"},
    "opinion_surveys": {"place", "note"},
    "second_reader": {"note"},
    "statements": {"note"},
    "temptations": {"place"},
    "terms": {"place", "note"},
    "uk_institutions": {"place"},
}
UNSAID = re.compile(
    r".*_id|iso3|.*_at|read_in|read|read_on|url|reference|licence|kazakh|russian"
    r"|formula|inputs|used_in"
)
ASKED_ALONE = "rubric"  # the table whose texts are the bank's too, which asks for them as sentences
KEY = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+|[A-Z]{3}|\W*|[\d.,\s%–-]+")


def catalogues(root):
    """Return the messages of every catalogue, ``{"lesson05": [Message, …], …}``.

    Parameters
    ----------
    root : pathlib.Path
        The folder of the course.
    """
    found = of_pages(root)
    found["tables"] = words_of_tables(root)
    for path in sorted((root / "softpower" / "feedback" / "bank").glob("lesson*.toml")):
        found[f"bank{path.stem[-2:]}"] = bank(path)
    found = {name: filter(_spoken, messages) for name, messages in found.items()}
    # A message of the door without a word has marks that languages differ in: “{title}”.
    found["package"] = package(root / "softpower")
    found["browser"] = browser(root)
    found = {name: _once(messages) for name, messages in found.items()}
    # The glossary's page is made from its table, where its words are translated once.
    known = {one.text for one in found["tables"]}
    found["docs"] = [
        one for one in found["docs"] if one.context != GLOSSARY or one.text not in known
    ]
    return found


def _spoken(message):
    return blocks.spoken(message.text)


def lessons(root):
    """Return each lesson and worked exercise, (catalogue, page's name, path)."""
    found = [(f"lesson{p.stem[:2]}", p) for p in sorted(root.glob("notebooks/*.ipynb"))]
    found += [(f"exercise{p.parent.name[:2]}", p) for p in sorted(root.glob("solutions/*/*.ipynb"))]
    return [(name, references.page_name(path), path) for name, path in found]


def markdown_pages(root):
    """Return each page of Markdown, (catalogue, page's name, path)."""
    essays = [*sorted(root.glob("data/essays/*.md")), root / "data" / "README.md"]
    guides = [root / "README.md", *sorted(root.glob("docs/*.md"))]
    for folder in ("notes", "own_country"):
        guides += sorted(root.glob(f"docs/{folder}/*.md"))
    found = [("essays", path) for path in essays] + [("docs", path) for path in guides]
    return [
        (name, path.relative_to(root).as_posix(), path) for name, path in found if path.exists()
    ]


def of_pages(root):
    """Return the messages of notebooks, essays and guides."""
    found = {}
    for name, page, path in lessons(root):
        found[name] = pages.of_notebook(notebooks.read(path), page)
    for name, page, path in markdown_pages(root):
        found.setdefault(name, []).extend(pages.of_page(path.read_text("utf-8"), page))
    return found


def bank(path):
    """Return the texts of a lesson's questions, each with its question and place in a note."""
    found = []
    for question in tomllib.loads(path.read_text(encoding="utf-8")).get("question", []):
        for place, text in _said(question):
            note = f"{question['id']}, {place}"
            found.append(Message(TABLE if place == "word" else "", text, note=note))
    return found


def words_of_tables(root):
    """Return the words of the tables, and those that lessons give to their columns and rows."""
    found = tables(root / "data")
    return found + words_in_code(root, [one.text for one in found])


def _forms(part):
    """Return each part of an entry that says in which form an answer is given."""
    if isinstance(part, dict):
        return [part, *(one for value in part.values() for one in _forms(value))]
    return [one for value in part for one in _forms(value)] if isinstance(part, list) else []


def _said(question):
    for key in ("right", "otherwise", "objective", "taught"):
        yield from [(key, question[key])] if question.get(key) else []
    yield from (("hint", hint) for hint in question.get("hints", []))
    yield from ((f"letter {one}", text) for one, text in question.get("letters", {}).items())
    yield from (("wrong", one["message"]) for one in question.get("wrong", []) if "message" in one)
    # Words of a closed list and of a unit are said where another was written.
    for form in _forms(question):
        yield from (("word", one) for one in form.get("choose_from", ()))
        yield from [("word", form["unit"])] if form.get("unit") else []
    for criterion in question.get("rubric", []):
        yield from ((key, criterion[key]) for key in OF_A_RUBRIC if key in criterion)
        for level in criterion.get("levels", []):
            yield from ((key, level[key]) for key in OF_A_RUBRIC if key in level)


def tables(folder):
    """Return the words of every table that a lesson, a lab or a page shows, and their headings."""
    found = []
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    for table in described:
        fields = {f["name"]: f for f in table["schema"]["fields"]}
        for name, one in fields.items():
            found.append(
                Message(TABLE, one.get("title", name.replace("_", " ")), note=table["name"])
            )
            found.append(Message(TABLE, name.replace("_", " "), note=table["name"]))
        path = folder / table["path"]
        if table["name"] in UNSAID_TABLES or path.suffix != ".csv":
            continue
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for name, one in fields.items():
            unshown = UNSAID.fullmatch(name) or name in UNSHOWN.get(table["name"], ())
            if one["type"] == "string" and not unshown:
                words = dict.fromkeys(row[name].strip() for row in rows)
                found += _words(table["name"], name, words)
    return found


def _words(table, column, words):
    """Return the words of a column as messages, without what is a key."""
    note = f"{table}, {column}"
    if (table, column) == ("sources", "short"):
        # A citation names the author; a table shows the short name, which may say more.
        known, words = words, [one for one in words if not _is_author_and_year(one)]
        words += dict.fromkeys(map(data.author_of, known))
    found = [Message(TABLE, one, note=note) for one in words if not KEY.fullmatch(one)]
    return found


def _is_author_and_year(short):
    author = data.author_of(short)
    return short == author or re.fullmatch(rf"{re.escape(author)} \d{{4}}[a-z]?", short)


def package(folder):
    """Return the messages of the package's Python, JavaScript and pages."""
    found = []
    for path in sorted(path for path in folder.rglob("*.*") if path.suffix in READERS):
        place = path.relative_to(folder).as_posix()
        code = path.read_text(encoding="utf-8")
        if place.startswith(("trace/", "commands/")) and "texts." not in code:
            continue  # what only those who maintain the course meet
        for keyword, said in READERS[path.suffix](code):
            found += _message(said, keyword, place)
    for path in sorted(folder.rglob("schema.json")):
        found += _titles(json.loads(path.read_text(encoding="utf-8")), path.name)
    for path in sorted(folder.rglob("examples/*.json")):
        found += _prose(json.loads(path.read_text(encoding="utf-8")), path.name)
    return found


def browser(root):
    """Return what the pages to work in say by themselves, and otherwise than their notebooks."""
    found = []
    for path in sorted((root / "browser").glob("*.py")):
        for keyword, said in _in_python(path.read_text(encoding="utf-8")):
            found += _message(said, keyword, f"browser/{path.name}")
    for name, said in in_a_page.own_words(root).items():
        found += [Message("", one, note=name) for one in said]
    for _, page, path in lessons(root):
        book = in_a_page.notebook(path, root)
        here = pages.of_notebook(book, page)
        if page.startswith("x"):
            book.cells[0].source = in_a_page.titled(book.cells[0].source)
            here += pages.of_notebook(book, page)
        known = {one.key for one in pages.of_notebook(notebooks.read(path), page)}
        found += [one for one in here if one.key not in known]
    return found


def _prose(part, place):
    """Return what a worked plan says in words: the lessons' tables show it."""
    if isinstance(part, str):
        return [Message(TABLE, part, note=place)] if " " in part else []
    parts = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    return [one for item in parts for one in _prose(item, place)]


def _in_python(code):
    """Yield each call of the door in Python: its verb, and its arguments as far as written there.

    Read from the syntax tree: a reader that goes by words takes a variable called ``text`` for a
    call, and does not see one inside an f-string.
    """
    for node in _in_order(ast.parse(code)):
        if isinstance(node, ast.Call) and node.args:
            keyword = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if keyword in KEYWORDS:
                yield keyword, [getattr(one, "value", None) for one in node.args]


def _in_script(code):
    plain, counted = texts.in_script(code)
    yield from [("text", [one]) for one in plain] + [("texts", pair) for pair in counted]


def _in_page(code):
    from jinja2.ext import babel_extract  # the marking pages' own, for those who extract

    for _, keyword, said, _ in babel_extract(io.BytesIO(code.encode()), KEYWORDS, (), {}):
        yield keyword, said if isinstance(said, tuple) else [said]


READERS = {".py": _in_python, ".js": _in_script, ".html": _in_page}


def _in_order(node):
    """Yield a node and all within it, in the order of the file; ``ast.walk`` goes by depth."""
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _in_order(child)


def _message(said, keyword, place):
    """Return the message of a call, none where what it says is not written there."""
    one, *others = said
    many = (others[0] or "") if keyword in COUNTED and others else ""
    context = TABLE if keyword in ("cell", "word") else ""
    if not one or not isinstance(one, str):
        return []
    notes = [place]
    if not blocks.spoken(one):
        notes.append("only marks: other ones where the language writes others")
    elif place.startswith("labs/") and math.isfinite(proof.room(one)):
        notes.append(f"a label: at most {proof.room(one)} letters")
    return [Message(context, one, many, note="\n".join(notes))]


def _titles(part, place):
    """Return the titles and descriptions of a schema."""
    if isinstance(part, list):
        return [one for item in part for one in _titles(item, place)]
    if not isinstance(part, dict):
        return []
    own = [
        Message(TABLE, part[key], note=place)
        for key in ("title", "description")
        if isinstance(part.get(key), str)
    ]
    own += [Message(TABLE, choice, note=place) for choice in part.get("enum", ())]
    return own + [one for item in part.values() for one in _titles(item, place)]


# What names a column or a row of a table in a lesson's code.
NAMING = {"rename", "rename_axis", "to_frame", "fillna", "where", "reset_index", "insert"}
NAMING |= {"assign", "replace", "DataFrame"}
NO_WORD = re.compile(r"==|<|>|@| in \[|\{")  # a question to a table, a form to be filled


def words_in_code(root, known):
    """Return the words that lessons and exercises give to columns and rows of a table.

    Parameters
    ----------
    root : pathlib.Path
    known : list of str
        The words of the tables, of which a lesson may take the beginning or the end away.
    """
    found = []
    for _, page, path in lessons(root):
        for cell in notebooks.read(path).cells:
            if cell.cell_type != "code" or cell.source.lstrip().startswith("%%"):
                continue
            said = _named(ast.parse(cell.source)) + _shortened(ast.parse(cell.source), known)
            found += [
                Message(TABLE, one.replace("_", " "), note=f"{page}/{cell.id}")
                for one in dict.fromkeys(said)
                if not NO_WORD.search(one) and not re.fullmatch(r"[A-Z]{3}", one)
            ]
    return found


def _named(tree):
    parts, words = [], []
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            parts += [*node.keys, *node.values]
        elif isinstance(node, (ast.List, ast.Tuple)):
            parts += node.elts
        elif isinstance(node, ast.Assign):
            parts += [node.value, *(getattr(one, "slice", None) for one in node.targets)]
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") in NAMING:
            parts += [*node.args, *(word.value for word in node.keywords)]
            words += [word.arg for word in node.keywords if node.func.attr == "assign" and word.arg]
    words += [one.value for one in parts if isinstance(one, ast.Constant)]
    return [one for one in words if isinstance(one, str)]


def _shortened(tree, known):
    """Return the tables' words without what the code takes away (``.str.removeprefix("…")``)."""
    found = []
    for node in ast.walk(tree):
        does = getattr(node.func, "attr", "") if isinstance(node, ast.Call) else ""
        if does in ("removeprefix", "removesuffix"):
            short = [getattr(one, does)(node.args[0].value) for one in known]
            found += [after for before, after in zip(known, short, strict=True) if after != before]
    return found


def _once(messages):
    """Return each message once, its notes put together."""
    found = {}
    for one in messages:
        before = found.get(one.key)
        if before is None:
            found[one.key] = one
        elif one.note not in before.note.splitlines() or (one.plural and not before.plural):
            note = "\n".join(dict.fromkeys([*before.note.splitlines(), *one.note.splitlines()]))
            found[one.key] = Message(*one.key, one.plural or before.plural, note)
    return list(found.values())
