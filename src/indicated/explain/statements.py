"""The one way to a sentence: a phrase, what fills its places, and the proof. No proof, no sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from indicated.explain.phrasebook import Phrasebook
from indicated.explain.proofs import proof_text
from indicated.model.errors import Nonsense
from indicated.model.figures import foreign_numbers
from indicated.model.statement import Proof, Statement

if TYPE_CHECKING:
    from indicated.explain.claims import Claims


class Unproved(Nonsense):
    """A sentence with a number, concept, quote or direction that none of its proofs holds was about to be shown."""

    code = "unproved"


def state(  # noqa: PLR0913  (each argument is a part of a statement)
    book: Phrasebook,
    phrase_id: str,
    proofs: Iterable[Proof],
    places: dict[str, str],
    *,
    label: str = "",
    mark: str = "",
    level: int = 0,
    verified: bool = True,
    names: Iterable[str] = (),
    claims: Claims | None = None,
) -> Statement:
    """The statement that the phrase makes of its places; Nonsense without proof, Unproved with a foreign number or, by
    `claims`, with a unit, concept, quote or direction that its proofs do not hold.

    `names` are names that may stand in it (a product's strength, a score's year): digits in a name claim nothing.
    """
    proved = tuple(dict.fromkeys(proofs))
    text = _tidy(book.words(phrase_id, **places))
    text = text if label else _capital(text)
    claimed = label if claims is None else claims.uncalled(label)
    label = _capital(_tidy(label))
    statement = Statement(text, proved, phrase_id, verified, label, mark, level)
    claim = f"{claimed}\n{text}"
    for name in sorted((name for name in names if name in claim), key=len, reverse=True):
        claim = claim.replace(name, "")
    if claims is None:
        foreign = check(claim, proved)
    else:
        foreign = (*claims.figures(claim, proved), *claims.foreign(phrase_id, places, claimed, mark, proved))
    if foreign:
        raise Unproved(f"the phrase {phrase_id} says {', '.join(foreign)}, which stands in none of its proofs")
    if claims is not None:
        claims.keep(text, proved)
    return statement


def check(claim: str, proofs: Iterable[Proof]) -> tuple[str, ...]:
    """The numbers of the claim that stand in none of the proofs."""
    return tuple(foreign_numbers(claim, "\n".join(proof_text(proof) for proof in proofs)))


def _tidy(text: str) -> str:
    """The text with single spaces and no doubled end."""
    tidy = " ".join(text.split())
    for doubled, single in (
        (".”.", ".”"),
        ("?”.", "?”"),
        ("?.", "?"),
        ("..", "."),
        (" .", "."),
        (" ,", ","),
        ("; .", "."),
        (" ;", ";"),
    ):
        tidy = tidy.replace(doubled, single)
    return tidy


def _capital(text: str) -> str:
    """The text as a sentence begins; a sign (`pH`) and a list mark (`a.`) stay as they are."""
    first = text.split(" ", 1)[0]
    word = first.strip(".,;:()").replace("-", "")
    mark = len(word) == 1 and first.endswith((".", ")"))
    return text[:1].upper() + text[1:] if word.islower() and not mark else text
