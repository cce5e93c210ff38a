"""Every colour that a picture or a lab wears, by name, on a light page and on a dark one.

A drawing names its colours and never spells them, so that it follows the page; the style sheet of
the labs is made from the same names. The colours themselves, safe for colour-blind readers,
stand in ``style``; here they get their names.
"""

from softpower.figures.style import (
    BLUE,
    COLOURS,
    DARK,
    GREEN,
    GREY,
    IN_THE_DARK,
    INK,
    NEUTRAL,
    ORANGE,
    PURPLE,
    WHITE,
)

COUNTRIES = {
    "Kazakhstan": "kazakhstan",
    "South Korea": "korea",
    "Japan": "japan",
    "United Kingdom": "britain",
}


def _both(light):
    return light, IN_THE_DARK[light]


# Each with a contrast of at least 4.5 to 1 on its ground where it carries text.
PALETTE = {
    **{name: _both(COLOURS[country]) for country, name in COUNTRIES.items()},
    "neutral": _both(NEUTRAL),  # whatever is no such country
    "grey": _both(GREY),
    "ink": _both(INK),
    "paper": (WHITE, DARK),
    "accent": _both(BLUE),
    "target": _both(ORANGE),
    "edge": (GREY, "#A0A0A0"),
    "faint": ("#595959", "#B8B8B8"),
    "rule": ("#CCCCCC", "#4A4A4A"),
    "pale": ("#DDDDDD", "#3A3A3A"),
    "bar": ("#8A8A8A", "#8F8F8F"),
    "button": ("#F2F2F2", "#2D2D2D"),
    "soft": ("#E8F2F9", "#12324A"),
    "right": _both(GREEN),
    "wrong": (ORANGE, "#FF9A5C"),
    "doubt": (PURPLE, "#DC9BD0"),
}


def of_country(country):
    """Return the name of a country's colour, ``"neutral"`` for any but the four."""
    return COUNTRIES.get(country, "neutral")


def style_sheet(box, dark):
    """Return the palette as variables of a style sheet.

    Parameters
    ----------
    box : str
        The selector of what wears the colours on a light page.
    dark : str
        The selector of a dark page.
    """
    rules = []
    for where, scheme in ((box, 0), (f"{dark} {box}", 1)):
        named = " ".join(f"--{name}: {both[scheme]};" for name, both in PALETTE.items())
        rules.append(f"{where} {{ color-scheme: {('light', 'dark')[scheme]}; {named} }}\n")
    return "".join(rules)
