"""What every lab shares: a live view where there is a kernel, a static twin everywhere else."""

from pathlib import Path

import anywidget

from softpower.figures import table_html

_HERE = Path(__file__).parent


class Lab(anywidget.AnyWidget):
    """A lab: Python computes, the browser draws.

    A subclass names its script in ``_esm`` and gives ``twin()``. The twin is the lab's HTML
    output: print, hosts without widgets and a stored notebook show it, and a live notebook
    shows the lab instead.
    """

    _css = _HERE / "lab.css"

    def twin(self):
        """Return (caption, table): what the lab shows at its present settings.

        Returns
        -------
        tuple of str and pandas.DataFrame
        """
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs):
        bundle = super()._repr_mimebundle_(**kwargs)
        live, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        caption, table = self.twin()
        live["text/html"] = table_html(table, caption=caption)
        live["text/plain"] = caption
        return live, metadata


def script(name):
    """Return a lab's script, with what all labs share (``lab.js``) before it."""
    return "".join((_HERE / f"{file}.js").read_text(encoding="utf-8") for file in ("lab", name))
