"""``softpower dictionary``: write ``data/README.md``, the data dictionary, from the manifest."""

from softpower import data

# Licence: what may be done with the whole table, and whom to credit; single figures are free.
MAY = {
    "CC-BY-4.0": ("copy, change, pass on", "the course, and the source of the row"),
    "quoted-facts": ("ask the publisher", "the source of the row"),
    "public-domain": ("copy, change, pass on", "nobody; *Made with Natural Earth* is a courtesy"),
    "MIT": ("copy, change, pass on", "its makers, with the notice of their licence"),
}
MIXED = ("its rows differ: see its description", "the source of the row")


def add_arguments(parser):
    """Add the command's arguments."""
    parser.add_argument("--check", action="store_true", help="exit 1 where the page differs")


def run(arguments):
    """Write the page, or with ``--check`` compare it."""
    path = data.folder() / "README.md"
    text = page()
    if arguments.check:
        if path.exists() and path.read_text(encoding="utf-8") == text:
            return 0
        print("data/README.md is not what the manifest makes. Run softpower dictionary.")
        return 1
    path.write_text(text, encoding="utf-8")
    return 0


def page():
    """Return the data dictionary as Markdown: every table, its licence, sources and columns."""
    manifest = data.manifest()
    parts = [
        f"# {manifest['title']}: the data",
        manifest["description"],
        "## Tables",
        *(f"- [`{r['name']}`](#{r['name']}): {data.cite_keys(r['title'])}" for r in _resources()),
    ]
    text = "\n\n".join(parts[:3]) + "\n\n" + "\n".join(parts[3:]) + "\n" + _uses()
    made = "\n*This page is made from `datapackage.json` by `softpower dictionary`.*\n"
    return text + "".join(_section(resource) for resource in _resources()) + made


def _uses():
    """Return the table of what somebody may do with each table."""
    lines = [
        "\n## What you may do with each table\n",
        "A single figure may be quoted by anybody, with credit to the source that its row names. "
        "What the course itself made (its wording, its readings, its choice of rows, its notes) "
        "is under CC BY 4.0, for money too. Where a table gathers figures of a publisher, the "
        "series stays the publisher's, and we claim no right in it: whoever wants to pass on more "
        "than single figures asks the publisher. This is how we read it; it is no lawyer's "
        "advice.\n",
        "| table | the whole table | credit | licence |",
        "| --- | --- | --- | --- |",
    ]
    for resource in _resources():
        names = [licence["name"] for licence in resource["licenses"]]
        whole, credit = MAY[names[0]] if len(names) == 1 else MIXED
        link = f"[`{resource['name']}`](#{resource['name']})"
        lines.append(f"| {link} | {whole} | {credit} | {_code(names)} |")
    return "\n".join(lines) + "\n"


def _code(names):
    """Return names as code: they are the same in every language."""
    return ", ".join(f"`{name}`" for name in names)


def _resources():
    return sorted(data.manifest()["resources"], key=lambda resource: resource["name"])


def _section(resource):
    licences = ", ".join(licence.get("title", licence["name"]) for licence in resource["licenses"])
    sources = "; ".join(source["title"] for source in resource.get("sources", []))
    lines = [
        f"\n### `{resource['name']}`\n",
        data.cite_keys(f"{resource['title']}. {resource['description']}\n"),
        f"File: `{resource['path']}`. Licence: {licences}."
        + (f" Sources: {sources}." if sources else ""),
        "",
        "| column | type | meaning |",
        "| --- | --- | --- |",
    ]
    lines += [
        f"| `{f['name']}` | `{f['type']}` | {f['description'].replace('|', '/')} |"
        for f in resource["schema"]["fields"]
    ]
    return "\n".join(lines) + "\n"
