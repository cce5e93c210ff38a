"""Maps: countries filled in the colour of whose they are, or named with a figure."""

from html import escape

import numpy as np

from softpower import data, texts
from softpower.errors import CourseError
from softpower.figures.picture import NARROW, WIDE, image, shown
from softpower.figures.style import decimals_of, upper
from softpower.figures.tables import label
from softpower.palette import COLOURS, INK, LAND, NEUTRAL, OTHER_LAND, SHORT_WHITE

# West, south, east and north in degrees, of a wide and of a narrow drawing.
REGIONS = {
    "world": ((-169, -56, 191, 83),) * 2,
    "Central Asia": ((42, 33.5, 99, 56), (45, 25, 89, 63)),
}
_UNITS = 2000  # the width of the map's own paper, on which a corner is a whole number


def map(frame, country, value=None, *, by=None, region="world", finding, sentence=None, sources=()):
    """Countries on a map, each row a country: where centres stand, or a figure for each.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a country; ``source_id`` gives the source line.
    country : str
        The column of countries, by the names of the table ``outlines``.
    value : str, optional
        A column of numbers, written under the names.
    by : str, optional
        The column that says whose the places are; one map for each, in that country's colour,
        with the country itself in black. Without it each country has its own colour.
    region : str
        ``"world"``, or ``"Central Asia"``, where countries are named.
    finding, sentence, sources
        As for :func:`bars`.

    Returns
    -------
    Chart

    Raises
    ------
    CourseError
        Where a country has no outline, or a region is not known.
    """
    rows = frame.dropna(subset=[country])
    missing = sorted(set(rows[country]) - set(data.load("outlines")["country"]))
    if missing:
        raise CourseError(
            texts.text(
                "There is no outline of {names} on the course's map. See the table outlines.",
                names=", ".join(missing),
            )
        )
    if region not in REGIONS:
        raise CourseError(
            texts.text(
                "There is no region {name!r} on the course's map. See the table outlines.",
                name=region,
            )
        )
    groups = [(None, rows)] if by is None else list(rows.groupby(by, sort=False))
    title = 0 if by is None else 22
    drawings = []
    for edges, width, across in zip(REGIONS[region], (WIDE, NARROW), (2, 1), strict=True):
        paper = _Paper(edges, region)
        grid = _Grid(paper, width, across if len(groups) > 2 else 1, len(groups), title)
        paper.step = max(3, round(1 / grid.scale))  # a pixel
        drawings.append((grid, _maps(paper, grid, groups, country, value)))
    (wide, wide_maps), (narrow, narrow_maps) = drawings
    # A phone shows the narrow drawing at three quarters of its size, at which it is readable.
    height = max(wide.height, round(0.76 * narrow.height))
    svg = image(wide_maps, narrow_maps, (wide.height, narrow.height))
    return shown(svg, height, finding, sentence, _said(groups, country, value), rows, sources)


def _maps(paper, grid, groups, country, value):
    """Return the maps of one drawing, with each country's path written once."""
    places = [place for name, group in groups for place in [name, *group[country]] if place]
    named = {place: f"{grid.name}{at}" for at, place in enumerate(dict.fromkeys(places))}
    paths = "".join(f'<path id="{key}" d="{paper.country(n)}"/>' for n, key in named.items())
    maps = "".join(
        _map(paper, grid, at, name, group, country, value, named)
        for at, (name, group) in enumerate(groups)
    )
    return (
        f'<defs><path id="{grid.name}land" d="{paper.land()}"/>{paths}</defs>'
        f'<rect width="100%" height="100%" fill="{SHORT_WHITE}"/>{maps}'
    )


class _Paper:
    """A region's map on its own paper: outlines and middles of countries in whole units."""

    def __init__(self, edges, region):
        self.region = region
        self.step = 3  # a corner nearer than this to the last is left out
        self.edges = west, south, east, north = edges
        corners = self._flat(np.array([(west, 0), (east, 0), (0, south), (0, north)], float))
        self._origin = np.array([corners[0, 0], corners[3, 1]])
        self._scale = _UNITS / (corners[1, 0] - corners[0, 0])
        self.height = round((corners[3, 1] - corners[2, 1]) * self._scale)
        self.outlines = {}
        for row in data.load("outlines").itertuples():
            corners = np.array(row.outline.split(), float).reshape(-1, 2)
            low, high = corners.min(axis=0), corners.max(axis=0)
            if low[0] < east and high[0] > west and low[1] < north and high[1] > south:
                self.outlines.setdefault(row.country, []).append(corners)

    def _flat(self, corners):
        """Return corners on the paper: Equal Earth for the world, stretched for a region."""
        centre = np.mean(self.edges[::2])
        east, north = np.radians(corners[:, 0] - centre), np.radians(corners[:, 1])
        if self.region != "world":
            middle = np.radians(np.mean(self.edges[1::2]))
            return np.column_stack([east * np.cos(middle), north])
        # The polynomial of Šavrič, Patterson and Jenny (2018): areas are true to size.
        theta = np.arcsin(np.sqrt(3) / 2 * np.sin(north))
        a, b, c, d = 1.340264, -0.081106, 0.000893, 0.003796
        slope = 9 * d * theta**8 + 7 * c * theta**6 + 3 * b * theta**2 + a
        x = 2 * np.sqrt(3) * east * np.cos(theta) / (3 * slope)
        return np.column_stack([x, d * theta**9 + c * theta**7 + b * theta**3 + a * theta])

    def place(self, corners):
        """Return corners in whole units of the paper, from its top left."""
        flat = (self._flat(corners) - self._origin) * (self._scale, -self._scale)
        return flat.round().astype(int)

    def land(self):
        """Return the path of all countries."""
        return "".join(self.country(name) for name in self.outlines)

    def country(self, name):
        """Return the path of one country, without corners that no eye would tell apart."""
        path = ""
        for corners in self.outlines.get(name, []):
            points = self.place(corners)
            kept = [points[0]]
            for point in points[1:-1]:
                if np.abs(point - kept[-1]).max() >= self.step:
                    kept.append(point)
            if len(kept) > 2:
                steps = " ".join(f"{x} {y}" for x, y in np.diff(kept, axis=0))
                path += f"M{kept[0][0]} {kept[0][1]}l{steps}z"
        return path

    def middle(self, name):
        """Return the middle of the part of a country that the map shows, None where none is."""
        from matplotlib.path import Path

        west, south, east, north = self.edges
        grid = np.meshgrid(np.linspace(west, east, 90), np.linspace(south, north, 60))
        points = np.stack(grid, axis=-1).reshape(-1, 2)
        inside = np.zeros(len(points), bool)
        for corners in self.outlines.get(name, []):
            inside |= Path(corners).contains_points(points)
        return self.place(points[inside].mean(axis=0, keepdims=True))[0] if inside.any() else None


