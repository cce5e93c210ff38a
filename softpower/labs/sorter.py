"""Sorting: twenty acts between coercion and attraction, or cards on heaps; the key comes last."""

from typing import NamedTuple

import pandas as pd
import traitlets

from softpower import data, keep, texts
from softpower.errors import CourseError
from softpower.figures import table_html
from softpower.labs.lab import Lab, script


class Columns(NamedTuple):
    """Which column of a table of cards holds what."""

    key: str
    text: str
    heap: str
    detail: str = ""


TABLES = {
    "acts": Columns("act_id", "act", "step", "actor"),
    "cards": Columns("card_id", "card", "heap"),
}
KEY = texts.mark("The course's placings, after you have tried")


def reply(card, heap, if_so):
    """Say what placing a card on a heap shows.

    Parameters
    ----------
    card : mapping
        Its ``heap``, the other heap that can be defended (``also``), the ``reason``.
    heap : str
        Where the learner placed it.
    if_so : str
        What would be the case for a card that lies there.

    Returns
    -------
    tuple of str and str
        ``"same"``, ``"defensible"`` or ``"other"``, and the text.
    """
    reason = texts.cell(card["reason"])
    if heap == card["heap"]:
        return "same", reason
    if heap == card["also"]:
        return "defensible", texts.text(
            "The course says {heap}. {reason}", heap=texts.cell(card["heap"]), reason=reason
        )
    return "other", texts.text(
        "{if_so} But look here. {reason}", if_so=texts.cell(if_so), reason=reason
    )


def tally(replies):
    """Return one line that counts the placings by what they show."""
    verdicts = [verdict for verdict, _ in replies.values()]
    return texts.text(
        "{count} placed: {same} as the course does, {defensible} defensible, {other} to think about again.",
        count=texts.number(len(verdicts)),
        **{name: texts.number(verdicts.count(name)) for name in ("same", "defensible", "other")},
    )


def decks():
    """Return what can be sorted: the table ``decks``, by the deck's name."""
    return data.load("decks").fillna("").set_index("deck")


def dealt(name):
    """Return a deck's cards in the order in which they come, as a table.

    The tables list what belongs together side by side; the deck's stride mixes them.
    """
    deck = decks().loc[name]
    columns, rows = TABLES[deck["cards"]], data.load(deck["cards"]).fillna("")
    if "deck" in rows:
        rows = rows[rows["deck"] == name]
    order = [(deck["first"] + deck["stride"] * place) % len(rows) for place in range(len(rows))]
    names = dict(zip(columns, ("id", "text", "heap", "detail"), strict=True))
    return rows.iloc[order].rename(columns=names).reset_index(drop=True)


def _file(name, table):
    """Return the name of the file that keeps a deck's placings."""
    return f"{name}.json" if name == table else f"{table}_{name}.json"


