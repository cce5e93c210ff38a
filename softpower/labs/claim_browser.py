"""The claim browser: the documents' claims by document, topic and verdict, each to be opened."""

import pandas as pd
import traitlets

from softpower import data
from softpower.labs.lab import Lab, script

FILTERS = {"source_id": "Document", "topic": "Topic", "verdict": "Verdict"}


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
    parts = ", ".join(f"{verdict}: {count}" for verdict, count in counts.items())
    return f"{len(shown)} of {len(claims)} claims. {parts}".strip()


def card(claim):
    """Return what opening one claim shows: a list of label and text.

    Parameters
    ----------
    claim : mapping
        A row of the table ``claims``.
    """
    against = claim["check_source_id"]
    checked = f" ({data.source(against)['short']})" if pd.notna(against) else ""
    whose = "Our own inference. " if claim["own_check"] else ""
    return [
        ("Where", f"{data.source(claim['source_id'])['short']}, {claim['place']}"),
        ("Checked against", claim["check"] + checked),
        ("Verdict", f"{claim['verdict']}. What decided: {claim['reason_code']}."),
        ("Why", claim["reason"]),
        ("How our check could be wrong", whose + claim["doubt"]),
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
            {"column": column, "label": label, "options": self._options(column)}
            for column, label in FILTERS.items()
        ]
        super().__init__(filters=filters, **kwargs)
        self._choose()

    def _options(self, column):
        values = list(dict.fromkeys(self._claims[column]))
        if column != "source_id":
            return [{"value": value, "text": value} for value in values]
        return [{"value": value, "text": data.source(value)["short"]} for value in values]

    @traitlets.observe("choices")
    def _choose(self, change=None):
        rows = chosen(self._claims, self.choices)
        self.shown = [
            {"id": row["claim_id"], "says": row["says"], "card": card(row)}
            for _, row in rows.iterrows()
        ]
        self.status = summary(rows, self._claims)

    def twin(self):
        """Return the claims that the filters leave, with their verdicts and reasons."""
        rows = chosen(self._claims, self.choices)
        table = pd.DataFrame(
            {
                "What the document says": rows["says"],
                "Document": [data.source(key)["short"] for key in rows["source_id"]],
                "Verdict": rows["verdict"],
                "Reason": rows["reason_code"],
                "Why": rows["reason"],
            }
        )
        return f"Claim browser. {self.status}.", table
