"""``softpower trace``: follow every figure in the prose to the row and the source that carry it.

The prose of a lesson, an exercise or a data essay is read passage by passage: a Markdown cell,
or a paragraph of an essay; and so are the words written over a chart or a table. A figure
passes where a row of ``data/`` holds it, at the rounding shown, and the passage cites one of
that row's sources. A chart cites those in its source line, and the course itself where that
line says "derived". Years, dates, the numbers of lessons,
tables and questions, points and minutes are no figures; what stands in a code span is the
learner's own arithmetic.
"""

import ast
import re
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from pathlib import Path

import pandas as pd

from softpower import data, notebooks, references
from softpower.errors import CourseError
from softpower.feedback import writing

SOURCE_LINE = re.compile(r"Sources?: [^<]+")
LINK = re.compile(r"https?://[^\s)>\]]+")

SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
SCALES |= {"k": 1e3, "m": 1e6, "bn": 1e9, "tn": 1e12}
CURRENCIES = {"$": "dollar", "£": "pound", "€": "euro", "¥": "yen"}
WORDS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
WORDS = {word: number for number, word in enumerate(WORDS, 1)}
WORDS |= {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100}

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_SIGNPOST = (
    "lessons?|exercises?|questions?|tables?|figures?|fig\\.|sections?|pages?|pp?\\.|"
    "chapters?|parts?|paragraphs?|steps?|rows?|references?|claims?|articles?|years?|volume|no\\."
)
# What looks like a figure and is none. Each is blanked before figures are looked for.
NOT_FIGURES = [
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"(?s:```.*?^```)",  # code
        r"^%%write .*$",  # the id of a place to write in
        r"(?s:\*\(Invented\.\)\*.*)",  # a case that says it is invented, to the end of its cell
        r"`[^`\n]*`",  # the learner's own arithmetic
        references.KEYED.pattern,  # citations with their places
        r"\[[^\]]*\]\([^)]*\)|<[^>\n]*>",  # links
        r"^#+ (?:Question|Exercise|Lesson|In code).*$",
        r"^.*\*\*(?:Points|Minutes)\*\*.*$",
        r"^\s*\d+[.)]\s",  # numbered lists
        rf"(?i:\b(?:{_SIGNPOST})|§)\s?\d+(?:\.\d+)*(?:(?:\s?[–,-]\s?|\s(?:and|to|or)\s)\d+(?:\.\d+)*)*",
        rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s(?:{_MONTH})\b|\b(?:{_MONTH})\s\d{{1,2}}\b(?!\d)",
        r"\b\d{1,2}(?:st|nd|rd|th)[ -]century",
        r"\b(?:about |another )?\d+(?:[ -](?:to|or|and|–) ?\d+)?(?:[ -](?:minutes?|hours?|words|seconds)\b)",
        r"\bfrom 0 to \d+\b|\b0 (?:to|and) 100?\b|\b100 ?(?:%|per cent|points)",
        r"Soft Power 30|COVID-19|G20|(?<![\d.,])\b0\d\b",
        # years, also 2008–09 and 1990s; 2,349 has a comma, and $2000 a currency
        r"(?<![\w$£€¥.,-])(?:1[5-9]|20)\d\d(?:[–/-]\d{2,4})?s?(?![\w,.]\d)(?!\s?(?:%|per cent|thousand|million|billion))\b",
    )
]
YEAR = re.compile(r"(?<![\w$£€¥.,])((?:1[5-9]|20)\d\d)(?:[–/-](\d{2,4}))?")

_ABOUT, _ABOVE = "about|around|some|roughly|close to", "more than|over|at least"
_BELOW = "nearly|almost|under|less than|fewer than|up to"
FIGURE = re.compile(
    rf"(?i:\b(?:(?P<about>{_ABOUT})|(?P<above>{_ABOVE})|(?P<below>{_BELOW}))\s)?"
    r"(?<![\w.])(?<![A-Za-z]-)"
    r"(?P<sign>[-−](?=[\d$£€¥]))?(?P<currency>US\$|[$£€¥])?\s?"
    r"(?:(?P<digits>\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"|\b(?P<word>(?i:{'|'.join(WORDS)}))"
    r"(?=[ -]?(?:fold|thousand|million|billion|trillion|per cent|percent)))"
    r"(?P<ordinal>st|nd|rd|th)?"
    r"(?:[ -]?(?P<scale>thousand|million|billion|trillion|bn|tn|m|k)\b)?"
    r"(?![\d])(?:\s?(?P<percent>%|per cent|percent))?"
    r"(?:\s(?:US )?(?P<money>dollars?|pounds?|euros?|yen|won|tenge))?"
)


