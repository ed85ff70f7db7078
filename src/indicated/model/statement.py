"""One sentence with its proof. The type refuses a statement without proof."""

from msgspec import Struct

from indicated.model.errors import Nonsense
from indicated.model.text import Passage


class FromPassage(Struct, frozen=True, tag="passage"):
    """A passage of the case or of a pasted policy."""

    passage: Passage


class FromEntry(Struct, frozen=True, tag="entry"):
    """A value entered as data; `says` is what was entered."""

    where: str
    says: str


class FromClause(Struct, frozen=True, tag="clause"):
    """A clause of a policy or a criterion of a standard."""

    document: str
    criterion: str
    section: str
    text: str


class FromCitation(Struct, frozen=True, tag="citation"):
    """A published source, by evidence key; `figures` are the source's figures or summary relied on."""

    key: str
    figures: tuple[str, ...] = ()


class FromCalculation(Struct, frozen=True, tag="calculation"):
    """A calculation: its name, inputs as `name = value` and result, all as text a reader can redo."""

    name: str
    inputs: tuple[str, ...]
    result: str


class FromTrace(Struct, frozen=True, tag="trace"):
    """The program's own verdict on a rule: which rule, which verdict, which search came back empty."""

    rule: str
    verdict: str


Proof = FromPassage | FromEntry | FromClause | FromCitation | FromCalculation | FromTrace


class Phrase(Struct, frozen=True):
    """A sentence with named places, per audience. A missing audience falls back to clinician."""

    id: str
    clinician: str
    reviewer: str = ""
    patient: str = ""


class Translation(Struct, frozen=True):
    """Words in Spanish for a patient: of the phrase or concept `id`, or of the sentence of the content that reads `of`.

    A translation belongs to the very words it was made from: when they change it is a problem of the content.
    """

    es: str
    id: str = ""
    of: str = ""

    def __post_init__(self) -> None:
        if bool(self.id) == bool(self.of):
            raise Nonsense("a translation is of a phrase or concept (id) or of a sentence (of), and of one of them")


class Statement(Struct, frozen=True):
    """One sentence a reader sees, built from phrase `phrase`, with at least one proof; Nonsense otherwise.

    `label` names what the sentence is about (a criterion, a group of facts), `mark` is a verdict to show beside
    it, `level` how deep it stands below the sentence before it.
    """

    text: str
    proofs: tuple[Proof, ...]
    phrase: str = ""
    verified: bool = True
    label: str = ""
    mark: str = ""
    level: int = 0

    def __post_init__(self) -> None:
        if not self.proofs:
            raise Nonsense("a statement needs a proof")


class Section(Struct, frozen=True):
    """An ordered list of statements, with or without a heading. `style` is a hint for rendering: `lead`, `list`,
    `rows`, `table`, `prose`; `form` is a table with columns left blank for a pen. Of a letter `head` are the lines of
    who and what, `letter` is one paragraph, `sign` the places to sign.
    """

    id: str
    heading: str
    statements: tuple[Statement, ...]
    style: str = "list"


class Reference(Struct, frozen=True):
    """One source of the reference list: its number, evidence key, line as printed and links. `verified` is false
    for a source whose identifier nobody has seen on a page.
    """

    number: int
    key: str
    text: str
    links: tuple[str, ...] = ()
    verified: bool = True


class Rationale(Struct, frozen=True):
    """The article: sections in order, and the sources cited, numbered from 1 in order of first use.

    `withheld` counts sentences that were left out because a number in them stood in none of their proofs.
    `english` are texts in it that stand in English for want of a translation.
    """

    title: str
    audience: str
    sections: tuple[Section, ...]
    references: tuple[Reference, ...]
    withheld: int = 0
    language: str = "en"
    english: tuple[str, ...] = ()


class Letter(Struct, frozen=True):
    """What is sent, as a page, and what its writer should know and mend before: `before` is no part of what is sent."""

    kind: str
    page: Rationale
    before: Section
