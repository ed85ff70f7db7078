"""What a follow-up question is: the words of the content it is understood by, and what was understood of one."""

from msgspec import Struct

from indicated.model.concept import Kind
from indicated.model.fact import Fact
from indicated.model.regimen import Request
from indicated.model.text import Document, Passage


class Shown(Struct, frozen=True):
    """One part of an answer: a section of the article, or one that only questions have.

    Of the section only those statements are shown that were made from a phrase of `phrases` (by how its id begins) and
    rest on a verdict or caution of `traces`; with `named` those that speak of what the question names, with `speaks`
    those in which one of these words begins a word.
    """

    section: str
    phrases: tuple[str, ...] = ()
    traces: tuple[str, ...] = ()
    named: bool = False
    speaks: tuple[str, ...] = ()


class Intent(Struct, frozen=True):
    """One thing that can be asked: the cues that tell it, and what answers it.

    A cue is words in order: `a/b` is either, `*` up to four words, `#` the number of a criterion, `@` something named
    of one of `kinds` (of any kind without them). `named`: a cue counts only where the question names such a thing.
    `beyond`: it cannot be answered here, and is told apart only to say so; `alone`: nothing else of the question is
    answered then. `strict`: it is not understood where a word of the question is nothing that is known. `main`: it is
    offered where a question is not understood. `otherwise` is the phrase for when this case has nothing on it.
    `examples` are questions that must be understood so; they run as tests.
    """

    id: str
    cues: tuple[str, ...]
    shows: tuple[Shown, ...] = ()
    kinds: tuple[Kind, ...] = ()
    named: bool = False
    beyond: bool = False
    alone: bool = False
    strict: bool = False
    main: bool = False
    otherwise: str = "ask.nothing"
    examples: tuple[str, ...] = ()


class OtherTongue(Struct, frozen=True):
    """How questions are asked in another language: cues of the intents by their ids, with examples that run as tests,
    and what `persons`, `plain` and `questions` are of `QuestionWords`. Accents do not count. What begins with one of
    `supposes` is told to be left out: suppositions are read as records are, in the language of these.
    """

    cues: dict[str, tuple[str, ...]] = {}
    examples: dict[str, tuple[str, ...]] = {}
    supposes: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


class QuestionWords(Struct, frozen=True):
    """The words by which questions are understood.

    `supposes` open a supposition, `asks_whether` only seem to (`tell me if`), `opens_with` do where a clause begins
    with them, `forgets` suppose that something was never recorded, `leaves_out` that it is not so; `turns` begin the
    question that ends one, `turns_after_comma` only there. `contrasts` begin what a supposition takes the place of (`50
    kg instead of 35`), `denies` of a figure only (`4 years, not 14`); `negates` turn round what follows them. In a
    supposition `heard` gives words the reader's own (`were`: `was`); `ages` stand between a person and a bare number
    that is the person's age, heard as `age`. `asked_for` are words of a request's dose and rhythm; `weights` are units
    that make a person's bare figure a weight, heard as `weight`. `changed_to` are words of another use or product,
    `in_place` of another drug altogether; `request` is how a request is written. `persons` only stand for the patient.
    `plain` words ask for nothing by themselves; `questions` begin a question that is no statement. `bare` is the intent
    of a question that names something and asks nothing of it.
    """

    supposes: tuple[str, ...] = ()
    asks_whether: tuple[str, ...] = ()
    opens_with: tuple[str, ...] = ()
    forgets: tuple[str, ...] = ()
    leaves_out: tuple[str, ...] = ()
    turns: tuple[str, ...] = ()
    turns_after_comma: tuple[str, ...] = ()
    contrasts: tuple[str, ...] = ()
    denies: tuple[str, ...] = ()
    negates: tuple[str, ...] = ()
    heard: dict[str, str] = {}
    age: str = ""
    ages: tuple[str, ...] = ()
    weight: str = ""
    weights: tuple[str, ...] = ()
    asked_for: tuple[str, ...] = ()
    changed_to: tuple[str, ...] = ()
    in_place: tuple[str, ...] = ()
    request: str = ""
    persons: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    bare: str = ""
    intents: tuple[Intent, ...] = ()
    spanish: OtherTongue = OtherTongue()


class Ask(Struct, frozen=True):
    """One thing that a question asks: the intent, and the concepts named with it."""

    intent: Intent
    passage: Passage
    concepts: tuple[str, ...] = ()


class Supposition(Struct, frozen=True):
    """What a question supposes: facts, a changed request, what should be taken as never recorded.

    `unread` are suppositions of which nothing could be read.
    """

    facts: tuple[Fact, ...] = ()
    request: Request | None = None
    forgotten: tuple[tuple[str, Passage], ...] = ()
    unread: tuple[Passage, ...] = ()

    @property
    def told(self) -> bool:
        """Whether anything is supposed."""
        return bool(self.facts or self.request is not None or self.forgotten)


class Question(Struct, frozen=True):
    """A question as understood. `asks` are in the order in which they are asked, none where nothing was recognised:
    `only_named` is then what it names all the same. `unused` are words that nothing was made of.
    """

    document: Document
    asks: tuple[Ask, ...]
    supposed: Supposition = Supposition()
    whole: Passage | None = None
    only_named: tuple[str, ...] = ()
    unused: tuple[Passage, ...] = ()
