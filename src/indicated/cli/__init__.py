"""The command line: `indicated assess`, `ask`, `letter`, `compare` and so on. The one place with a clock and exits."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, cast

from indicated.cli import quick

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence

DONE, BUG, BAD_INPUT, PROBLEMS, INTERRUPTED = 0, 1, 2, 3, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give the exit status: 0 done, 2 bad input, 3 problems found. Never a traceback.

    Without arguments it is the program itself: it takes those of the command line and ends the process.
    """
    if arguments is None:
        quick.start()
        quick.leave(_interruptible(sys.argv[1:]))
    return _interruptible(list(arguments))


def _interruptible(arguments: list[str]) -> int:
    try:
        return _guarded(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED


def _guarded(arguments: list[str]) -> int:
    from indicated.model.errors import IndicatedError

    try:
        status = _run(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
    except IndicatedError as error:
        return _refuse(str(error))
    except BrokenPipeError:
        _forget_output()
        return DONE
    except OSError as error:
        _forget_output()
        return _refuse(
            f"the answer cannot be written: {error.strerror or 'output is closed'}; check where it should go"
        )
    except Exception as error:
        if os.environ.get("INDICATED_DEBUG"):
            raise
        _say(f"a mistake in the program ({type(error).__name__}); nothing was decided; INDICATED_DEBUG=1 shows where")
        return BUG
    return status


def _run(arguments: list[str]) -> int:
    options = _options(arguments)
    if sys.stdout is None:
        from indicated.workflow.errors import Unwritable

        raise Unwritable("standard output is closed; give it somewhere to go, for example > answer.txt")
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    if options.version:
        from indicated.cli.version import run
    elif options.command == "assess":
        from indicated.cli.assess import run
    else:
        return _other(options.command)(options)
    return run(options)


def _other(command: str) -> Callable[[Namespace], int]:
    """What runs any other command; only its own module is loaded."""
    match command:
        case "letter":
            from indicated.cli.letter import run
        case "compare":
            from indicated.cli.compare import run
        case "ask":
            from indicated.cli.ask import run
        case "read":
            from indicated.cli.read import run
        case "account":
            from indicated.cli.account import run
        case "serve":
            from indicated.cli.serve import run
        case "retention":
            from indicated.cli.retention import run
        case "content":
            from indicated.cli.authoring import run
        case _:
            from indicated.cli.stores import run
    return run


def _options(arguments: list[str]) -> Namespace:
    from indicated.cli import shortest

    options = shortest.parse(arguments)
    if options is not None:
        return cast("Namespace", options)
    from indicated.cli.arguments import parse

    return parse(arguments)


def _refuse(message: str) -> int:
    _say(message)
    return BAD_INPUT


def _say(message: str) -> None:
    """One line on standard error, where there is one."""
    if sys.stderr is not None:
        from indicated.model.text import visible

        try:
            sys.stderr.write(f"indicated: {' '.join(visible(message).split())}\n")
            sys.stderr.flush()
        except OSError:
            pass


def _forget_output() -> None:
    """Point standard output at nothing, so that the interpreter does not fail to flush it at exit."""
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        pass
