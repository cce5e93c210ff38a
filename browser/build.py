"""Make the site: pages to read, and the course to work in.  python -m browser.build --out FOLDER"""

import argparse
import contextlib
import functools
import gzip
import hashlib
import http.server
import json
import shutil
import sys
import tempfile
import time
from html import escape
from pathlib import Path

from browser import languages, pages, parts, runtime
from softpower import palette, texts
from softpower.errors import CourseError

HERE = Path(__file__).parent
ROOT = HERE.parent
PACKED = (".html", ".css", ".js", ".json", ".wasm", ".svg", ".txt")


def step(label, work, *arguments):
    """Do one step and say how long it took."""
    print(f"  {label} ...", end="", flush=True)
    began = time.monotonic()
    result = work(*arguments)
    print(f" {time.monotonic() - began:.0f} s", flush=True)
    return result


def reading(out, solutions=True, editions=()):
    """Make the pages to read in each language, and the course as one file to take away."""
    tags = ["work", *(["answers"] if solutions else [])]
    languages.sphinx(ROOT, out, tags)
    languages.read(out, tags, editions)
    for name in (".buildinfo", "objects.inv", "*.map"):
        for path in out.glob(f"**/{name}"):
            path.unlink()
    for path in out.glob("**/jupyter_execute"):  # what was laid by while pages were made
        shutil.rmtree(path)
    (out / ".nojekyll").write_text("")  # else GitHub Pages leaves out the folders with a _


def working(out, sizes, solutions, editions=()):
    """Make the pages to work in, in each language; what is not words they share."""
    work = out / pages.FOLDER
    shutil.copytree(HERE / "page", work / "page", ignore=shutil.ignore_patterns("*.html"))
    style = work / "page" / "work.css"
    style.write_text(palette.of_page() + style.read_text("utf-8"), encoding="utf-8")
    standing = [texts.ENGLISH, *(one.code for one in editions)]
    _pages(work, pages.documents(solutions), sizes, standing)
    for one in editions:
        with one.speaking():
            everything = pages.documents(solutions, one.folder, one.here)
            _pages(out / pages.place(one.code), everything, sizes, standing)
        # What Python says in the language: fetched with a page of it, and with no other.
        said = texts.place(one.folder / "locale", one.code)
        shutil.copy(said, out / pages.place(one.code) / said.name)


def _pages(work, everything, sizes, standing):
    work.mkdir(parents=True, exist_ok=True)
    for number, document in enumerate(everything):
        before = everything[number - 1] if number else None
        after = everything[number + 1] if number + 1 < len(everything) else None
        text = pages.page(document, sizes, before, after, standing)
        (work / f"{document.name}.html").write_text(text, encoding="utf-8")
    books = {document.place: document.bare for document in everything}
    (work / "books.json").write_text(json.dumps(books, ensure_ascii=False), encoding="utf-8")
    (work / "index.html").write_text(pages.index(everything, standing), encoding="utf-8")
    (work / "parts.html").write_text(_parts(standing), encoding="utf-8")


def _parts(standing):
    """Return the page that lists what is shipped, with version and licence."""
    wanted = parts.wanted()
    rows = "".join(
        f"<tr><td>{escape(part['name'])}</td><td>{escape(part['version'])}</td>"
        f"<td>{escape(part['licence'])}</td><td><code>{escape(part['file'])}</code></td></tr>"
        for part in wanted["pyodide"] + wanted["package"]
        if part["file"] != "pyodide.mjs"
    )
    said = texts.text(
        "The course's own code is under the BSD 3-Clause licence, its prose, questions and "
        "pictures under CC BY 4.0. The lessons run on these parts, each as its makers published "
        "it, pinned by the sum of its bytes; what no page uses of them was left out, and Python "
        "code was compiled."
    )
    caption = escape(texts.text("Parts, with version and licence"))
    names = (
        texts.text("part"),
        texts.text("version"),
        texts.text("licence"),
        texts.text("file"),
    )
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    return pages.plain(
        texts.text("What this site is made of"),
        f"<p>{escape(said)}</p><table><caption>{caption}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table>",
        "parts",
        standing,
    )


