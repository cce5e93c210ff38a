"""Every colour of the course, by name, on a light page and on a dark one.

Charts, maps, labs, messages, the grader's pages, what is printed and the site take theirs from
here, by name; no other file spells a colour, so that one is changed in one place. The style
sheets of pages and labs are made from the same names.
"""

# Safe for colour-blind readers (after Okabe and Ito, darkened so that each colour has a
# contrast of at least 4.5 to 1 on white and can carry text).
BLUE, ORANGE, GREEN, PURPLE, GREY, INK = (
    "#0067A5",
    "#B34700",
    "#00735C",
    "#8A3C7A",
    "#6B6B6B",
    "#222222",
)
# A country has its colour everywhere; whatever is no such country is neutral.
COLOURS = {
    "Kazakhstan": BLUE,
    "South Korea": ORANGE,
    "Japan": PURPLE,
    "United Kingdom": GREEN,
}
COUNTRIES = {
    "Kazakhstan": "kazakhstan",
    "South Korea": "korea",
    "Japan": "japan",
    "United Kingdom": "britain",
}
NEUTRAL = "#4F5D6B"
PALE = "#8C959D"  # for what is not highlighted; it carries no text
WHITE, DARK = "#FFFFFF", "#1C1C1C"  # the card of a picture, and its twin on a dark page
SHORT_WHITE = "#fff"  # as the maps write it: they are long
GRID, BAND = "#DDDDDD", "#EEEEEE"  # the lines of a chart, and its band where a rule changed
LAND, OTHER_LAND = "#E1E5E8", "#AEB9C3"  # a map, and its countries without a colour
PARTLY, NO_ANSWER = "#7FB8AD", "#C8C8C4"  # in a bar beside green and orange

# The word of a message is white on its colour, which holds on a light page and on a dark one.
MESSAGES = {
    "right": GREEN,
    "partly": "#1F5FA8",
    "wrong": "#A63F00",
    "other": "#555555",
}

# On a dark page: each colour's lighter twin, with the same contrast on the dark card. Those that
# are not named, such as PALE, are seen on both.
IN_THE_DARK = {
    WHITE: DARK,
    SHORT_WHITE.upper(): DARK,
    INK: "#EDEDED",
    GREY: "#A0A0A0",
    NEUTRAL: "#A8A8A8",
    BLUE: "#6DB8EA",
    ORANGE: "#F59A5B",
    GREEN: "#4CC3A5",
    PURPLE: "#D593C8",
    GRID: "#4A4A4A",
    BAND: "#333333",
    LAND: "#3A3F44",
    OTHER_LAND: "#66717C",
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
    "edge": _both(GREY),
    "faint": ("#595959", "#B8B8B8"),
    "rule": ("#CCCCCC", "#4A4A4A"),
    "pale": (GRID, "#3A3A3A"),
    "bar": ("#8A8A8A", "#8F8F8F"),
    "button": ("#F2F2F2", "#2D2D2D"),
    "soft": ("#E8F2F9", "#12324A"),
    "told": ("#FFF6DC", "#3A3115"),  # behind what a page has to say
    "right": _both(GREEN),
    "wrong": (ORANGE, "#FF9A5C"),
    "doubt": (PURPLE, "#DC9BD0"),
}


def of_country(country):
    """Return the name of a country's colour, ``"neutral"`` for any but the four."""
    return COUNTRIES.get(country, "neutral")


def _named(scheme):
    return " ".join(f"--{name}: {both[scheme]};" for name, both in PALETTE.items())


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
        rules.append(f"{where} {{ color-scheme: {('light', 'dark')[scheme]}; {_named(scheme)} }}\n")
    return "".join(rules)


def of_page(dark=True):
    """Return the palette as variables of a whole page.

    Parameters
    ----------
    dark : bool
        Whether the page turns dark with its reader's system; what is printed does not.
    """
    if not dark:
        return f":root {{ {_named(0)} }}\n"
    return (
        f":root {{ color-scheme: light dark; {_named(0)} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {_named(1)} }} }}\n"
    )
