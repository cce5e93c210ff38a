"""What pytest does with the notebooks when it compares them with what they give today."""


def pytest_collection_modifyitems(items):
    """Tell nbval that every stored cell has run.

    A lesson is stored without the numbers of its cells, because they tell a reader that a cell
    has run; nbval takes a cell without a number for one whose output it need not compare.
    """
    for item in items:
        cell = getattr(item, "cell", None)
        if cell is not None and getattr(cell, "cell_type", "") == "code":
            cell.execution_count = cell.execution_count or 1
