"""What a learner wrote in free words in one cell: text, code that is text, strings, comments.

An answer is not recognised by its place alone: a cell may have become code, the words a string,
a list of strings or comments. What was handed out is left out, line by line.
"""

import ast
import io
import re
import tokenize
import warnings

from softpower.feedback import writing

# Python's own doubts about a learner's text are nothing for the lecturer's window.
warnings.filterwarnings("ignore", category=SyntaxWarning, module="<unknown>|cell")

# The heading of a task in whatever language, in a cell that says that it is one.
DOTTED_LINE = re.compile(r"^#{1,3}[ \t]+[^\n]*\d[^\n]*·", re.MULTILINE)
# The words that stood in the place of an answer in exercises handed out before.
PLACE_HOLDER = re.compile(
    r"\*?Write your answer here:?(?: click twice on this line, delete it, and type\.)?\*?"
)
QUESTION_LINE = re.compile(r"^#{1,3}[ \t]+(?:Question|Exercise|In code)[ \t]+\d", re.MULTILINE)
# The heading of a task, in this edition or another, and not one of a learner's own.
TASK_LINE = re.compile(r"^#{1,3}[ \t]+(?:Question|In code)[ \t]+\d+[ \t]*·", re.MULTILINE)
CODE_LIKE = re.compile(
    r"^\s*(?:import \w+(?: as\b.*)?$|from [\w.]+ import|def |for \w+ in|print\(|[%!])"
)
HEADING_LINE = re.compile(r"#{1,3}[ \t]")
LONGEST_HEADING = 10  # words: more than that, and somebody may have meant them as an answer
FEWEST = 4  # words of a string that are more than a label
MOST_KEPT, LONGEST_KEPT = 2_000, 2_000  # cells of which it is known what is whose; characters
NOT_A_NOTE = 20  # words in comments that are an answer rather than a reminder


def lines(source):
    """Return the lines of a cell that are not empty."""
    return [line.strip() for line in source.split("\n") if line.strip()]


def own(cell, exercise, question=None):
    """Return the words of a cell that are the learner's own and are meant for a reader.

    Parameters
    ----------
    cell : notebook.Cell
    exercise : assignment.Exercise
    question : OpenQuestion or None
        The open question in whose place the cell stands, if any: there fewer words are enough.
    """
    asked = question.id if question else ""
    key = cell.kind, cell.source, cell.grade_id, cell.part, cell.is_cut, asked
    found = exercise.own_words.get(key)
    if found is None:  # most of a class hold the same cells
        found = _own(cell, exercise, question)
        if len(cell.source) <= LONGEST_KEPT:
            if len(exercise.own_words) >= MOST_KEPT:
                exercise.own_words.clear()
            exercise.own_words[key] = found
    return found


def _own(cell, exercise, question):
    text = cell.source.strip()
    if cell.is_cut:
        text = without_the_broken_line(text, exercise)
    # A list of references is ours, also in the words of an older edition.
    if not text or text in exercise.released or '<span id="ref-' in text:
        return ""
    if cell.kind == "code":
        return in_code(text, cell, exercise, question)
    return in_text(text, exercise, cell.part)


def without_the_broken_line(text, exercise):
    """Return a text that breaks off without its last line, where that begins a line of ours."""
    before, _, last = text.rpartition("\n")
    last = last.strip()
    return before if any(line.startswith(last) for line in exercise.lines) else text


def in_text(text, exercise, part=""):
    """Return the words of a text cell without what was handed out, line by line.

    Where a cell says that it is a part of the exercise, a short heading on its first line is
    ours too, in whatever words and language.
    """
    written = lines(text)
    known = sum(line in exercise.lines for line in written)
    heading = DOTTED_LINE.match(text) if part == "task" else TASK_LINE.search(text)
    if heading and 2 * known < len(written):
        return ""  # a task in the words of another edition
    kept = [line for line in text.split("\n") if line.strip() not in exercise.lines]
    if part and kept and HEADING_LINE.match(kept[0]) and len(kept[0].split()) <= LONGEST_HEADING:
        kept = kept[1:]
    kept = [PLACE_HOLDER.sub("", line) for line in kept if not _is_bare_heading(line)]
    words = "\n".join(kept).strip()
    return words if writing.count(words) else ""