def offline(out):
    """Make the service worker, which keeps the pages and what runs them for want of a network."""
    folders = [out / pages.FOLDER, *sorted(out.glob(f"*/{pages.FOLDER}"))]
    names = [path for one in folders for path in sorted(one.rglob("*")) if path.is_file()]
    kept = {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        for path in names
    }
    text = (HERE / "run" / "offline.js").read_text(encoding="utf-8")
    (out / pages.FOLDER / "run" / "offline.js").unlink(missing_ok=True)
    text = text.replace("{{kept}}", json.dumps(kept)).replace("{{folder}}", pages.FOLDER)
    (out / "sw.js").write_text(text, encoding="utf-8")


def build(out, solutions=True):
    """Make the whole site in a folder, which is replaced when everything is made."""
    out = Path(out).resolve()
    if out.exists() and any(out.iterdir()) and not (out / "sw.js").exists():
        raise CourseError(
            f"The folder {out} holds something else. Name a new one, or an older site of ours."
        )
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".site-") as making:
        making = Path(making)
        site = making / "site"
        (making / "course").mkdir()
        step("Fetching the parts of Python for the browser", parts.fetch)
        editions = ()
        if languages.standing()[1:]:
            label = "Making the course in its other languages"
            editions = step(label, languages.everything, making / "languages")
        step("Making the pages to read", reading, site, solutions, editions)
        sizes = step(
            "Compiling and packing Python for the browser (the first time, a minute or two)",
            runtime.build,
            site / pages.FOLDER / "run",
            making / "course",
        )
        step("Making the pages to work in", working, site, sizes, solutions, editions)
        step("Making it work without a network", offline, site)
        shutil.rmtree(out, ignore_errors=True)
        site.rename(out)
        out.chmod(0o755)
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    print(f"The site is in {out}: {size / 1e6:.0f} MB of files. Put the folder on any web server.")


class Handler(http.server.SimpleHTTPRequestHandler):
    """A small server for trying the site, which compresses what any good one does."""

    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {
        ".wasm": "application/wasm",
        ".js": "text/javascript",
        ".gz": "application/octet-stream",
    }
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        """Say nothing."""

    @staticmethod
    @functools.lru_cache(maxsize=200)
    def _packed(path, _stamp):
        return gzip.compress(Path(path).read_bytes(), 6, mtime=0)

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        accepts = "gzip" in self.headers.get("Accept-Encoding", "")
        if not accepts or path.suffix not in PACKED or not path.is_file():
            return super().do_GET()
        stamp = path.stat().st_mtime_ns
        tag = f'"{stamp:x}"'
        if self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.end_headers()
            return None
        content = self._packed(str(path), stamp)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("ETag", tag)
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(content)
        return None


class Server(http.server.ThreadingHTTPServer):
    """A page that is left in the middle of a file is no news."""

    def handle_error(self, request, client_address):
        """Say nothing."""


def server(folder, port=0):
    """Return a server of a folder on this computer; ``server_address`` says where."""
    handler = functools.partial(Handler, directory=str(folder))
    return Server(("127.0.0.1", port), handler)


def _serving(folder):
    """Return a server at the usual address, or, where something else has it, at a free one."""
    try:
        return server(folder, 8000)
    except OSError:
        return server(folder)


def main(argv=None):
    """Make the site, and serve it where asked to; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python3 start.py site", description=__doc__)
    parser.add_argument("--out", default="site", help="the folder to make (site)")
    parser.add_argument("--serve", action="store_true", help="show it on this computer")
    parser.add_argument(
        "--without-solutions", action="store_true", help="leave the worked answers out"
    )
    arguments = parser.parse_args(argv)
    try:
        build(arguments.out, not arguments.without_solutions)
    except CourseError as error:
        print(f"\n{error}", file=sys.stderr)
        return 2
    if arguments.serve:
        with _serving(arguments.out) as serving:
            print(f"Open http://localhost:{serving.server_address[1]}/ ; to stop, press Ctrl+C.")
            with contextlib.suppress(KeyboardInterrupt):
                serving.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
