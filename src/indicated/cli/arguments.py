"""The commands and options, and their one-line refusals (docs/adr/0004-argparse.md)."""

from __future__ import annotations

from argparse import ArgumentParser, HelpFormatter, Namespace
from typing import Any, NoReturn

from indicated.cli import terminal
from indicated.workflow.errors import BadUse

AUDIENCES = ("clinician", "reviewer", "patient")


class _Help(HelpFormatter):
    """Help as wide as answers are. Given no width, argparse loads shutil to find one, which takes 2 ms."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=terminal.width())


class _Parser(ArgumentParser):
    """An argument parser that refuses in one line instead of printing its usage."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Help, allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        raise BadUse(f"{message}; see '{self.prog} --help'")


def parse(arguments: list[str]) -> Namespace:
    """The options of a command line. BadUse when it is not one; `--help` prints and ends."""
    parser = _Parser(
        prog="indicated",
        description="Is this treatment medically necessary for this patient, under this policy, on this evidence - and "
        "what would change the answer?",
        epilog="Exit status: 0 done, 2 bad input, 3 problems found by a check.",
    )
    parser.add_argument("--version", action="store_true", help="print the version and end")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    _assess(commands.add_parser("assess", help="decide a case and show the proof"))
    _read(commands.add_parser("read", help="show the facts of a case with their passages"))
    content = commands.add_parser("content", help="check clinical content")
    _content(content.add_subparsers(dest="action", metavar="ACTION", parser_class=_Parser))
    options = parser.parse_args(arguments)
    if options.command is None and not options.version:
        raise BadUse("no command; use one of assess, read, content; see 'indicated --help'")
    if options.command == "content" and options.action is None:
        raise BadUse("no action for content; use 'indicated content check'")
    return options


def _assess(parser: ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("--policy", metavar="ID|FILE", help="a policy's id, or a file with the payer's criteria")
    parser.add_argument("--audience", choices=AUDIENCES, default="clinician", help="for whom (default: clinician)")
    parser.add_argument("--format", choices=("text", "md", "html", "json"), default="text", help="(default: text)")
    _on(parser)


def _read(parser: ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="(default: text)")
    parser.add_argument("--highlight", metavar="OUT.html", help="also write the text with every fact marked in it")


def _content(actions: Any) -> None:
    parser = actions.add_parser("check", help="list every problem of a content folder")
    parser.add_argument("folder", metavar="FOLDER", nargs="?", help="the content folder (default: the checkout's)")
    _on(parser)


def _file(parser: ArgumentParser) -> None:
    what = "the case: files or folders of text, PDF, Word, RTF, HTML, C-CDA or FHIR; - reads standard input"
    parser.add_argument("file", metavar="FILE", nargs="+", help=what)


def _on(parser: ArgumentParser) -> None:
    parser.add_argument("--on", metavar="DATE", help="decide as of this day, YYYY-MM-DD (default: today)")
