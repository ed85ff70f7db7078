"""The commands and options of the review application's store."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

COMMANDS = {
    "store": ("new-key", "upgrade"),
    "audit": ("verify",),
    "case": ("export", "check", "import"),
    "retention": ("show", "due", "erase", "erase-case", "hold", "let-go"),
    "backup": (),
    "restore": (),
}
"""The commands, each with its actions."""


def add(commands: Any, kind: type[ArgumentParser]) -> None:
    """Add them to the program's."""

    def actions(name: str, what: str) -> Any:
        parser = commands.add_parser(name, help=what)
        return parser.add_subparsers(dest="action", metavar="ACTION", parser_class=kind)

    store = actions("store", "the database of the review application")
    store.add_parser("new-key", help="a fresh master key, to seal what is stored")
    _url(store.add_parser("upgrade", help="make its tables, or bring them up to this version"))
    verify = actions("audit", "the log of who saw and did what").add_parser(
        "verify", help="find any change of the log, of a case or of a signature"
    )
    verify.add_argument("--expect", metavar="SEQ:HASH", help="the end of the log at an earlier check; it must be in it")
    _url(verify)
    case = actions("case", "one case as a file")
    export = case.add_parser("export", help="write a case to a file that replays anywhere")
    export.add_argument("id", metavar="ID", help="of the case")
    _out(export)
    _url(export)
    case.add_parser("check", help="whether such a file is whole, and its determinations replay").add_argument(
        "file", metavar="FILE", help="an exported case"
    )
    bring = case.add_parser("import", help="take such a file in, for reading")
    bring.add_argument("file", metavar="FILE", help="an exported case")
    _url(bring)
    _add_retention(actions("retention", "how long contents are kept, and their erasing"))
    backup = commands.add_parser("backup", help="the whole store in one file")
    _out(backup)
    _url(backup)
    restore = commands.add_parser("restore", help="fill an empty store with a backup")
    restore.add_argument("file", metavar="FILE", help="a backup")
    _url(restore)


def _add_retention(retention: Any) -> None:
    _url(retention.add_parser("show", help="the rule of INDICATED_KEEP_YEARS, and how many cases are due or on hold"))
    _url(retention.add_parser("due", help="the cases whose time is over, a line each"))
    erase = retention.add_parser("erase", help="erase the contents of all cases that are due, for good")
    erase.add_argument("--yes", type=int, metavar="N", help="how many cases that is, as 'due' told it")
    _url(erase)
    one = retention.add_parser("erase-case", help="erase the contents of one case that is over, before its time")
    one.add_argument("id", metavar="ID", help="of the case")
    one.add_argument("--reason", required=True, help="asked_for or taken_in_by_mistake")
    one.add_argument("--yes", action="store_true", help="that it is meant: nothing brings the contents back")
    _url(one)
    for name, what in (("hold", "keep a case from being erased"), ("let-go", "end that; the rule counts again")):
        held = retention.add_parser(name, help=what)
        held.add_argument("id", metavar="ID", help="of the case")
        held.add_argument("--reason", required=True, help="why; it is kept, sealed, in the history of the case")
        _url(held)


def _url(parser: ArgumentParser) -> None:
    parser.add_argument("--url", help="of the store (default: INDICATED_STORE, else sqlite:///indicated.db)")


def _out(parser: ArgumentParser) -> None:
    parser.add_argument("--out", metavar="FILE", required=True, help="where to write it")
