"""What every lab shares: a live view where there is a kernel, a static twin everywhere else."""

import os
from html import escape
from pathlib import Path

import anywidget
import traitlets

from softpower import texts
from softpower.figures import table_html
from softpower.palette import style_sheet

_HERE = Path(__file__).parent
LIVE_VIEW = "application/vnd.jupyter.widget-view+json"

# The parts of the kit, in the order in which they are put together.
KIT = ("elements", "words", "controls", "tables", "drawing", "frame", "draft")
_DARK = ':is([data-jp-theme-light="false"], .vscode-dark, [data-theme="dark"])'

# A saved notebook keeps two outputs of a lab: the live view, and the twin. Without Python the
# live view is an empty box or the words "Error displaying widget", which say nothing to a
# reader; these rules show it only while it is alive, and the twin only while it is not.
_ONE_OF_TWO = """<style>
.jp-OutputArea:has(.softpower-twin) .jp-OutputArea-output.lm-Panel:not(:has(> *)) { display: none; }
.jp-OutputArea:has(.jp-OutputArea-output.lm-Panel > *) .jp-OutputArea-child:has(.softpower-twin) { display: none; }
@media screen { .jp-OutputArea:has(.jp-OutputArea-output.lm-Panel) .softpower-twin { animation: softpower-wait 0s 1.5s backwards; } }
@keyframes softpower-wait { from { max-height: 0; overflow: hidden; } }
</style>"""


def script(*names):
    """Return a lab's script: the kit that all labs share, then the lab's own files."""
    files = [*(f"kit/{name}.js" for name in KIT), *(f"{name}.js" for name in names)]
    return "".join((_HERE / file).read_text(encoding="utf-8") for file in files)


def speech(code):
    """Return what a script needs to speak the reader's language: its messages, forms and marks."""
    thousands, point, percent = texts.marks()
    found = {"lang": texts.language(), "thousands": thousands, "point": point, "percent": percent}
    if texts.language() == texts.ENGLISH:
        return found  # English stands in the script
    plain, counted = texts.in_script(code)
    said = {message: texts.text(message) for message in plain}
    said |= {one: texts.forms(one, many) for one, many in counted}
    return found | {"messages": said, "plural": texts.counting()}


def printed():
    """Return whether a page is being made that is read without Python (``softpower refresh``).

    A learner's own notebook waits for nothing that only such a page shows.
    """
    return os.environ.get("SOFTPOWER_PRINTED") == "1"


class Lab(anywidget.AnyWidget):
    """A lab: Python computes, the browser draws.

    A subclass names its script in ``_esm`` and gives ``twin()``. The twin is the lab's second
    output: print, hosts without widgets and a stored notebook show it, and a live notebook
    shows the lab instead.
    """

    _css = style_sheet(".softpower-lab", _DARK) + (_HERE / "lab.css").read_text(encoding="utf-8")
    speech = traitlets.Dict().tag(sync=True)

    _twins = ()

    @traitlets.default("speech")
    def _speech(self):
        return speech(self._esm)

    def twin(self):
        """Return (caption, table): what the lab shows at its present settings.

        Returns
        -------
        tuple of str and pandas.DataFrame
        """
        raise NotImplementedError

    def kept_in(self):
        """Return the path of the file that keeps what was done here, or None."""
        return None

    def asleep(self):
        """Return what a reader of the twin has to know: how to go on, and what is kept."""
        again = texts.text("Run the first cell of this page, then this one, to go on.")
        file = self.kept_in()
        if file is None:
            return again
        name = f"my_work/{Path(file).name}"
        if Path(file).exists():
            return f"{again} {texts.text('What you did is kept in {file}.', file=name)}"
        return f"{again} {texts.text('What you do is kept in {file}.', file=name)}"

    def below(self):
        """Return HTML that stands under the twin's table, such as a folded key."""
        return ""

    def twin_html(self):
        """Return the twin as HTML: how to go on, then the table, then what stands below it."""
        caption, table = self.twin()
        spoken = texts.language()
        lang = "" if spoken == texts.ENGLISH else f' lang="{spoken}"'
        return (
            f'<div class="softpower-twin"{lang}><p><strong>{escape(self.asleep())}</strong></p>'
            f"{table_html(table, caption=caption)}{self.below()}</div>"
        )

    def _repr_mimebundle_(self, **kwargs):
        bundle = super()._repr_mimebundle_(**kwargs)
        live, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        live["text/html"] = self.twin_html()
        live["text/plain"] = f"{self.asleep()} {self.twin()[0]}"
        return live, metadata

    def _ipython_display_(self):
        from IPython.display import display

        bundle, metadata = self._repr_mimebundle_()
        live = {kind: bundle.pop(kind) for kind in [LIVE_VIEW] if kind in bundle}
        display(live, metadata=metadata, raw=True)
        bundle["text/html"] = _ONE_OF_TWO + bundle["text/html"]
        self._twins = [*self._twins, display(bundle, raw=True, display_id=True)]

    def draw_twin_again(self):
        """Bring the saved picture up to date with what was done since it was made."""
        if self._twins:
            words = {"text/html": _ONE_OF_TWO + self.twin_html(), "text/plain": self.twin()[0]}
            for twin in self._twins:
                twin.update(words, raw=True)