@dataclass(frozen=True)
class Figure:
    """A number in a text: as written, its kind, and the values that it may stand for."""

    text: str
    low: float
    high: float
    kind: str  # "percent", "rank", a currency, or "" for a plain number
    sentence: str = ""


@dataclass(frozen=True)
class Row:
    """A row of ``data/`` with the figures that it holds for some sources.

    ``measured`` where they are its numbers; otherwise they stand in its words.
    """

    table: str
    key: str
    sources: tuple
    figures: tuple
    measured: bool
    years: frozenset  # empty where any year will do
    country: str

    @property
    def address(self):
        """How a cell names the row: ``gspi_scores [KAZ, 2026]``."""
        return f"{self.table} [{self.key}]"


@dataclass(frozen=True)
class Passage:
    """A piece of text to read, with citations by key.

    ``named``: the rows that its cell names for its figures, ``{"80th": ["gspi_ranks [...]"]}``;
    empty where the cell names none.
    """

    text: str
    named: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Traced:
    """A figure of the prose with the row that carries it, or the problem."""

    path: str
    figure: Figure
    row: Row | None = None
    source: str = ""
    problem: str = ""


def blank(text):
    """Return a text of the same length in which whatever is no figure is blanked out."""
    for pattern in NOT_FIGURES:
        text = pattern.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
    return text


def figures_in(text):
    """Return the figures in a text, in order.

    The first end of a range such as ``8 to 29 per cent`` has no unit of its own: it is a plain
    number, which a row may hold in any unit.
    """
    found, before = [], None
    plain = blank(text).replace("**", "  ")
    for match in FIGURE.finditer(plain):
        digits = match["digits"] or str(WORDS[match["word"].lower()])
        # "About 60 to 70" is vague at both ends.
        second = before and before["about"] and plain[before.end() : match.start()].strip() == "to"
        vague = bool(match["about"] or second)
        low, high = _range(re.sub(r"[,\u00a0\u202f]", "", digits), match, vague)
        before = match
        found.append(Figure(match.group().strip(), low, high, _kind(match), _sentence(text, match)))
    return found


def _range(digits, match, vague):
    """Return the lowest and highest value that rounds to what is written."""
    scale, value = SCALES.get(match["scale"] or "", 1), float(digits)
    decimals = len(digits.partition(".")[2])
    half = 0.5 * 10**-decimals
    low, high = value - half, value + half
    # "About 600,000" may stand for 597,000: the zeros at its end were rounded.
    unit = 10 ** (len(digits) - len(digits.rstrip("0"))) if not decimals and value else 2 * half
    if vague:
        low, high = value - unit / 2, value + unit / 2
    elif match["above"]:
        low, high = value, value + unit
    elif match["below"]:
        low, high = value - unit, value
    low, high = low * scale, high * scale
    return (-high, -low) if match["sign"] else (low, high)


def _kind(match):
    if match["percent"]:
        return "percent"
    if match["ordinal"]:
        return "rank"
    if match["currency"]:
        return CURRENCIES[match["currency"][-1]]
    return (match["money"] or "").rstrip("s")


def _sentence(text, match):
    start = max(text.rfind(mark, 0, match.start()) for mark in (". ", "? ", "\n\n", "\n- ", "\n| "))
    ends = [text.find(mark, match.end()) for mark in (". ", "? ", ".\n", "\n\n", "\n- ", "\n| ")]
    end = min([position for position in ends if position >= 0], default=len(text))
    return " ".join(text[start + 1 : end + 1].split())


def years_in(text):
    """Return the years that a text names; 2008–09 names two."""
    years = set()
    for first, last in YEAR.findall(text):
        years |= {int(first)} | ({int(first[: 4 - len(last)] + last)} if last else set())
    return years


def citations(text):
    """Return the source_ids that a text cites, in order of appearance."""
    return references.cited(text)


@cache
def rows():
    """Return every row of every table, with the figures in its numbers and in its words."""
    tables = [name for name in data.names() if name not in ("sources", "outlines")]
    return [row for name in tables for row in _rows_of(name)]


@cache
def _rows_from(source):
    return [row for row in rows() if source in row.sources]


_YEARS = ("year", "edition", "data_year", "began")


