"""Marking by hand: one question across all students, in a browser, on the one marking sheet.

The page is served to this machine only and behind a token. Each mark is written into
``marking.csv`` at once, and never over one that somebody has given there meanwhile.
"""

import json
import secrets
import threading
from collections import Counter
from functools import cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from urllib.parse import parse_qs, urlsplit

from softpower import texts
from softpower.errors import CourseError
from softpower.grading import pages, sheets
from softpower.grading.markers import FROM, mark_id
from softpower.grading.marking import CHANGED, GONE, shown, shown_note

MOST_OF_A_REQUEST = 200_000  # bytes: a comment is a few words
EARLIER = 8  # comments to choose from
TRIES = 5
NOT_WRITTEN = texts.mark(
    "marking.csv cannot be written ({why}). Close it in your spreadsheet, then choose the level again."
)


class Sheet:
    """The marking sheet as it stands on disk, read anew at each question.

    Parameters
    ----------
    path : pathlib.Path
    """

    def __init__(self, path):
        self.path, self._lock = path, threading.Lock()

    def rows(self):
        """Return the rows as they stand now."""
        return sheets.read(self.path, ["row_id", "level", "comment"])[1]

    def put(self, key, seen, now):
        """Write one mark, where the row still holds what the marker saw.

        Parameters
        ----------
        key : str
            The row's ``row_id``.
        seen, now : dict
            ``level`` and ``comment``: as the page showed them, and as they should be.

        Returns
        -------
        dict or None
            None where it was written; else what somebody else has written there meanwhile.

        Raises
        ------
        CourseError
            Where the row is gone, or the sheet cannot be written.
        """
        with self._lock:
            for _ in range(TRIES):
                before = sheets.stamp(self.path)
                columns, rows, delimiter = sheets.read(self.path, ["row_id", "level", "comment"])
                row = next((one for one in rows if one["row_id"] == key), None)
                if row is None:
                    raise CourseError(
                        texts.text("This answer is no longer in marking.csv. Load the page anew.")
                    )
                there = {part: row[part].strip() for part in ("level", "comment")}
                if there == now and row.get("note") != CHANGED:
                    return None
                if there != {part: seen[part].strip() for part in there}:
                    return there
                old = (row.get("note") or "").startswith((CHANGED, FROM))
                row |= now | ({"note": ""} if old else {})
                row["mark_id"] = mark_id(row)
                try:
                    sheets.write(self.path, columns, rows, delimiter, before)
                    return None
                except sheets.Changed:
                    continue  # somebody saved it in this very moment: look again
                except OSError as error:
                    why = error.strerror or error
                    raise CourseError(texts.text(NOT_WRITTEN, why=why)) from None
        raise CourseError(texts.text("marking.csv is being written by another program. Try again."))


def contents(rows, exercises):
    """Return what the page shows: a list of questions, each with its rubric and answers.

    Parameters
    ----------
    rows : list of dict
        Of the marking sheet.
    exercises : dict
        ``assignment.Exercise`` by lesson.
    """
    made = []
    for exercise in exercises.values():
        tasks = pages.tasks(exercise)
        for question in exercise.open:
            mine = [one for one in rows if one["question"] == shown(question.id)]
            mine = [one for one in mine if one.get("note") != GONE]
            if mine:
                made.append(_question(question, exercise, mine, tasks))
    return made


def _question(question, exercise, rows, tasks):
    criteria = [
        {
            "name": texts.text(one.name),
            "look": texts.text(one.look_for),
            "levels": [
                {
                    "points": level.points,
                    "shown": texts.number(level.points),
                    "looks": texts.text(level.descriptor),
                    "sample": texts.text(level.sample),
                }
                for level in one.levels
            ],
            "earlier": _earlier(row["comment"] for row in rows if row["criterion"] == one.name),
        }
        for one in question.rubric
    ]
    answers = {}
    for row in rows:
        # One person may have two answers, of two notebooks.
        who = row["student"], row["number"], row.get("answer_id", "")
        answers.setdefault(who, {"marks": {}, "html": str(pages.markdown(row["answer"]))})
        answers[who]["marks"][row["criterion"]] = {
            part: row.get(part, "") for part in ("row_id", "level", "comment")
        } | {"note": shown_note(row.get("note") or "")}
    names = [one.name for one in question.rubric]
    return {
        "id": question.id,
        "title": texts.text(
            "{exercise}, question {number}", exercise=exercise.title, number=question.number
        ),
        "task": str(tasks.get(question.number, "")),
        "criteria": criteria,
        "answers": [
            {
                "who": f"{student} ({number})" if number else student,
                "html": one["html"],
                "marks": [one["marks"][name] for name in names],
            }
            for (student, number, _), one in answers.items()
            if all(name in one["marks"] for name in names)
        ],
    }


