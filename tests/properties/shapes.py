"""Texts of any length that ask a reader to do one thing over and over, or say one thing in no end of ways."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import cycle

from tests.explain.world import ROOT

Shape = Callable[[int], str]
DRUGS = ("prednisone", "methotrexate", "tacrolimus", "IVIG", "rituximab", "azathioprine", "cyclosporine", "infliximab")
REQUEST = "Request: IVIG 2 g/kg every 4 weeks for dermatomyositis. "


def over(*pieces: str) -> Shape:
    """The pieces in turn up to a length; an `@` in them is a number that grows."""

    def told(size: int) -> str:
        parts: list[str] = []
        length = 0
        for at, piece in enumerate(cycle(pieces)):
            if length >= size:
                break
            parts.append(piece.replace("@", str(at)))
            length += len(parts[-1])
        return "".join(parts)[:size]

    return told


def after(start: str, shape: Shape, end: str = "") -> Shape:
    return lambda size: start + shape(size) + end


def around(opens: str, closes: str) -> Shape:
    return lambda size: opens * (size // len(opens + closes)) + "weakness" + closes * (size // len(opens + closes))


def notes(size: int) -> str:
    """Lines of the example notes in any order."""
    lines = [
        line
        for path in sorted((ROOT / "examples").glob("*.txt"))
        if not path.name.endswith(".policy.txt")
        for line in path.read_text("utf-8").splitlines()
    ]
    order = random.Random(1)
    parts: list[str] = []
    length = 0
    while length < size:
        parts.append(order.choice(lines))
        length += len(parts[-1]) + 1
    return "\n".join(parts)[:size]


def table(mark: str, wide: str) -> Shape:
    """A table of results on several days, with so much before and after each mark between cells."""

    def told(size: int) -> str:
        cells = (f"{wide}{mark}{wide}").join
        head = cells(("Test", "01/02/2024", "02/03/2024", "03/04/2024"))
        names = cycle(("IgG", "CK", "ANA", "ESR"))
        rows = (cells((next(names), str(300 + at), str(400 + at), f"{at} H")) for at in range(size // 24))
        return "\n".join((head, *rows))

    return told


def wide_table(size: int) -> str:
    """Two rows with no end of days."""
    days = [f"{1 + at % 12:02}/{1 + at % 28:02}/{1990 + at % 36}" for at in range(size // 16)]
    return "\t".join(("Test", *days)) + "\n" + "\t".join(("IgG", *(str(300 + at) for at in range(len(days)))))


SHAPES: dict[str, Shape] = {
    "notes": notes,
    "notes in one line": lambda size: notes(size).replace("\n", " "),
    "notes in capitals": lambda size: notes(size).upper(),
    "round brackets": around("(", ")"),
    "square brackets": around("[", "]"),
    "brackets with words": around("(weakness ", ") "),
    "quotes": around('"', '"'),
    "quoted words": over('"weakness" '),
    "list items": over("- weakness @\n"),
    "numbered drugs": over("@. prednisone 10 mg daily\n"),
    "table with bars": table("|", " "),
    "table with tabs": table("\t", ""),
    "table with spaces": table(" ", "  "),
    "table of many days": wide_table,
    "drugs": over(*(f"{drug}, " for drug in DRUGS)),
    "failed drugs": after("Failed ", over(*(f"{drug} @ mg, " for drug in DRUGS)), " due to toxicity."),
    "drugs for drugs": over("switched from prednisone to methotrexate because of insurance, "),
    "codes": over("M33.1@, ", "G61.81 ", "D80.1; ", "J1459 x @ units "),
    "codes with names": over("M33.1 Dermatomyositis\n", "G61.81 CIDP\n"),
    "amounts": over("@ mg, ", "@.5 g/kg ", "1,@ mL/min ", "@ "),
    "odd figures": over("@/9 ", "@-9 ", "@%, ", "1/2 ", "< @ ", "± @ ", "1e@ "),
    "series": after("IgG ", over("38@, ", "410 and ")),
    "ranges": over("IgG @ (700-1600) mg/dL, ", "CK 1,@ U/L (30-200); "),
    "titres and scores": over("anti-Jo-1 positive, ", "ANA 1:640, ", "MRC 45/60 ", "strength 5/5 "),
    "weights": over("weight @ kg, ", "height 170 cm, ", "@-year-old "),
    "dates": over("2024-01-02, ", "on 03/04/2023 ", "since March 2022 ", "@ weeks ago "),
    "headings": over("HEADING@:\n", "Assessment:\nweakness\n", "Plan: IVIG\n"),
    "regimens": after("Request: IVIG ", over("2 g/kg every 4 weeks, ", "then 1 g/kg every @ weeks ", "over 2 days ")),
    "requests": over(REQUEST),
    "commas": over(","),
    "and": over("and "),
    "no": over("no "),
    "no weakness": over("no weakness "),
    "one denial": after("denies ", over("weakness, rash or ")),
    "pronouns": over("It was stopped. ", "Both failed. ", "The latter helped. ", "Prednisone was given. "),
    "questions": over("Failed prednisone? [x] Yes [ ] No\n"),
    "relatives": over("mother with lupus, ", "her father's JDM, "),
    "short forms": over("dermatomyositis (DM@), ", "(JDM) "),
    "citations": over("weakness [1,2-@], ", "text.1,2,3 "),
    "contradictions": over("dermatomyositis in 20@. ", "no dermatomyositis in 20@. "),
    "courses": over("improved on IVIG, ", "relapsed when IVIG was stopped. "),
    "digits": over("1234567890"),
    "spaces": after("weakness", over(" "), "IgG 300"),
    "lines": after("a | b\n", over("\n"), "c | d"),
    "blank lines": after("a | b\n", over("   \n"), "c | d"),
    "tabs": after("a\tb", over("\t"), "weakness"),
    "faces": over("👩‍⚕️"),
    "marks on letters": over("e\u0301\u0302"),
    "turned letters": over("\u202eשלום "),
    "zeros": over("\0a"),
    "controls": over("\x01\x02 "),
    "one word": over("weakness"),
    "capitals": over("A"),
    "hyphens": over("weak-"),
    "slashes": over("a/b/"),
    "dots": over("a.b."),
    "bars": over("| a "),
    "comments": over("<!-- "),
}
