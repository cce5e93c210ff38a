"""The ten steps in which a plan is written: which of its parts stand in each.

The schema says what a plan is, and is published; in what order it is written is ours alone.
"""

from softpower import texts

STEPS = (
    (texts.word("1. Who and when"), ("title", "decision_maker", "start", "end")),
    (texts.word("2. The problem"), ("problem", "evidence")),
    (texts.word("3. Audiences"), ("audiences",)),
    (texts.word("4. The narrative"), ("message", "counter_voice")),
    (texts.word("5. Objectives"), ("objectives",)),
    (texts.word("6. Instruments and budget"), ("instruments",)),
    (texts.word("7. Indicators"), ("kpis",)),
    (texts.word("8. Assumptions"), ("assumptions",)),
    (texts.word("9. Risks and inclusion"), ("risks", "included", "left_out")),
    (texts.word("10. Your own sources"), ("sources",)),
)


def steps():
    """Return the steps as a form shows them, in the reader's language.

    Returns
    -------
    list of dict
        Each with its ``title`` and the names of its ``parts`` in the schema.
    """
    return [{"title": texts.cell(title), "parts": list(parts)} for title, parts in STEPS]
