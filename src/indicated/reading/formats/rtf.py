"""RTF: paragraphs, rows of tables, notes, headers and footers; pictures, fonts and deleted text are left out."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from indicated.reading.formats.blocks import squashed
from indicated.reading.formats.errors import Damaged, TooBig
from indicated.reading.formats.limits import RTF_DEPTH

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)|\\"
)
_SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet listtable listoverridetable rsidtbl generator info pict object objdata themedata "
    b"colorschememapping latentstyles datastore xmlnstbl fldinst bkmkstart bkmkend filetbl revtbl pntext pn sp "
    b"upr mmathPr wgrffmtfilter template passwordhash xe tc tcf pgptbl protusertbl fontemb blipuid nonshppict "
    b"levelnumbers leveltext listname".split()
)
_KEPT = frozenset(
    b"footnote annotation header headerl headerr headerf footer footerl footerr footerf shptxt ud".split()
)
_SAYS = {
    b"par": "\n\n", b"sect": "\n\n", b"page": "\n\n", b"line": "\n", b"column": "\n\n", b"tab": "\t", b"row": "\n",
    b"nestrow": "\n", b"cell": " | ", b"nestcell": " | ", b"emdash": "—", b"endash": "–", b"bullet": "•",
    b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"emspace": " ", b"enspace": " ",
    b"softline": "\n",
}  # fmt: skip
_SIGNS = {b"~": " ", b"_": "-", b"-": "", b"{": "{", b"}": "}", b"\\": "\\", b"\n": "\n\n", b"\r": "\n\n"}
_CHARSETS = {
    128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255",
    178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_TOP = 0x10FFFF


class _Group(NamedTuple):
    """What holds inside a pair of braces."""

    skip: bool = False
    unicode_skip: int = 1
    codec: str = ""
    kept: bool = False


def text_of(raw: bytes, name: str) -> str:
    """The text of an RTF file. Damaged when it is cut off; TooBig when its groups nest as no word processor's do."""
    reader = _Reader(name)
    at = 0
    while not reader.done and (match := _TOKEN.match(raw, at)) is not None:
        word, number, hexed, sign, brace, text = match.groups()
        if word is not None:
            reader.word(word, int(number) if number else None, match.end())
        elif brace is not None:
            reader.brace(brace)
        elif hexed is not None:
            reader.byte(int(hexed, 16))
        elif sign is not None:
            reader.sign(sign)
        elif text is not None:
            reader.text(text)
        at = max(match.end(), reader.resume)
    if not reader.done:
        raise Damaged(f"{name} is cut off (its groups do not close); save it again from the word processor")
    return _lined(reader.told())


class _Reader:
    """Walks the tokens of one file."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._out: list[str] = []
        self._bytes = bytearray()
        self._stack: list[_Group] = []
        self._group = _Group()
        self._codec = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font: int | None = None
        self._left = 0
        self._star = False
        self._in_fonts = 0
        self._in_table = False
        self.resume = 0
        self.done = False

    def told(self) -> str:
        self._flush()
        return "".join(self._out).encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _say(self, text: str) -> None:
        self._flush()
        if not self._group.skip:
            self._out.append(text)

    def _flush(self) -> None:
        if self._bytes:
            self._out.append(self._bytes.decode(self._group.codec or self._codec, "replace"))
            self._bytes.clear()

    def brace(self, brace: bytes) -> None:
        self._flush()
        self._left = 0
        self._star = False
        if brace == b"{":
            self._stack.append(self._group)
            if len(self._stack) > RTF_DEPTH:
                raise TooBig(
                    f"{self._name} has more than {RTF_DEPTH:,} groups within each other; save it again as text"
                )
            return
        if self._stack:
            ended = self._group.kept
            self._group = self._stack.pop()
            if ended and not self._group.kept:
                self._say("\n\n")
        if self._in_fonts > len(self._stack):
            self._in_fonts = 0
        self.done = not self._stack

    def word(self, word: bytes, number: int | None, end: int) -> None:
        if word in _KEPT:
            self._say("\n\n")
            self._group = self._group._replace(kept=True)
        elif word in _SKIPPED or self._star:
            self._flush()
            if word == b"fonttbl":
                self._in_fonts = len(self._stack)
            self._group = self._group._replace(skip=True)
        self._star = False
        if word == b"bin":
            self.resume = end + max(number or 0, 0)
        elif word == b"u" and number is not None:
            self._character(number % 0x10000 if number < 0 else number)
        elif word in _SAYS:
            self._say(" ; " if word == b"par" and self._in_table else _SAYS[word])
        else:
            self._format(word, number)

    def _format(self, word: bytes, number: int | None) -> None:
        """Words that change how what follows is read."""
        if word == b"uc":
            self._group = self._group._replace(unicode_skip=max(number or 0, 0))
        elif word in (b"pard", b"intbl"):
            self._in_table = word == b"intbl"
        elif word in (b"deleted", b"v"):
            self._flush()
            self._group = self._group._replace(skip=number != 0 or self._outer_skips())
        elif word == b"ansicpg" and number is not None:
            self._codec = _known(f"cp{number}") or self._codec
        elif word == b"f" and number is not None:
            self._flush()
            self._font = number
            self._group = self._group._replace(codec=self._fonts.get(number, ""))
        elif word == b"fcharset" and self._in_fonts and self._font is not None:
            self._fonts[self._font] = _CHARSETS.get(number or 0, "")

    def _outer_skips(self) -> bool:
        return bool(self._stack) and self._stack[-1].skip

    def _character(self, code: int) -> None:
        self._left = self._group.unicode_skip
        if code <= _TOP:
            self._say(chr(code))

    def sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._star = True
        elif sign in _SIGNS:
            self._say(_SIGNS[sign])

    def byte(self, value: int) -> None:
        if self._left:
            self._left -= 1
        elif not self._group.skip:
            self._bytes.append(value)

    def text(self, text: bytes) -> None:
        used = min(self._left, len(text))
        self._left -= used
        if not self._group.skip:
            self._bytes += text[used:]


def _known(codec: str) -> str:
    try:
        return codecs.lookup(codec).name
    except LookupError:
        return ""


def _lined(text: str) -> str:
    """Without idle blank lines; the bar that ends a row taken off."""
    lines: list[str] = []
    for line in text.split("\n"):
        told = squashed(line).replace(" ;", ";") if " | " in line else line.strip(" ")
        told = told.removesuffix("|").rstrip()
        if told or (lines and lines[-1]):
            lines.append(told)
    return "\n".join(lines).strip()
