"""Catalogues: the PO files that a translator edits, and the compiled ones that the package reads.

Reading and compiling need nothing but the standard library: a learner's machine makes its own
edition. The form is that of gettext without line numbers, so that a small change stays small.
"""

import re
import struct
from dataclasses import dataclass, field

from softpower import texts

HEAD = (
    'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    '"Plural-Forms: nplurals={own.forms}; plural=({own.plural});\\n"\n'
)
_ESCAPES = {"\\n": "\n", "\\t": "\t", '\\"': '"', "\\\\": "\\"}
_LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)\s+)?"(.*)"\s*')


@dataclass(frozen=True)
class Message:
    """A text to translate: where it belongs, what it says, and a word to the translator."""

    context: str
    text: str
    plural: str = ""
    note: str = field(default="", compare=False)

    @property
    def key(self):
        """What tells it from all others."""
        return self.context, self.text


@dataclass(frozen=True)
class Entry:
    """A message with its translation, one text or one for each plural form.

    ``stale`` says that the English was changed since: it is shown to the translator and never to
    a reader.
    """

    message: Message
    said: tuple = ("",)
    stale: bool = False
    former: str = ""
    reason: str = ""  # why it may differ from its source, in the translator's words

    @property
    def usable(self):
        return all(self.said) and not self.stale


def _quoted(text):
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{plain}"'


def _unquoted(text):
    return re.sub(r"\\[nt\"\\]", lambda match: _ESCAPES[match[0]], text)


def written(entries, language=""):
    """Return a catalogue as text.

    Parameters
    ----------
    entries : iterable of Entry
    language : str
        Its code; empty for a template.
    """
    parts = [HEAD.format(language=language, own=texts.of(language))]
    for entry in entries:
        lines = [f"#. {line}" for line in entry.message.note.splitlines()]
        lines += [f"# differs: {entry.reason}"] if entry.reason else []
        lines += ["#, fuzzy"] if entry.stale else []
        lines += [f"#| msgid {_quoted(entry.former)}"] if entry.former else []
        if entry.message.context:
            lines.append(f"msgctxt {_quoted(entry.message.context)}")
        lines.append(f"msgid {_quoted(entry.message.text)}")
        if entry.message.plural:
            lines.append(f"msgid_plural {_quoted(entry.message.plural)}")
            lines += [f"msgstr[{n}] {_quoted(one)}" for n, one in enumerate(entry.said)]
        else:
            lines.append(f"msgstr {_quoted(entry.said[0])}")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def parsed(text):
    """Return the entries of a catalogue, whichever editor wrote it.

    Raises
    ------
    ValueError
        Where a line is none of a catalogue's; the message has its number.
    """
    found = []
    fields, notes, flags, key = {}, [], {}, None
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if not line.strip():
            found += _entry(fields, notes, flags)
            fields, notes, flags, key = {}, [], {}, None
        elif line.startswith("#~"):
            continue  # an editor keeps what is gone
        elif line.startswith("#"):
            if "msgid" in fields and key and key.startswith("msgstr"):
                found += _entry(fields, notes, flags)  # no empty line between two entries
                fields, notes, flags, key = {}, [], {}, None
            _remark(line, notes, flags)
        elif match := _LINE.fullmatch(line):
            key = match[1] or key
            fields[key] = fields.get(key, "") + _unquoted(match[2])
        else:
            raise ValueError(f"line {number} is none of a catalogue: {line[:60]}")
    return found


def _remark(line, notes, flags):
    if line.startswith("#. "):
        notes.append(line[3:])
    elif line.startswith("#,"):
        flags["stale"] = "fuzzy" in line
    elif line.startswith("#| msgid "):
        flags["former"] = _unquoted(line[10:].strip()[:-1])
    elif line.startswith('#| "'):
        flags["former"] = flags.get("former", "") + _unquoted(line[4:].strip()[:-1])
    elif line.startswith("# differs: "):
        flags["reason"] = line[11:]


def _entry(fields, notes, flags):
    if not fields.get("msgid"):
        return []
    said = [fields[name] for name in sorted(fields) if name.startswith("msgstr")]
    message = Message(
        fields.get("msgctxt", ""),
        fields["msgid"],
        fields.get("msgid_plural", ""),
        "\n".join(notes),
    )
    return [Entry(message, tuple(said) or ("",), **flags)]


def compiled(entries, language):
    """Return what ``gettext`` reads: the usable entries of a language, as bytes (``.mo``)."""
    head = HEAD.format(language=language, own=texts.of(language))
    said = {"": "".join(_unquoted(one) for one in re.findall(r'^"(.*)"$', head, re.M))}
    for entry in entries:
        if entry.usable:
            key = f"{entry.message.context}\4" if entry.message.context else ""
            plural = f"\0{entry.message.plural}" if entry.message.plural else ""
            said[f"{key}{entry.message.text}{plural}"] = "\0".join(entry.said)
    pairs = sorted((key.encode(), text.encode()) for key, text in said.items())
    keys, values = b"", b""
    places = []
    for key, text in pairs:
        places.append((len(key), len(keys), len(text), len(values)))
        keys, values = keys + key + b"\0", values + text + b"\0"
    start = 7 * 4 + 16 * len(pairs)
    table = [one for length, at, _, _ in places for one in (length, at + start)]
    table += [one for _, _, length, at in places for one in (length, at + start + len(keys))]
    header = (0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return struct.pack(f"<{7 + len(table)}I", *header, *table) + keys + values