def _rows_of(name):
    table = data.load(name)
    key = data.resource(name)["schema"].get("primaryKey", table.columns[0])
    keys = [key] if isinstance(key, str) else list(key)
    ids = [c for c in table if c.endswith("source_id") or c == "read_in"]
    # A year tells rows apart where the same thing is given for several years, and for a rank.
    year = next((column for column in ("year", "edition") if column in table), None)
    same = [column for column in keys if column not in (year, "source_id", "value")]
    dated = table.get("unit", pd.Series("", table.index)) == "rank"
    if year in keys and same:
        dated |= table.groupby(same)[year].transform("nunique") > 1
    for record, has_year in zip(table.to_dict("records"), dated, strict=True):
        for sources, figures, measured in _held(record, ids):
            yield Row(
                table=name,
                key=", ".join(str(record[column]) for column in keys),
                sources=tuple(source for source in sources if pd.notna(source)),
                figures=tuple(figures),
                measured=measured,
                years=_named_years(
                    record[year] if year and has_year else " ".join(str(record[c]) for c in same)
                ),
                country=str(record.get("country", record.get("case", ""))),
            )


def _named_years(value):
    # A key in words may name the year of its figure: "rank in the index of 2025".
    return frozenset(years_in(str(value)))


def _held(record, ids):
    """Yield (sources, figures, whether they are numbers) for the parts of one record."""
    everyone = [record[column] for column in ids]
    yield everyone, _numbers(record), True
    if "check" in record:  # a claim is one source's, and its check another's
        yield [record["source_id"]], figures_in(record["says"]), False
        yield [record["check_source_id"]], figures_in(record["check"]), False
        return
    words = (
        value
        for column, value in record.items()
        if isinstance(value, str) and not column.endswith(("_id", "iso3", "place", "unit"))
    )
    yield everyone, [figure for text in words for figure in figures_in(text)], False


def _numbers(record):
    for column, value in record.items():
        if isinstance(value, (str, bool)) or pd.isna(value) or column in _YEARS:
            continue
        unit = str(record.get("unit", "")) if column in ("value", "score") else column
        value *= next((SCALES[word] for word in unit.split() if word in SCALES), 1)
        yield Figure(unit, float(value), float(value), unit.lower())


def _same(stated, held):
    # "A fall of 3.1 per cent" has no sign, and its row has one.
    value = (held.low + held.high) / 2
    value = value if stated.low < 0 else abs(value)
    slack = 1e-9 * max(1.0, abs(value))
    if not stated.low - slack <= value <= stated.high + slack:
        return False
    if stated.kind == "percent":
        return "%" in held.kind or held.kind == "percent"
    if stated.kind == "rank":
        return any(word in held.kind for word in ("rank", "ordinal", "place"))
    return stated.kind in held.kind


# How prose names a country, where that is not its name.
_NAMED = {
    "South Korea": "Korea|Hallyu|King Sejong",
    "Kazakhstan": "Kazakh|Astana|Bolashak",
    "United Kingdom": "United Kingdom|Brit|BBC|UK",
    "United States": "United States|America|USA",
    "Turkey": "Turk",
    "China": "Chin",
}


@cache
def _countries_in(text):
    known = {row.country for row in rows()} - {""}
    return {country for country in known if re.search(_NAMED.get(country, country), text)}


def _fits(row, passage, topic):
    """Say whether a row can be what a passage speaks of: its country and its year."""
    countries = set() if topic is None else _countries_in(passage + topic)
    if row.country and countries and row.country not in countries:
        return False
    years = years_in(passage)
    return not row.years or not years or bool(row.years & years)


def carrier(figure, passage, topic="", named=None):
    """Return the row that carries a figure and the source cited for it, or None.

    Parameters
    ----------
    figure : Figure
    passage : str
        The cell or paragraph: its citations, years and countries narrow the choice.
    topic : str or None
        The title of the page, which may name the country for all passages. None where the
        passage stands over a chart, which shows more countries than it names.
    named : dict, optional
        The addresses of the rows that the passage's cell names for each figure; any row will
        do where it names none at all.
    """
    addresses = named.get(figure.text, []) if named else None
    for cited in (citations(figure.sentence), citations(passage)):  # the nearest source first
        found = [
            (row, source)
            for source in cited
            for row in _rows_from(source)
            if addresses is None or row.address in addresses
            if any(_same(figure, held) for held in row.figures)
        ]
        # Where a row measures this number, its country and year decide; words only otherwise.
        measured = [(row, source) for row, source in found if row.measured]
        fitting = [one for one in measured or found if _fits(one[0], passage, topic)]
        # The sentence's own country and year tell more than the passage's.
        nearest = [one for one in fitting if _fits(one[0], figure.sentence, "")]
        if fitting:
            return (nearest or fitting)[0]
    return None


