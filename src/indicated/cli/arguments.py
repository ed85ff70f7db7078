"""The commands and options, and their one-line refusals (docs/adr/0004-argparse.md)."""

from __future__ import annotations

from argparse import ArgumentParser, HelpFormatter, Namespace
from typing import Any, NoReturn

from indicated.cli import account_arguments, store_arguments, terminal
from indicated.explain.letters.order import KINDS as LETTERS
from indicated.explain.letters.order import LEVELS, PLANS, SIDES
from indicated.explain.render import FILES, FORMATS
from indicated.workflow.errors import BadUse

AUDIENCES = ("clinician", "reviewer", "patient")
LANGUAGES = ("en", "es")
KINDS = ("standard", "policy", "evidence", "score", "product")
ACTIONS = ("check", "new", "show", "diff", "effect", "import", "sign", "list", "stats")


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
    options = parser().parse_args(arguments)
    further = account_arguments.COMMANDS | store_arguments.COMMANDS
    if options.command is None and not options.version:
        named = ", ".join(("assess", "ask", "letter", "read", "compare", "serve", "content", *further))
        raise BadUse(f"no command; use one of {named}; see 'indicated --help'")
    actions = further.get(options.command, ())
    if actions and options.action is None:
        raise BadUse(f"no action for {options.command}; use one of {', '.join(actions)}; see 'indicated --help'")
    if options.command == "content" and options.action is None:
        raise BadUse(f"no action for content; use one of {', '.join(ACTIONS)}; see 'indicated content --help'")
    return options


def parser() -> ArgumentParser:
    """Every command with its options."""
    whole = _Parser(
        prog="indicated",
        description="Is this treatment medically necessary for this patient, under this policy, on this evidence - and "
        "what would change the answer?",
        epilog="Exit status: 0 done, 2 bad input, 3 problems found by a check.",
    )
    whole.add_argument("--version", action="store_true", help="print the version and end")
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    _assess(commands.add_parser("assess", help="decide a case and show the proof"))
    _letter(commands.add_parser("letter", help="draft a letter or a short form of the answer, to be read and signed"))
    _ask(commands.add_parser("ask", help="ask about a case: what if, why, what is missing, what dose"))
    _read(commands.add_parser("read", help="show the facts of a case with their passages"))
    _serve(commands.add_parser("serve", help="the pages in a browser, on this machine"))
    _compare(commands.add_parser("compare", help="why the answers to several requests differ, fact by fact"))
    content = commands.add_parser("content", help="write, check and compare clinical content")
    _content(content.add_subparsers(dest="action", metavar="ACTION", parser_class=_Parser))
    account_arguments.add(commands, _Parser)
    store_arguments.add(commands, _Parser)
    return whole