class _Grid:
    """Where the maps of one drawing stand: their scale and their top left corners."""

    def __init__(self, paper, width, across, many, title):
        self.name = "w" if width == WIDE else "n"
        self.scale = (width / across - 12) / _UNITS
        self.title = title
        down = -(-many // across)
        step = paper.height * self.scale + title + 10
        self.height = round(step * down + 6)
        self.corners = [
            (6 + at % across * width / across, 4 + at // across * step) for at in range(many)
        ]


def _map(paper, grid, at, name, group, country, value, named):
    """Return one map: the land, the countries that are filled, and their names."""
    x, y = grid.corners[at]
    other = NEUTRAL if name else OTHER_LAND
    fills = {place: COLOURS.get(str(name or place), other) for place in group[country]}
    if name:
        fills[name] = INK
    filled = "".join(
        f'<use xlink:href="#{named[place]}" fill="{ink}"/>' for place, ink in fills.items()
    )
    stroke = 0.5 / grid.scale if paper.region == "world" else 1 / grid.scale
    inside = f'viewBox="0 0 {_UNITS} {paper.height}" width="{_UNITS * grid.scale:.1f}"'
    parts = [
        f'<svg x="{x:.1f}" y="{y + grid.title:.1f}" {inside} height="{paper.height * grid.scale:.1f}">'
        f'<g stroke="{SHORT_WHITE}" stroke-width="{stroke:.1f}"><use xlink:href="#{grid.name}land" fill="{LAND}"/>'
        f"{filled}</g></svg>"
    ]
    if name:
        parts.append(
            _text(
                x,
                y + 15,
                [
                    texts.texts(
                        "{name}: {count} country",
                        "{name}: {count} countries",
                        group[country].nunique(),
                        name=texts.cell(name),
                    )
                ],
                _ink(name),
                "start",
            )
        )
    if paper.region != "world":
        parts.append(_names(paper, grid, (x, y + grid.title), group, country, value))
    return "".join(parts)


def _ink(name):
    return COLOURS.get(str(name), INK)


def _names(paper, grid, corner, group, country, value):
    """Return the names of countries with their figures, those left out that would touch."""
    places = decimals_of(group[value]) if value else 0
    taken, parts = [], []
    order = group[country].map(lambda place: place not in COLOURS).sort_values(kind="stable").index
    for _, row in group.loc[order].iterrows():
        middle = paper.middle(row[country])
        if middle is None:
            continue
        lines = [texts.cell(row[country])] + (
            [texts.number(float(row[value]), places)] if value else []
        )
        x, y = corner[0] + middle[0] * grid.scale, corner[1] + middle[1] * grid.scale
        half = 3.7 * max(len(line) for line in lines)
        x = min(max(x, corner[0] + half), corner[0] + _UNITS * grid.scale - half)
        box = (x - half, y - 7 * len(lines), x + half, y + 7 * len(lines))
        if not any(_touch(box, other) for other in taken):
            taken.append(box)
            parts.append(_text(x, y + 4 - 7 * (len(lines) - 1), lines, INK, "middle"))
    return "".join(parts)


def _touch(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _text(x, y, lines, ink, anchor):
    spans = "".join(
        f'<tspan x="{x:.1f}" y="{y + 14 * at:.1f}">{escape(line)}</tspan>'
        for at, line in enumerate(lines)
    )
    halo = f'stroke="{SHORT_WHITE}" stroke-width="3" paint-order="stroke" '
    return f'<text {halo}font-size="12" font-weight="bold" fill="{ink}" text-anchor="{anchor}">{spans}</text>'


def _said(groups, country, value):
    if value is not None:
        rows = groups[0][1]
        places = decimals_of(rows[value])
        listed = ", ".join(
            texts.text(
                "{name} {value}", name=texts.cell(place), value=texts.number(float(figure), places)
            )
            for place, figure in zip(rows[country], rows[value], strict=True)
        )
        return texts.text("{measure}: {listed}.", measure=upper(label(rows, value)), listed=listed)
    told = []
    for name, group in groups:
        listed = ", ".join(texts.cell(place) for place in dict.fromkeys(group[country]))
        told.append(
            texts.text("{name}: {listed}", name=texts.cell(name), listed=listed)
            if name
            else texts.text("Shown: {listed}", listed=listed)
        )
    return texts.text("{line}.", line="; ".join(told))
