"""The text of pictures, by the program tesseract where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from indicated.reading.formats.errors import NeedsOcr, TooBig
from indicated.reading.formats.limits import OCR_PAGES

if TYPE_CHECKING:
    from collections.abc import Callable

_SECONDS = 120
_MEMORY = 4_000_000_000
_OPTIONS = ("stdin", "stdout", "-l", "eng", "--dpi", "300", "-c", "preserve_interword_spaces=1")
_WIDE = 4


def recogniser() -> Callable[[bytes], str] | None:
    """A function from a picture (PNG, JPEG, TIFF, PNM) to its text; None where tesseract is not installed."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    done = 0

    def recognise(picture: bytes) -> str:
        nonlocal done
        done += 1
        if done > OCR_PAGES:
            raise TooBig(f"the case has more than {OCR_PAGES} pages of pictures; give those that concern the request")
        return _barred(_run(program, picture, done))

    return recognise


def _run(program: str, picture: bytes, number: int) -> str:
    """The program's output. Its own messages are not repeated: they could quote the page."""
    command = [program, *_OPTIONS]
    alone = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        started = subprocess.Popen(  # noqa: S603 - a program found by its fixed name, fixed arguments, no shell
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=alone
        )
    except OSError as error:
        raise NeedsOcr(f"tesseract could not be started: {error.strerror}; install it again") from None
    with started as running:
        _bounded(running.pid)
        try:
            out, _ = running.communicate(picture, timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            running.kill()
            raise NeedsOcr(
                f"picture {number} of the case took tesseract longer than {_SECONDS} s; scan it at 300 dots an inch"
            ) from None
    if running.returncode:
        raise NeedsOcr(
            f"tesseract could not read picture {number} of the case; scan it again, or save it as PNG or PDF"
        )
    return out.decode("utf-8", "replace")


def _bounded(pid: int) -> None:
    """Bounds the memory of the program, where the system can: a small file may be a huge picture."""
    try:
        import resource

        resource.prlimit(pid, resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    except (ImportError, AttributeError, OSError, ValueError):
        pass


def _barred(text: str) -> str:
    """Wide gaps within a line as bars between the cells of a row; without the form feed at a page's end."""
    gap = " " * _WIDE
    lines = []
    for line in text.replace("\f", "\n").split("\n"):
        cells = [cell.strip() for cell in line.strip().split(gap) if cell.strip()]
        lines.append(" | ".join(cells))
    return "\n".join(lines).strip()