def _assess(parser: ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("--policy", metavar="ID|FILE", help="a policy's id, or a file with the payer's criteria")
    parser.add_argument("--denial", metavar="FILE", help="the plan's notice of denial, to be answered; - reads stdin")
    parser.add_argument("--audience", choices=AUDIENCES, default="clinician", help="for whom (default: clinician)")
    parser.add_argument("--language", choices=LANGUAGES, default="en", help="es: Spanish, for patients (default: en)")
    parser.add_argument("--format", choices=(*FORMATS, *FILES), default="text", help="(default: text)")
    parser.add_argument("--out", metavar="FILE", help="write the answer to a file instead of standard output")
    _on(parser)


def _compare(parser: ArgumentParser) -> None:
    what = "the requests, each a file or a folder of one patient's documents"
    parser.add_argument("file", metavar="REQUEST", nargs="+", help=what)
    told = "a policy's id, or a file with the payer's criteria; once for all requests, or once for each in order"
    parser.add_argument("--policy", metavar="ID|FILE", action="append", default=[], help=told)
    parser.add_argument("--audience", choices=AUDIENCES, default="clinician", help="for whom (default: clinician)")
    parser.add_argument("--format", choices=(*FORMATS, *FILES), default="text", help="(default: text)")
    parser.add_argument("--out", metavar="FILE", help="write the answer to a file instead of standard output")
    _on(parser)


def _letter(parser: ArgumentParser) -> None:
    parser.add_argument("kind", metavar="KIND", choices=LETTERS, help=", ".join(LETTERS))
    _file(parser)
    parser.add_argument("--policy", metavar="ID|FILE", help="a policy's id, or a file with the payer's criteria")
    parser.add_argument("--denial", metavar="FILE", help="the plan's notice that an appeal answers; - reads stdin")
    parser.add_argument("--level", choices=LEVELS, default=LEVELS[0], help="of an appeal (default: first)")
    parser.add_argument("--side", choices=SIDES, default=SIDES[0], help="of a peer-to-peer sheet (default: requester)")
    parser.add_argument("--plan", choices=PLANS, metavar="PLAN", help=f"what law binds the plan: {', '.join(PLANS)}")
    parser.add_argument("--state", metavar="XX", help="the state whose law applies, in two letters")
    parser.add_argument("--from", dest="sender", metavar="FILE", help="a text file with your letterhead")
    parser.add_argument("--decision", metavar="FILE", help="the signed decision of a licensed person, as JSON")
    parser.add_argument("--format", choices=(*FORMATS, *FILES), default="text", help="(default: text)")
    parser.add_argument("--out", metavar="FILE", help="write the letter to a file instead of standard output")
    _on(parser)


def _ask(parser: ArgumentParser) -> None:
    what = "the files of the case and last, in quotes, the question; without one, questions are asked for line by line"
    parser.add_argument("file", metavar="FILE ... QUESTION", nargs="+", help=what)
    parser.add_argument("--policy", metavar="ID|FILE", help="a policy's id, or a file with the payer's criteria")
    parser.add_argument("--audience", choices=AUDIENCES, default="clinician", help="for whom (default: clinician)")
    parser.add_argument("--language", choices=LANGUAGES, default="en", help="es: Spanish, for patients (default: en)")
    parser.add_argument("--format", choices=FORMATS, default="text", help="(default: text)")
    _on(parser)


def _read(parser: ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="(default: text)")
    parser.add_argument("--highlight", metavar="OUT.html", help="also write the text with every fact marked in it")


def _serve(parser: ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="the address to serve on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="(default: 8000)")
    parser.add_argument(
        "--url", metavar="DB", help="the store, for example sqlite:///FILE (default: indicated.db here)"
    )
    parser.add_argument("--demo", action="store_true", help="begin with the examples; without --url nothing is kept")
    parser.add_argument("--accounts", action="store_true", help="for a team: people sign in; with the REST API")


def _content(actions: Any) -> None:
    check = actions.add_parser("check", help="list every problem of a content folder")
    check.add_argument("folder", metavar="FOLDER", nargs="?", help="the content folder (default: the checkout's)")
    made = "write golden cases for the limits that have none: one under, at and one over; counts at n and n - 1"
    check.add_argument("--make-cases", action="store_true", help=made)
    _on(check)
    new = actions.add_parser("new", help="begin a file: every key it needs, with what belongs there")
    new.add_argument("kind", metavar="KIND", choices=KINDS, help=", ".join(KINDS))
    new.add_argument("name", metavar="NAME", help="ig/cvid (standard), payer/policy (policy), one word (others)")
    _folder(new)
    show = actions.add_parser("show", help="a page to proofread")
    show.add_argument("name", metavar="ID", help="of a standard, policy, score, product or source")
    _page(show)
    _folder(show)
    diff = actions.add_parser("diff", help="what changed between two contents, clause by clause in words")
    diff.add_argument("before", metavar="A", help="a content folder, or a standard or policy file")
    diff.add_argument("after", metavar="B", help="the same kind of thing, later")
    _page(diff)
    effect = actions.add_parser("effect", help="whose outcome changes between two contents, and why")
    effect.add_argument("cases", metavar="CASES", help="a folder with one case in each file")
    effect.add_argument("before", metavar="A", help="a content folder")
    effect.add_argument("after", metavar="B", nargs="?", help="a later one (default: the checkout's)")
    effect.add_argument("--policy", metavar="ID|FILE", help="a policy to apply; a FILE is the same before and after")
    effect.add_argument("--policy-after", metavar="FILE", help="the policy as it is to be, in place of --policy")
    _page(effect)
    _on(effect)
    bring = actions.add_parser("import", help="a payer's document into a draft policy")
    bring.add_argument(
        "file", metavar="FILE", help="the criteria: text, PDF, Word, RTF or HTML; - reads standard input"
    )
    bring.add_argument("name", metavar="PAYER/POLICY", help="the id to give it, for example acme/infusions")
    bring.add_argument("--payer", help="the payer's name as readers see it (default: from the id)")
    bring.add_argument(
        "--condition", metavar="CONCEPT", action="append", default=[], help="what it covers; may be repeated"
    )
    bring.add_argument("--url", default="", help="where the document is published")
    bring.add_argument("--edition", metavar="TEXT", help="the document's own version (default: today's date)")
    _folder(bring)
    sign = actions.add_parser("sign", help="sign a standard or policy as it now stands")
    sign.add_argument("name", metavar="ID", help="of a standard or policy")
    sign.add_argument("--name", dest="person", required=True, help="who signs")
    sign.add_argument("--role", required=True, help="in what capacity, for example 'neurologist'")
    sign.add_argument("--activate", action="store_true", help="also put it in force: status active")
    _folder(sign)
    listing = actions.add_parser("list", help="every standard, policy, score, product or source, a line each")
    listing.add_argument("kind", metavar="KIND", choices=KINDS, nargs="?", default="standard", help=", ".join(KINDS))
    _folder(listing)
    stats = actions.add_parser("stats", help="how much content there is, and how much of it was verified")
    _folder(stats)


def _folder(parser: ArgumentParser) -> None:
    parser.add_argument("--content", metavar="FOLDER", help="the content folder (default: the checkout's)")


def _page(parser: ArgumentParser) -> None:
    parser.add_argument("--format", choices=("md", "html"), default="md", help="(default: md)")


def _file(parser: ArgumentParser) -> None:
    what = "the case: files or folders of text, PDF, Word, RTF, HTML, C-CDA or FHIR; - reads standard input"
    parser.add_argument("file", metavar="FILE", nargs="+", help=what)


def _on(parser: ArgumentParser) -> None:
    parser.add_argument("--on", metavar="DATE", help="decide as of this day, YYYY-MM-DD (default: today)")
