"""Run the notebooks of a made edition one after another in this one process; a test starts it.

Prints, as JSON, the errors and what the checks said. One process instead of a kernel each: most
of the time of a notebook is the start of its kernel.
"""

import json
import os
import sys
from pathlib import Path

import nbformat
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output


def main(paths):
    """Run notebooks, each with names of its own."""
    shell = InteractiveShell.instance()
    errors, checks, shown = [], {}, []
    for path in map(Path, paths):
        os.chdir(path.parent)
        shell.reset(new_session=False)
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type != "code" or not cell.source.strip():
                continue
            with capture_output() as said:
                done = shell.run_cell(cell.source)
            wrong = done.error_before_exec or done.error_in_exec
            if wrong:
                errors.append(f"{path.stem}/{cell.id}: {type(wrong).__name__}: {wrong}")
            if hasattr(done.result, "status") and hasattr(done.result, "text"):
                checks[f"{path.stem}/{cell.id}"] = (done.result.status, done.result.text)
            shown.append(len(said.stdout))
    print(
        json.dumps({"errors": errors, "checks": checks, "cells": len(shown)}), file=sys.__stdout__
    )


if __name__ == "__main__":
    main(sys.argv[1:])