def _is_bare_heading(line):
    """Say whether a line is a question's heading and nothing more."""
    return QUESTION_LINE.match(line) and (TASK_LINE.match(line) or len(line.split()) <= 4)


def in_code(text, cell, exercise, question):
    """Return the words in a code cell: a place for words, a text that is no code, strings, comments."""
    if writing.is_place(text):
        return writing.words(text)
    here = question is not None and cell.grade_id == question.cell
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return text if here or _is_prose(text) else ""
    names = {one.variable for one in exercise.checked}
    least = 1 if here else FEWEST
    said = [
        words
        for line in body
        if not _gives(line, names) and writing.count(words := _strings(line)) >= least
    ]
    noted = _comments(text, exercise)
    if writing.count(noted) >= (1 if here else FEWEST if question and not body else NOT_A_NOTE):
        said.append(noted)
    return "\n\n".join(said).strip()


def _is_prose(text):
    """Say whether most of what stands in a text that is no Python are sentences."""
    prose = sum(writing.count(line) for line in lines(text) if not _is_code(line))
    return prose >= 5 and 2 * prose > writing.count(text)


def _is_code(line):
    if CODE_LIKE.match(line):
        return True
    try:
        return bool(ast.parse(line).body) and writing.count(line) > 1
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        open_bracket = any(line.count(a) != line.count(b) for a, b in ("()", "[]", "{}"))
        return open_bracket or ("=" in line and " = " not in line)


def _gives(line, names):
    """Say whether a line of code gives a value to one of these names: that is no essay."""
    targets = line.targets if isinstance(line, ast.Assign) else [getattr(line, "target", None)]
    return any(isinstance(one, ast.Name) and one.id in names for one in targets)


# What only puts texts together: every string in it is part of what is said.
_JOINS = (ast.Constant, ast.JoinedStr, ast.BinOp, ast.List, ast.Tuple, ast.Set, ast.Dict)
_SAYS = {"print", "display", "Markdown", "format", "join", "dedent", "strip", "HTML"}


def _strings(line):
    """Return the texts that a line of code says, in their order.

    A sum is one text; the parts of a list, a dictionary, a call are lines of their own. In other
    code only a string of several words counts: the rest are names of columns and colours.
    """
    value = getattr(line, "value", None)
    plain = isinstance(value, _JOINS) or (
        isinstance(value, ast.Call)
        and (getattr(value.func, "id", "") or getattr(value.func, "attr", "")) in _SAYS
    )
    parts, stack = [], [(line, None)]
    while stack:  # a sum of thousands is deeper than Python's stack
        node, part_of = stack.pop()
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str):
                parts.append((node.value, part_of))
            continue
        inside = list(ast.iter_child_nodes(node))
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            inside = [one for pair in pairs for one in pair if one]
        elif isinstance(node, ast.FormattedValue):
            inside = [node.value]
        if part_of is None and isinstance(node, (ast.BinOp, ast.JoinedStr)):
            part_of = node
        stack += [(one, part_of) for one in reversed(inside)]
    texts, before = [], None
    for text, part_of in parts:
        if part_of is not None and part_of is before:
            texts[-1] += text
        else:
            texts.append(text)
        before = part_of
    return "\n".join(text for text in texts if plain or writing.count(text) >= FEWEST)


def _comments(text, exercise):
    """Return what the comments of a cell say, without code that is switched off."""
    if "#" not in text:
        return ""
    found = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                found.append(token.string.lstrip("#").strip())
    except (tokenize.TokenError, SyntaxError):
        pass
    found = [line for line in found if f"# {line}" not in exercise.lines]
    try:
        off = ast.parse("\n".join(found)).body
        if off:
            return "\n".join(
                words for line in off if writing.count(words := _strings(line)) >= FEWEST
            )
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
    return "\n".join(line for line in found if line and not _is_code(line))
