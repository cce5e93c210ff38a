"""The command ``softpower``: what those who teach and maintain the course type."""

import argparse
import importlib
import sys

from softpower.errors import CourseError

# A command's module is imported only when it is called: grading needs no charts.
# Each has ``add_arguments(parser)`` and ``run(arguments) -> exit code``.
COMMANDS = {
    "release": ("softpower.commands.release", "make exercises/ from solutions/"),
    "trace": ("softpower.trace", "list every figure in the prose with its row and source"),
    "references": ("softpower.references", "write citations and lists of references"),
    "grade": ("softpower.grading.command", "mark a class"),
    "plan": ("softpower.commands.policy_plan", "check a policy plan"),
    "refresh": ("softpower.commands.refresh", "run notebooks and store what they show"),
    "dictionary": ("softpower.commands.dictionary", "write data/README.md from the manifest"),
    "glossary": ("softpower.commands.glossary", "write docs/glossary.md from the tables of terms"),
    "translate": ("softpower.commands.translate", "catalogues, editions and their proof"),
    "quiz": ("softpower.commands.quiz", "write questions for Moodle or Canvas"),
    "print": ("softpower.commands.print_kit", "write what a room without laptops needs, to print"),
    "slides": ("softpower.commands.slides", "write lessons for the wall"),
    "pictures": ("softpower.commands.pictures", "write the charts of lessons as pictures"),
    "syllabus": ("softpower.commands.syllabus", "write the syllabus to fill in"),
    "country": ("softpower.commands.country", "make lessons 08 and 10 with another country"),
    "notes": ("softpower.commands.notes", "write what lessons say of themselves into docs/notes/"),
}


def main(argv=None):
    """Run one command; returns its exit code (2: a problem explained in one sentence)."""
    argv = sys.argv[1:] if argv is None else argv
    for stream in (sys.stdout, sys.stderr):  # a terminal that lacks a letter shows a question mark
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    parser = argparse.ArgumentParser(prog="softpower", description=__doc__)
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (_, summary) in COMMANDS.items():
        subparsers.add_parser(name, help=summary, add_help=False)
    known, _ = parser.parse_known_args(argv[:1])
    module_name, summary = COMMANDS[known.command]
    module = importlib.import_module(module_name)
    command_parser = argparse.ArgumentParser(prog=f"softpower {known.command}", description=summary)
    module.add_arguments(command_parser)
    arguments = command_parser.parse_args(argv[1:])
    try:
        return module.run(arguments)
    except CourseError as error:
        print(f"softpower {known.command}: {error}", file=sys.stderr)
        return 2