class CardSorter(Lab):
    """Cards, some heaps, one card at a time; the reply comes at once, the key after the last.

    Parameters
    ----------
    deck : str
        A deck of the table ``decks``.
    file : path, optional
        Where the placings are kept: in ``my_work`` where not given.

    Raises
    ------
    CourseError
        Where there is no such deck.
    """

    _esm = script("sorter")
    words = traitlets.Dict().tag(sync=True)
    cards = traitlets.List().tag(sync=True)
    heaps = traitlets.List().tag(sync=True)
    placed = traitlets.Dict().tag(sync=True)
    replies = traitlets.Dict().tag(sync=True)
    tally = traitlets.Unicode().tag(sync=True)
    key = traitlets.List().tag(sync=True)
    former = traitlets.Bool(False).tag(sync=True)
    problem = traitlets.Unicode().tag(sync=True)

    def __init__(self, deck="japan", file=None, **kwargs):
        known = decks()
        if deck not in known.index:
            raise CourseError(
                texts.sentences(
                    texts.text("There are no cards {name!r}.", name=deck),
                    texts.text("There are: {names}.", names=", ".join(known.index)),
                )
            )
        self._deck, self._detail = known.loc[deck], TABLES[known.loc[deck, "cards"]].detail
        self._file = keep.my_work(_file(deck, self._deck["cards"])) if file is None else file
        self._rows = dealt(deck)
        self._by_id = self._rows.set_index("id")
        heaps = data.load("heaps").query("deck == @deck").set_index("heap")
        self._if_so = heaps["if_so"].to_dict()
        self._meanings = heaps["meaning"].to_dict()
        super().__init__(
            cards=[self._card(row) for row in self._rows.itertuples()],
            heaps=[[heap, *map(texts.cell, (heap, said))] for heap, said in self._meanings.items()],
            words={
                "title": texts.cell(self._deck["title"]),
                "kind": self._deck["kind"],
                "ends": [texts.cell(end) for end in self._deck[["first_end", "last_end"]] if end],
                "key": texts.text(KEY),
            },
            **({"placed": self._known(keep.read_json(self._file).get("placed"))} | kwargs),
        )
        self._answer()
        self._former = self._known(keep.read_json(self._file).get("former"))
        self.former = bool(self._former)
        self.observe(self._keep, "placed")
        self.on_msg(self._asked)

    def _card(self, row):
        return {
            "id": row.id,
            "text": texts.cell(row.text),
            "short": texts.cell(row.short),
            "detail": texts.cell(row.detail) if self._detail else "",
        }

    def _known(self, placings):
        known = placings.items() if isinstance(placings, dict) else ()
        return {
            card: heap for card, heap in known if card in self._by_id.index and heap in self._if_so
        }

    def _keep(self, change=None):
        try:
            keep.put(self._file, "placed", self.placed)
            keep.put(self._file, "former", self._former)
            self.problem = ""
        except CourseError as error:
            self.problem = str(error)
        self.draw_twin_again()

    @traitlets.observe("placed")
    def _answer(self, change=None):
        with self.hold_sync():
            self.replies = {
                card: reply(self._by_id.loc[card], heap, self._if_so[heap])
                for card, heap in self.placed.items()
            }
            self.tally = tally(self.replies)
            self.key = self._key() if len(self.placed) == len(self.cards) else []

    def _key(self):
        return [
            [texts.cell(one) for one in (row.text, row.heap, row.also or "–", row.reason)]
            for row in self._rows.itertuples()
        ]

    def _asked(self, _, message, __):
        """Begin again, or take the former placings back; the others are kept each time."""
        if message.get("ask") == "begin" and self.placed:
            self._former, self.placed = self.placed, {}
        elif message.get("ask") == "back" and self._former:
            self._former, self.placed = self.placed, self._former
        self.former = bool(self._former)
        self._keep()

    def kept_in(self):
        """Return the file of the placings."""
        return self._file

    def key_table(self):
        """Return the course's placings with their reasons, as a table."""
        one = texts.text("Act") if self._deck["kind"] == "act" else texts.text("Sentence")
        names = [
            one,
            texts.text("The course"),
            texts.text("Also defensible"),
            texts.text("Why"),
        ]
        return pd.DataFrame(self._key(), columns=names)

    def below(self):
        """Return the key, folded: a page without Python keeps it shut until one asks."""
        caption = texts.text("The course's placings; argue with them.")
        table = table_html(self.key_table(), caption=caption)
        return f"<details><summary>{texts.text(KEY)}</summary>{table}</details>"

    def twin(self):
        """Return the cards with the learner's heap, and what each heap means; not the key."""
        none = texts.text("not placed")
        table = pd.DataFrame({texts.text("What is said or done"): self._rows["text"]})
        if self._detail:
            table[texts.text("Who")] = self._rows["detail"]
        table[texts.text("Yours")] = [self.placed.get(card, none) for card in self._rows["id"]]
        heaps = "; ".join(
            f"{texts.cell(heap)}: {texts.cell(said)}" for heap, said in self._meanings.items()
        )
        done = self.tally if self.placed else texts.text("Nothing placed yet.")
        title = texts.cell(self._deck["title"])
        stop = "" if title.endswith("?") else "."
        return f"{title}{stop} {heaps}. {done}", table


class ContinuumSorter(CardSorter):
    """Twenty acts in a mixed order, on a line of four steps from hard to soft.

    Parameters
    ----------
    file : path, optional
        Where the placings are kept: ``acts.json`` in ``my_work`` where not given.
    """

    def __init__(self, file=None, **kwargs):
        super().__init__("acts", file, **kwargs)


def sorter_key(deck="acts"):
    """Return the course's placings of a deck with their reasons, as a table.

    Parameters
    ----------
    deck : str
        ``"acts"`` (lesson 01), ``"japan"`` (lesson 05) or ``"assets"`` (lesson 08).
    """
    return CardSorter(deck).key_table()
