"""The commands and options of the review application's store."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

COMMANDS = {
    "store": ("new-key", "upgrade"),
    "audit": ("verify",),
    "case": ("export", "check", "import"),
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
    backup = commands.add_parser("backup", help="the whole store in one file")
    _out(backup)
    _url(backup)
    restore = commands.add_parser("restore", help="fill an empty store with a backup")
    restore.add_argument("file", metavar="FILE", help="a backup")
    _url(restore)


def _url(parser: ArgumentParser) -> None:
    parser.add_argument("--url", help="of the store (default: INDICATED_STORE, else sqlite:///indicated.db)")


def _out(parser: ArgumentParser) -> None:
    parser.add_argument("--out", metavar="FILE", required=True, help="where to write it")