def passages(path):
    """Return the passages of a notebook or essay: its prose without the list of references.

    Returns
    -------
    list of Passage
        Each with its citations by key, and in a notebook with the rows that its cell names.
    """
    path = Path(path)
    if path.suffix == ".md":
        text = path.read_text(encoding="utf-8").partition(references.HEADING)[0]
        return [Passage(references.keyed(part)) for part in text.split("\n\n") if part.strip()]
    found = []
    for cell in notebooks.read(path).cells:
        before, heading, _ = cell.source.partition(references.HEADING)
        if cell.cell_type == "markdown" or writing.is_place(cell.source):
            text = before if cell.cell_type == "markdown" else _with_keys(before)
            found += [Passage(references.keyed(text), named_rows(cell))] if text.strip() else []
        if heading:
            break
    return found


def named_rows(cell):
    """Return the addresses of the rows from which a cell says that each figure comes."""
    return dict(cell.metadata.get("softpower", {}).get("rows", {}))


def _with_keys(words):
    """Return a written answer with the key of each source that it names: (Kazinform 2018)."""
    for key in data.load("sources")["source_id"]:
        words = re.sub(rf"{re.escape(data.citation(key))}\b", f"[@{key}]", words)
    return words


def chart_texts(path):
    """Return what a notebook writes over its charts and tables, with the sources they name.

    Read from the code (``finding=``, ``sentence=``, ``caption=``) and, for the sources, from the
    line that the stored output shows. A text that the code puts together holds no typed figure.

    Returns
    -------
    list of Passage
        As :func:`passages` gives them.
    """
    if Path(path).suffix == ".md":
        return []
    cells = notebooks.read(path).cells
    return [passage for cell in cells for passage in _over_charts(cell)]


def _over_charts(cell):
    if cell.cell_type != "code" or writing.is_place(cell.source):
        return []
    cited = "".join(f" [@{source}]" for source in _shown_sources(cell))
    return [Passage(text + cited, named_rows(cell)) for text in _written_over(cell.source)]


def _written_over(code):
    words = [
        keyword.value.value
        for keyword in ast.walk(ast.parse(code))
        if isinstance(keyword, ast.keyword)
        and keyword.arg in ("finding", "sentence", "caption")
        and isinstance(keyword.value, ast.Constant)
    ]
    return [" ".join(words)] if words else []


def _shown_sources(cell):
    shown = " ".join(
        "".join(output.get("data", {}).get("text/html", "")) for output in cell.get("outputs", [])
    )
    lines = " ".join(SOURCE_LINE.findall(unescape(shown)))
    named = {key: data.citation(key) for key in data.load("sources")["source_id"]}
    cited = [key for key, shown in named.items() if shown in lines]
    return [*cited, "course2026"] if "derived" in lines else cited


def trace(path):
    """Follow every figure, citation and link of one notebook or essay.

    Parameters
    ----------
    path : path
        A notebook, or an essay in Markdown.

    Returns
    -------
    list of Traced
        One a figure, and one more for each citation or link that leads nowhere.

    Raises
    ------
    CourseError
        Where the file cannot be read.
    """
    prose = passages(path)
    found = []
    for passage, topic in texts(path):
        for figure in figures_in(passage.text):
            carried = carrier(figure, passage.text, topic, passage.named)
            if carried:
                found.append(Traced(str(path), figure, *carried))
            else:
                found.append(Traced(str(path), figure, problem=_why(figure, passage)))
    words = [passage.text for passage in prose]
    return found + [Traced(str(path), *problem) for problem in _dead_ends(path, words)]


def texts(path):
    """Return each passage of a page with its topic: the page's title, or None over a chart."""
    prose = passages(path)
    title = prose[0].text if prose else ""
    return [(one, title) for one in prose] + [(one, None) for one in chart_texts(path)]


def _why(figure, passage):
    cited = citations(passage.text)
    if not cited:
        return "no source is cited in this passage"
    if passage.named and carrier(figure, passage.text):
        return (
            "its cell names no row that holds it: mend the figure, or run softpower trace --name "
            "and look at the row that it finds"
        )
    return f"no row of the sources cited here ({', '.join(cited)}) holds it"


