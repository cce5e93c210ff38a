"""Lets nbval read our notebooks: they are stored without the numbers of a run.

A learner's first run would otherwise show no effect, since the number is there already. nbval
takes a cell without a number for one that was never run, so each gets one while it is tested.
"""


def pytest_itemcollected(item):
    """Give a stored cell a number, in memory only."""
    cell = getattr(item, "cell", None)
    if cell is not None and cell.get("cell_type") == "code":
        cell.execution_count = cell.execution_count or 1
