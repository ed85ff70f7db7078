"""One patient's documents, facts and request."""

from msgspec import Struct
from msgspec.structs import replace

from indicated.model.assertion import Assertion
from indicated.model.errors import Nonsense
from indicated.model.fact import Fact
from indicated.model.regimen import Request
from indicated.model.text import Document, Passage


class Mention(Struct, frozen=True):
    """What reading saw in a passage, before it is or is not a fact."""

    concept: str
    passage: Passage
    assertion: Assertion


class Contradiction(Struct, frozen=True):
    """Passages that cannot all be true of one patient, or one that cannot be true by itself; shown, never resolved.

    `about` is a concept id, or `date`, `patient` where it is of no concept. `kind` is a code that a phrase explains:
    `age`, `birth_date`, `weight`, `sex`, `diagnosis`, `side`, `dose`, `patient`, `implausible` and their like.
    """

    about: str
    passages: tuple[Passage, ...]
    kind: str = ""


class CodeSeen(Struct, frozen=True):
    """An ICD-10-CM code in a document, with its title. `valid`: the code table has it; None without a table.

    `billable`: it is complete enough for a claim.
    """

    code: str
    passage: Passage
    title: str = ""
    valid: bool | None = None
    billable: bool = False


class Case(Struct, frozen=True):
    """One patient: documents, facts, the request if one was found, contradictions.

    `set_aside` holds mentions that are not facts about this patient (a guideline's sentence, a relative's
    disease, a plan), so that a reader can see that they were seen and why they do not count. `codes` are the diagnosis
    codes as they stand in the documents.
    """

    documents: tuple[Document, ...]
    facts: tuple[Fact, ...]
    request: Request | None = None
    contradictions: tuple[Contradiction, ...] = ()
    set_aside: tuple[Mention, ...] = ()
    codes: tuple[CodeSeen, ...] = ()

    def __post_init__(self) -> None:
        by_id = {document.id: document for document in self.documents}
        if len(by_id) != len(self.documents):
            raise Nonsense("two documents of a case have one id")
        for fact in self.facts:
            for passage in fact.passages:
                document = by_id.get(passage.document)
                if document is None or not document.holds(passage):
                    raise Nonsense(f"a passage of {fact.concept} is not in its document")

    def with_facts(self, *facts: Fact) -> "Case":
        """The same case with more facts. Facts on the same concept that these speak against are replaced."""
        named = {fact.concept for fact in facts}
        kept = tuple(fact for fact in self.facts if fact.concept not in named)
        return replace(self, facts=(*kept, *facts))

    def without(self, fact: Fact) -> "Case":
        """The same case as if that fact had never been read."""
        return replace(self, facts=tuple(other for other in self.facts if other is not fact))
