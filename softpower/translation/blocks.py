"""Markdown, cut into what a translator sees, and put together again with nothing lost.

A block is a heading without its marks, a paragraph, an item of a list, a cell of a table, a line
of a quotation's own. What nobody translates (code fences, comments, rules, lines of bare HTML or
mathematics) stays where it is. Cutting and putting together gives the same text, byte for byte.
"""

import re
from dataclasses import dataclass

_FENCE = re.compile(r"^\s*(```+|~~~+|\$\$)")
_HEADING = re.compile(r"(#{1,6}[ \t]+)(.*?)([ \t]*)")
_ITEM = re.compile(r"([ \t]*(?:>[ \t]?)*[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+)(.*)")
_QUOTE = re.compile(r"([ \t]*(?:>[ \t]?)+)(.*)")
_ROW = re.compile(r"\s*\|.*\|\s*")
_RULE = re.compile(
    r"\s*(?:\|?[ :|-]*-{3,}[ :|-]*|<!--.*-->|### (?:BEGIN|END) SOLUTION|</?(?:div|details|p|table|br)\b[^>]*>)\s*"
)
_CELLS = re.compile(r"((?:[^|\\`]|\\.|`[^`]*`)+)")
WORD = re.compile(r"[^\W\d_]{2,}")
# What holds no word to translate: code, mathematics, a word that is given in a language of its own,
# tags, addresses, names of places, numbers of questions (03.4, 10.code2; 10.4 may be a figure too).
UNSPOKEN = re.compile(
    r"```.*?```|<span lang=[^<>]*>[^<]*</span>|`[^`\n]*`|\$\$.*?\$\$|(?<![\\\w])\$[^$\n]+\$(?!\d)|<[^<>\n]+>|(?<=\])\([^()\s]*\)"
    r"|\[@[^\]\n]*\]|@\[[^\]\n]*\]|https?://\S+|CC BY[\w-]* \d\.\d|\b\d+(?:\.\d+){2,}|\b0\d\.\d+\b|\b\d\d\.code\d+\b|\{[^{}\s]*\}",
    re.S,
)


@dataclass(frozen=True)
class Piece:
    """Part of a text: ``kind`` is empty for what stays as it is."""

    text: str
    kind: str = ""


def spoken(text):
    """Say whether a text has a word that a translator may have to do with."""
    return WORD.search(UNSPOKEN.sub(" ", text)) is not None


def cut(text):
    """Return a text's pieces in order; joined, they are the text."""
    pieces, paragraph, fence = [], [], None
    for line in text.splitlines(keepends=True):
        bare, end = line.rstrip("\n"), line[len(line.rstrip("\n")) :]
        mark = _FENCE.match(bare)
        if fence or (mark and not bare.strip().endswith("$$", 2)):
            pieces += [*_paragraph(paragraph), Piece(line)]
            fence = None if fence and mark and mark[1] == fence else fence or mark[1]
        elif not bare.strip() or _RULE.fullmatch(bare):
            pieces += [*_paragraph(paragraph), Piece(line)]
        elif heading := _HEADING.fullmatch(bare):
            pieces += _paragraph(paragraph)
            pieces += [Piece(heading[1]), Piece(heading[2], "heading"), Piece(heading[3] + end)]
        elif _ROW.fullmatch(bare):
            pieces += _paragraph(paragraph) + _cells(bare) + [Piece(end)]
        else:
            if (start := _ITEM.fullmatch(bare)) or (
                not paragraph and (start := _QUOTE.fullmatch(bare))
            ):
                pieces += _paragraph(paragraph)
                pieces.append(Piece(start[1]))
                line = start[2] + end
                kind = "item" if _ITEM.fullmatch(bare) else "quotation"
            else:
                kind = "paragraph"
            paragraph.append((line, kind))
    return [piece for piece in pieces + _paragraph(paragraph) if piece.text]


def _paragraph(lines):
    """Return a paragraph's piece, its last end of line apart, and empty the list."""
    if not lines:
        return []
    text, kind = "".join(line for line, _ in lines), lines[0][1]
    lines.clear()
    body = text.rstrip("\n")
    return [Piece(body, kind if spoken(body) else ""), Piece(text[len(body) :])]


def _cells(row):
    found = []
    for part in _CELLS.split(row):
        body = part.strip()
        if body and spoken(body):
            before, _, after = part.partition(body)
            found += [Piece(before), Piece(body, "cell"), Piece(after)]
        else:
            found.append(Piece(part))
    return found


def messages(text):
    """Return the texts of a piece of Markdown that a translator has to do with, in order."""
    return [piece.text for piece in cut(text) if piece.kind and spoken(piece.text)]


def changed(text, said):
    """Return a text with each of its blocks said in another way.

    Parameters
    ----------
    text : str
        Markdown.
    said : callable
        Takes a block and its kind, returns what stands in its place.
    """
    return "".join(
        said(piece.text, piece.kind) if piece.kind and spoken(piece.text) else piece.text
        for piece in cut(text)
    )