def _earlier(comments):
    """Return the comments given most often so far."""
    count = Counter(text for one in comments if (text := one.strip()))
    return [text for text, _ in count.most_common(EARLIER)]


@cache
def _script():
    return (files("softpower.grading") / "templates" / "desk.js").read_text("utf-8")


class Desk:
    """The page and the server that hands it out.

    Parameters
    ----------
    sheet : Sheet
    exercises : dict
        ``assignment.Exercise`` by lesson.
    """

    def __init__(self, sheet, exercises):
        self.sheet, self.exercises = sheet, exercises
        self.token = secrets.token_urlsafe(24)
        self.server = ThreadingHTTPServer(
            ("127.0.0.1", 0), type("_Here", (_Handler,), {"desk": self})
        )
        self.server.daemon_threads = True

    @property
    def host(self):
        """The one name under which the page answers."""
        return f"127.0.0.1:{self.server.server_address[1]}"

    @property
    def address(self):
        """What to open: it holds the token."""
        return f"http://{self.host}/?token={self.token}"

    def serve(self):
        """Hand out the page until it is ended, there or with Ctrl+C."""
        try:
            self.server.serve_forever(poll_interval=0.2)
        except KeyboardInterrupt:
            pass
        finally:
            self.server.server_close()

    def end(self):
        """End :meth:`serve`, from any thread."""
        threading.Thread(target=self.server.shutdown).start()


class _Handler(BaseHTTPRequestHandler):
    """Three requests: the page, what it shows, a mark; and the end."""

    desk = None

    def do_GET(self):
        url = urlsplit(self.path)
        token = parse_qs(url.query).get("token", [""])[0] or self.headers.get("X-Token", "")
        if not self._is_allowed(token):
            return
        if url.path == "/":
            nonce = secrets.token_urlsafe(16)
            page = pages.desk(_script(), nonce)
            self._send(HTTPStatus.OK, page, "text/html", nonce)
        elif url.path == "/answers":
            self._answer(lambda: contents(self.desk.sheet.rows(), self.desk.exercises))
        else:
            self._send(HTTPStatus.NOT_FOUND, "There is nothing here.")

    def do_POST(self):
        if not self._is_allowed(self.headers.get("X-Token", "")):
            return
        size = self.headers.get("Content-Length", "0")
        if not size.isdigit() or int(size) > MOST_OF_A_REQUEST:
            self._send(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "That is too long.")
            return
        body = self.rfile.read(int(size))
        if self.path == "/end":
            self._send(HTTPStatus.OK, "{}", "application/json")
            self.desk.end()
        elif self.path == "/mark":
            self._answer(lambda: self._mark(body))
        else:
            self._send(HTTPStatus.NOT_FOUND, "There is nothing here.")

    def _mark(self, body):
        try:
            said = json.loads(body)
            seen, now = (
                {part: str(said[when][part]).strip() for part in ("level", "comment")}
                for when in ("seen", "now")
            )
            key = str(said["row_id"])
        except (ValueError, KeyError, TypeError):
            raise CourseError(
                texts.text("The page sent something that is no mark. Load it anew.")
            ) from None
        there = self.desk.sheet.put(key, seen, now)
        return {"kept": there is None, "there": there}

    def _answer(self, work):
        try:
            self._send(HTTPStatus.OK, json.dumps(work(), ensure_ascii=False), "application/json")
        except CourseError as error:
            self._send(HTTPStatus.CONFLICT, str(error))
        except OSError as error:
            why = texts.text("marking.csv cannot be read ({why}).", why=error.strerror)
            self._send(HTTPStatus.CONFLICT, why)

    def _is_allowed(self, token):
        """Say whether a request is the marker's: the token, and no other site's page behind it."""
        here = self.headers.get("Host") == self.desk.host
        origin = self.headers.get("Origin") in (None, f"http://{self.desk.host}")
        if here and origin and secrets.compare_digest(token.encode(), self.desk.token.encode()):
            return True
        self._send(
            HTTPStatus.FORBIDDEN, texts.text("Open the address that stands in the terminal.")
        )
        return False

    def _send(self, status, text, kind="text/plain", nonce=""):
        content = text.encode("utf-8", "replace")
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        own = f"script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self'"
        self.send_header(
            "Content-Security-Policy",
            f"default-src 'none'; frame-ancestors 'none'; {own if nonce else ''}",
        )
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        """Say nothing: the terminal is the marker's."""
