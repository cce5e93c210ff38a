"""How far two markers agree: the course's own measures on the levels that both have given."""

import math

from softpower import texts
from softpower.grading.markers import plain
from softpower.grading.names import called

FEW = 20
COPIED = texts.mark(
    "They agree in everything. Was the second sheet copied before the first of you had marked? If "
    "not, these figures say nothing."
)
WAS_COPIED = texts.mark(
    "A level that was copied with the sheet counts as an agreement, unless the grader was run before "
    "the copy was made. If the second sheet was copied after the first of you had begun, empty such "
    "levels in it."
)


def compare(pairs):
    """Return how two markers compare, or None where nothing was marked by both.

    Parameters
    ----------
    pairs : dict
        By any key: (row of the marking sheet, the level that counts, the other level). The row
        may say the other's ``sheet`` and ``words``.

    Returns
    -------
    dict
        ``said``: the figures in a sentence; ``rows``: where they differ.
    """
    if not pairs:
        return None
    from softpower import coding  # it brings pandas, which most runs do without

    rows = [row for row, _, _ in pairs.values()]
    first, second = ([plain(pair[n]) for pair in pairs.values()] for n in (1, 2))
    same = coding.percent_agreement(first, second)
    kappa = coding.cohen_kappa(first, second)
    count, criteria = len(pairs), len({row.get("row_id", key) for key, (row, *_) in pairs.items()})
    both = _counted(count, criteria, same)
    if math.isnan(kappa):
        figure = texts.text("Cohen's kappa cannot be had where all levels are one and the same.")
    else:
        figure = texts.text(
            "Cohen's kappa is {kappa}: 1 is full agreement, 0 is what chance alone would give.",
            kappa=texts.number(kappa, 2),
        )
    few = texts.text("That is few: read it as a hint.") if count < FEW else ""
    copied = texts.text(COPIED if same == 1 else WAS_COPIED) if same else ""
    return {
        "said": texts.sentences(both, figure, few, copied),
        "rows": [
            {
                "question": row.get("question", ""),
                "criterion": texts.text(row.get("criterion", "")),
                "student": called((row.get("student", ""), row.get("number", ""))),
                "first": one,
                "second": other,
                "words": row.get("words", ""),
                "sheet": texts.text(row.get("sheet", "")),
            }
            for row, one, other in zip(rows, first, second, strict=True)
            if one != other
        ],
    }


def _counted(count, criteria, same):
    """Say how many pairs of levels there are, of how many criteria, and which share is alike."""
    alike = {"same": texts.number(round(same * count)), "share": texts.percent(100 * same)}
    if criteria < count:
        return texts.text(
            "{criteria} criteria were marked by several people. In {count} pairs of the level that "
            "counts and another's, both are the same in {same} ({share}).",
            criteria=texts.number(criteria),
            count=texts.number(count),
            **alike,
        )
    return texts.texts(
        "{count} criterion was marked by two people, who chose the same level in {same} ({share}).",
        "{count} criteria were marked by two people, who chose the same level in {same} of them "
        "({share}).",
        count,
        **alike,
    )
