"""What a page says where the notebook speaks of JupyterLab (``in_place_of_jupyter.toml``)."""

from functools import partial
from pathlib import Path

from softpower.translation import in_a_page

ROOT = Path(__file__).resolve().parent.parent
CELLS, EVERYWHERE = in_a_page.cells(ROOT), in_a_page.everywhere(ROOT)
as_here = partial(in_a_page.as_here, root=ROOT)
