"""`indicated letter`: a case in, a letter out; what to know before it is sent goes to standard error."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from indicated.cli import terminal
from indicated.cli.deliver import check, deliver
from indicated.explain.letters.show import show_before
from indicated.workflow import intake, letters
from indicated.workflow.assess import a_day, assess, current, read, today
from indicated.workflow.policies import from_option

if TYPE_CHECKING:
    from argparse import Namespace

    from indicated.model.statement import Letter
    from indicated.model.text import Document


def run(options: Namespace) -> int:
    """Read, decide, draft and print."""
    on = a_day(options.on) if options.on is not None else today()
    check(options)
    sender = letters.letterhead(options.sender) if options.sender is not None else ()
    decision = letters.decision_of(options.decision) if options.decision is not None else None
    notice = _notice(options)
    documents = intake.open_case(options.file, sys.stdin)
    policy = from_option(options.policy, current(), on) if options.policy is not None else None
    with terminal.progress(sum(len(document.text) for document in documents)):
        determination = assess(read(documents), policy, on, notice)
    letter = letters.letter(
        determination,
        options.kind,
        level=options.level,
        side=options.side,
        plan=options.plan,
        state=options.state,
        sender=sender,
        decision=decision,
    )
    colour = options.out is None and terminal.colour()
    width = terminal.width()
    deliver(letters.shown(letter, determination, options.format, width=width, colour=colour), options)
    if options.format != "json":
        _tell(letter, width)
    return 0


def _notice(options: Namespace) -> Document | None:
    if options.denial is None:
        return None
    from indicated.workflow.denials import from_option as notice_from

    return notice_from(options.denial, options.file, sys.stdin)


def _tell(letter: Letter, width: int) -> None:
    """What to know before it is sent: beside the letter, never in it."""
    if sys.stderr is not None:
        sys.stdout.flush()
        told = show_before(letter, width)
        sys.stderr.write(f"\n{told}" if told and sys.stdout.isatty() else told)
