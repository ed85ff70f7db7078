"""The letters that matching works with: a text folded, lowered and spaced, each step of the same length."""

import re
from functools import cache

_FOLDED = {
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-"),
    **dict.fromkeys(map(ord, "‘’‚‛′´"), "'"),
    **dict.fromkeys(map(ord, "“”„‟″«»"), '"'),
    **dict.fromkeys(map(ord, "×✕⨯"), "x"),
    **dict.fromkeys(map(ord, "µμ"), "u"),
    **dict.fromkeys(map(ord, "•·▪●◦‣∙○■"), "*"),
    ord("⁄"): "/",
    ord("∕"): "/",
    **dict(zip(map(ord, "²³¹⁰⁴⁵⁶⁷⁸⁹"), "2310456789", strict=True)),
    **dict(zip(map(ord, "áàâäãåçéèêëíìîïñóòôöõøúùûüýÿ"), "aaaaaaceeeeiiiinoooooouuuuyy", strict=True)),
    **dict(zip(map(ord, "ÁÀÂÄÃÅÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØÚÙÛÜÝ"), "AAAAAACEEEEIIIINOOOOOOUUUUY", strict=True)),
}


@cache
def _other() -> re.Pattern[str]:
    return re.compile(r"[^\x00-\x7f]")


def _folded(found: re.Match[str]) -> str:
    letter = found[0]
    return _FOLDED.get(ord(letter)) or (str(int(letter)) if letter.isdecimal() else letter)


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """The text in the letters that matching uses, of the same length: punctuation, accents and digits of other
    scripts folded, case kept.
    """
    return text if text.isascii() else _other().sub(_folded, text)


def lower(text: str) -> str:
    """Lower case, always of the same length."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def spaced(text: str) -> str:
    """The text with hyphens and slashes as spaces, of the same length."""
    return text.replace("-", " ").replace("/", " ")


def head_of(phrase: str) -> str:
    """The word (letters and digits) that a phrase begins with; its first sign where it begins with none."""
    head = phrase.partition(" ")[0]
    if head.isalnum():
        return head
    word = _word().match(phrase)
    return word.group() if word is not None else phrase[:1]
