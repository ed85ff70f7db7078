"""The options of `indicated account`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

COMMANDS = {"account": ("add", "list", "disable", "enable", "roles", "licence", "reset", "link", "unlink", "token")}
"""The command and what it does."""


def add(commands: Any, kind: type[ArgumentParser]) -> None:
    """Add the command; `kind` is the class of parsers."""
    account = commands.add_parser("account", help="who may sign in to the review application")
    actions = account.add_subparsers(dest="action", metavar="ACTION", parser_class=kind)
    new = actions.add_parser("add", help="add an account; prints the one-time code its owner sets a password by")
    _login(new)
    new.add_argument("--name", required=True, help="the person's name, as decisions and letters have it")
    new.add_argument("--role", action="append", required=True, help="what they are here for; may be repeated")
    listing = actions.add_parser("list", help="every account, a line each")
    _url(listing)
    for name, what in (("disable", "close an account"), ("enable", "open it again")):
        _login(actions.add_parser(name, help=what))
    roles = actions.add_parser("roles", help="put these roles in place of those they have")
    _login(roles)
    roles.add_argument("--role", action="append", required=True, help="what they are here for; may be repeated")
    licence = actions.add_parser("licence", help="put a physician's licence on record, as you verified it")
    _login(licence)
    licence.add_argument("--number", required=True, help="of the licence")
    licence.add_argument("--state", required=True, help="that gave it, in two capitals, for example NY")
    licence.add_argument("--specialty", required=True, help="for example 'Pediatric Rheumatology'")
    licence.add_argument("--credentials", required=True, help="for example MD")
    licence.add_argument("--board", action="append", default=[], help="a certification; may be repeated")
    licence.add_argument("--until", metavar="DATE", help="the last day it holds, YYYY-MM-DD")
    reset = actions.add_parser("reset", help="end the password; prints the one-time code for a new one")
    _login(reset)
    reset.add_argument("--factor", action="store_true", help="take the second factor away too, for who lost it")
    for name, what in (("link", "say whom single sign-on means by a subject"), ("unlink", "take that away again")):
        link = actions.add_parser(name, help=what)
        _login(link)
        link.add_argument("--subject", required=True, help="of the person at the provider (the claim sub)")
        link.add_argument("--issuer", default="", help="of the provider (default: INDICATED_OIDC_ISSUER)")
    token = actions.add_parser("token", help="make a token for a program; it is printed this once")
    _login(token)
    token.add_argument("--name", required=True, help="what it is for")
    token.add_argument("--scope", action="append", required=True, help="what it may be used for; may be repeated")
    token.add_argument("--days", type=int, default=90, help="how long it is good (default: 90)")


def _login(parser: ArgumentParser) -> None:
    parser.add_argument("login", metavar="LOGIN", help="the name that they sign in with")
    _url(parser)


def _url(parser: ArgumentParser) -> None:
    parser.add_argument("--url", help="of the store (default: INDICATED_STORE, else sqlite:///indicated.db)")
