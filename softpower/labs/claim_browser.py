"""The claim browser: the documents' claims by document, topic and verdict, each to be opened."""

import pandas as pd
import traitlets

from softpower import data, texts
from softpower.labs.lab import Lab, script

FILTERS = {
    "source_id": texts.mark("Document"),
    "topic": texts.mark("Topic"),
    "verdict": texts.mark("Verdict"),
}


def chosen(claims, choices):
    """Return the claims that meet every choice.

    Parameters
    ----------
    claims : pandas.DataFrame
        The table ``claims``.
    choices : dict
        Column to value; an empty value means all.

    Returns
    -------
    pandas.DataFrame
    """
    for column, value in choices.items():
        if value:
            claims = claims[claims[column] == value]
    return claims


def summary(shown, claims):
    """Return one line that counts the claims shown, by verdict."""
    counts = shown["verdict"].value_counts()
    parts = (f"{texts.cell(verdict)}: {texts.number(count)}" for verdict, count in counts.items())
    counted = texts.text(
        "{count} of {all} claims.", count=texts.number(len(shown)), all=texts.number(len(claims))
    )
    return texts.sentences(counted, ", ".join(parts))


def card(claim):
    """Return what opening one claim shows: a list of label and text.

    Parameters
    ----------
    claim : mapping
        A row of the table ``claims``.
    """
    against, checked = claim["check_source_id"], texts.cell(claim["check"])
    if pd.notna(against):
        checked = f"{checked} ({data.source(against)['short']})"
    whose = texts.text("Our own inference.") if claim["own_check"] else ""
    decided = texts.text(
        "{verdict}. What decided: {reason}.",
        verdict=texts.cell(claim["verdict"]),
        reason=texts.cell(claim["reason_code"]),
    )
    return [
        (
            texts.text("Where"),
            f"{data.source(claim['source_id'])['short']}, {texts.cell(claim['place'])}",
        ),
        (texts.text("Checked against"), checked),
        (texts.text("Verdict"), decided),
        (texts.text("Why"), texts.cell(claim["reason"])),
        (
            texts.text("How our check could be wrong"),
            texts.sentences(whose, texts.cell(claim["doubt"])),
        ),
    ]


class ClaimBrowser(Lab):
    """Filters over the table of claims; a claim opens to show how it was checked."""

    _esm = script("claim_browser")
    filters = traitlets.List().tag(sync=True)
    choices = traitlets.Dict().tag(sync=True)
    shown = traitlets.List().tag(sync=True)
    status = traitlets.Unicode().tag(sync=True)

    def __init__(self, **kwargs):
        self._claims = data.load("claims")
        filters = [
            {"column": column, "label": texts.text(label), "options": self._options(column)}
            for column, label in FILTERS.items()
        ]
        super().__init__(filters=filters, **kwargs)
        self._choose()

    def _options(self, column):
        values = list(dict.fromkeys(self._claims[column]))
        if column != "source_id":
            return [[value, texts.cell(value)] for value in values]
        return [[value, data.source(value)["short"]] for value in values]

    @traitlets.observe("choices")
    def _choose(self, change=None):
        rows = chosen(self._claims, self.choices)
        self.shown = [
            {"id": row["claim_id"], "says": texts.cell(row["says"]), "card": card(row)}
            for _, row in rows.iterrows()
        ]
        self.status = summary(rows, self._claims)

    def twin(self):
        """Return the claims that the filters leave, with their verdicts and reasons."""
        rows = chosen(self._claims, self.choices)
        table = pd.DataFrame(
            {
                texts.text("What the document says"): rows["says"],
                texts.text("Document"): [data.source(key)["short"] for key in rows["source_id"]],
                texts.text("Verdict"): rows["verdict"],
                texts.text("Reason"): rows["reason_code"],
                texts.text("Why"): rows["reason"],
            }
        )
        return texts.text("Claim browser. {counted}.", counted=self.status), table