def name_rows(path):
    """Write into each cell of a notebook the rows that carry its figures today.

    From then on a figure of that cell has to stand in the row that the cell names for it: a
    wrong digit that happens to be right in another row of the same source is found.

    Returns
    -------
    list of Figure
        Those for which several rows fit, so that somebody should look.
    """
    notebook, doubtful = notebooks.read(path), []
    title = passages(path)[0].text
    for cell in notebook.cells:
        if references.HEADING in cell.source:
            break
        addresses = {}
        for text, topic in _texts_of(cell, title):
            for figure in figures_in(text):
                fitting = _fitting(figure, text, topic)
                if fitting and fitting[0] not in addresses.setdefault(figure.text, []):
                    addresses[figure.text].append(fitting[0])
                doubtful += [figure] if len(fitting) > 1 else []
        own = dict(cell.metadata.get("softpower", {}))
        own.pop("rows", None)
        if addresses:
            own["rows"] = {text: addresses[text] for text in sorted(addresses)}
        cell.metadata.pop("softpower", None)
        if own:
            cell.metadata["softpower"] = own
    notebooks.write(notebook, path)
    return doubtful


def _texts_of(cell, title):
    if cell.cell_type == "markdown":
        return [(references.keyed(cell.source), title)]
    if writing.is_place(cell.source):
        return [(references.keyed(_with_keys(cell.source)), title)]
    return [(passage.text, None) for passage in _over_charts(cell)]


def _fitting(figure, passage, topic):
    """Return the addresses of all rows that could carry a figure, the chosen one first."""
    chosen = carrier(figure, passage, topic)
    if not chosen:
        return []
    others = {
        row.address
        for row in _rows_from(chosen[1])
        if row.measured
        and any(_same(figure, held) for held in row.figures)
        and _fits(row, passage, topic)
    }
    return [chosen[0].address, *sorted(others - {chosen[0].address})]


def _dead_ends(path, prose):
    known = data.load("sources").set_index("source_id")
    addresses = set(known["url"].dropna())

    def problem(text, sentence, why):
        return Figure(text, 0, 0, "", sentence), None, "", why

    unknown = [(key, part) for part in prose for key in citations(part) if key not in known.index]
    for key, passage in unknown:
        sentence = next(line for line in passage.splitlines() if key in line)
        yield problem(key, sentence, "there is no such source in data/sources.csv")
    if not unknown and references.differs(path):
        why = "citations or list differ from what softpower references writes: run it"
        yield problem("References", "", why)
    for passage in prose:
        for link in LINK.findall(passage):
            if link.rstrip(".,;") not in addresses:
                yield problem(
                    link, passage.strip()[:80], "the link is no address in data/sources.csv"
                )


def add_arguments(parser):
    """Add the command's arguments."""
    parser.add_argument("paths", nargs="*", metavar="NOTEBOOK", help="default: everything")
    parser.add_argument(
        "--name", action="store_true", help="write into each cell the rows that carry its figures"
    )
    parser.add_argument(
        "--ages", action="store_true", help="list the sources by the day of reading, oldest first"
    )


def run(arguments):
    """List every figure with its row and source; 1 where one has none."""
    paths = [Path(path) for path in arguments.paths] or references.pages()
    if not paths:
        raise CourseError("There is nothing to trace: no lesson, exercise or essay was found.")
    if arguments.ages:
        return _show_ages()
    if arguments.name:
        return _name_all([path for path in paths if path.suffix == ".ipynb"])
    traced = [item for path in paths for item in trace(path)]
    for item in traced:
        if not item.problem:
            print(
                f"{Path(item.path).name}: {item.figure.text}: {item.row.table} [{item.row.key}]: {item.source}"
            )
    problems = [item for item in traced if item.problem]
    for item in problems:
        print(
            f"\n{Path(item.path).name}: {item.figure.text}: {item.problem}.\n  {item.figure.sentence}"
        )
    print(f"\n{len(traced) - len(problems)} figures carried, {len(problems)} problems.")
    return 1 if problems else 0


def _name_all(paths):
    for path in paths:
        for figure in name_rows(path):
            print(f"{path.name}: {figure.text}: several rows fit. {figure.sentence}")
    print(f"{len(paths)} notebooks name their rows. Look at those listed, if any.")
    return 0


def ages():
    """Return the sources by the day on which they were last read, the oldest first.

    Returns
    -------
    pandas.DataFrame
        ``source_id``, ``read_on`` (a date, or "not recorded") and ``rows``, how many rows lean on it.
    """
    sources = data.load("sources")
    leaning = pd.Series([source for row in rows() for source in set(row.sources)]).value_counts()
    table = pd.DataFrame(
        {
            "source_id": sources["source_id"],
            "read_on": sources["read_on"].fillna("not recorded"),
            "rows": sources["source_id"].map(leaning).fillna(0).astype(int),
        }
    )
    return table.sort_values(["read_on", "source_id"]).reset_index(drop=True)


def _show_ages():
    for row in ages().itertuples(index=False):
        print(f"{row.read_on}  {row.source_id}  ({row.rows} rows)")
    return 0
