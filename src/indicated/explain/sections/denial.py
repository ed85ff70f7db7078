"""What a denial says, reason by reason: the plan's words, what the record answers, and what can be done by when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from indicated.explain import proofs
from indicated.explain.sections.criteria import criteria_of
from indicated.explain.writer import Said, Writer
from indicated.model.denial import DenialCheck, DenialFlag, DenialKind, ReasonAnswer, ReasonCheck, RightKind
from indicated.model.evidence import Status
from indicated.model.law import Due, LawRow
from indicated.model.policy import Policy
from indicated.model.standard import Standard
from indicated.model.statement import FromClause, FromPassage, Proof, Statement

Told = tuple[str, tuple[Proof, ...]]
_LONGEST, _MOST_CRITERIA, _MOST_GAPS, _MOST_QUOTES = 240, 4, 4, 4
_OUTSIDE = (DenialKind.ADMINISTRATIVE, DenialKind.SITE_OF_CARE)
_BY_POLICY = (DenialKind.DIAGNOSIS, DenialKind.PRODUCT)
_RIGHTS = (RightKind.APPEAL, RightKind.EXPEDITED, RightKind.EXTERNAL, RightKind.PEER_TO_PEER, RightKind.HEARING)
_FOR_PATIENT = (RightKind.APPEAL, RightKind.EXPEDITED, RightKind.EXTERNAL, RightKind.HEARING)


def in_short(w: Writer) -> Said:
    """In a sentence for the answer: how many reasons there are and what the record says to them."""
    check = w.d.denial
    if check is None:
        return ()
    if not check.checks:
        kind = "quoted" if check.denial.quoted else "notice"
        return w.say(f"denial.no_reason.{kind}", _decision(w, check))
    answers = [one.answer for one in check.checks]
    tally = {answer.value: answers.count(answer) for answer in ReasonAnswer}
    proof = w.count("reasons", {"reasons": len(answers), **tally}, "")
    parts = [w.book.words(f"denial.count.{name}", n=str(n)) for name, n in tally.items() if n]
    number = "one" if len(answers) == 1 else "several"
    alone = w.book.words(f"denial.alone.{answers[0].value}") if number == "one" else ""
    said = alone or w.book.series(parts)
    return w.say(f"denial.summary.{number}", (proof,), n=str(len(answers)), parts=said)


def denial(w: Writer) -> Said:
    """Every reason with its answer, then what the notice lacks and the days that count."""
    check = w.d.denial
    if check is None:
        return ()
    rows: list[Statement] = []
    for one in check.checks:
        rows += _reason(w, one)
    rows += _rights(w, check)
    rows += _due(w, check)
    rows += _lacking(w, check)
    return tuple(rows)


def answered(w: Writer, *answers: ReasonAnswer, letter: bool) -> Said:
    """The reasons that have one of these answers. A `letter` has its own places for the criteria and what is open."""
    checks = w.d.denial.checks if w.d.denial is not None else ()
    return tuple(row for one in checks if one.answer in answers for row in _reason(w, one, letter=letter))


def until(w: Writer) -> Said:
    """The last day for an appeal, by the notice and by the law."""
    return tuple(_due(w, w.d.denial)) if w.d.denial is not None else ()


def lacking(w: Writer) -> Said:
    """What the notice does not hold and the law asks for."""
    return _lacking(w, w.d.denial) if w.d.denial is not None else ()


def _reason(w: Writer, one: ReasonCheck, *, letter: bool = False) -> Said:
    """The plan's words, the answer, the criteria it speaks of, and what else there is to say of the reason."""
    answer, proved = _answer(w, one, letter=letter)
    flags = [flag for flag in one.flags if not (letter and flag is DenialFlag.NO_CRITERION_NAMED)]
    more = [*(() if letter else (_held(w, one),)), *(_flag(w, one, flag) for flag in flags)]
    answers = " ".join(words for words in (answer, *(told for told, _ in more)) if words)
    return w.say(
        "denial.reason",
        (
            FromPassage(one.reason.passage),
            w.trace(one.reason.kind, one.answer),
            *proved,
            *(proof for _, told in more for proof in told),
        ),
        label=w.book.word("denial_kind", one.reason.kind),
        quote=_shortened(one.reason.passage.quote),
        answer=answers,
    )


def _answer(w: Writer, one: ReasonCheck, *, letter: bool) -> Told:
    """The answer to a reason in words, with its proofs."""
    kind, answer = one.reason.kind, one.answer
    if kind in _OUTSIDE:
        return w.book.words(f"denial.outside.{kind.value}"), ()
    open_ = _open(w, one)
    if kind is DenialKind.EXPERIMENTAL and w.standard is not None:
        it = w.standard.standing
        said = it.plain if w.book.audience == "patient" and it.plain else it.says
        if f"denial:{answer}" in w.told_notes:
            return w.book.words("denial.again"), tuple(w.sources(it.cite))
        w.told_notes.add(f"denial:{answer}")
        return (
            w.book.words(f"denial.evidence.{answer.value}", says=said, gaps=open_),
            tuple(w.sources(it.cite, it.says)),
        )
    if kind is DenialKind.DOSE and answer is not ReasonAnswer.UNKNOWN:
        return w.book.words(f"denial.dose.{answer.value}"), proofs.of_facts(one.facts)
    quotes, proved = w.quoted(one.facts, _MOST_QUOTES) if one.facts else ("", ())
    if kind is DenialKind.INFORMATION and answer is ReasonAnswer.FACTS_MEET and quotes:
        return w.book.words("denial.on_record", quotes=quotes), tuple(proved)
    if kind in _BY_POLICY and answer is ReasonAnswer.UNKNOWN and w.d.policy is None:
        return w.book.words("denial.needs_policy"), ()
    if kind is DenialKind.CRITERIA and answer is ReasonAnswer.UNKNOWN and not (one.facts or open_ or one.criteria):
        return w.book.words("denial.unrecognised"), ()
    told = "quoted" if quotes else "bare"
    more = [w.book.words(f"denial.answer.{answer.value}.{told}", quotes=quotes)]
    if open_ and answer is not ReasonAnswer.FACTS_MEET and not letter:
        more.append(w.book.words("denial.open", gaps=open_))
    if (
        one.unmentioned
        and len(one.unmentioned) == len(one.facts)
        and w.d.denial is not None
        and not w.d.denial.denial.quoted
    ):
        more.append(w.book.words("denial.unmentioned"))
    return " ".join(more), tuple(proved)


def _open(w: Writer, one: ReasonCheck) -> str:
    patient = w.book.audience == "patient"
    said = list(dict.fromkeys(w.words.label(gap.about) if patient else w.words.gap(gap) for gap in one.gaps))
    return w.words.sets(said, _MOST_GAPS) if said else ""


def _held(w: Writer, one: ReasonCheck) -> Told:
    """The criteria that a reason speaks of, each with its verdict; the policy's by their numbers."""
    owners: dict[str, Policy | Standard] = {}
    if w.d.policy is not None:
        owners[w.d.policy.id] = w.d.policy
    if w.standard is not None:
        owners[w.standard.id] = w.standard
    named, proved = [], []
    for held in one.criteria:
        owner = owners.get(held.document)
        criterion = criteria_of(owner).get(held.criterion) if owner is not None else None
        if owner is None or criterion is None:
            continue
        told = w.label_of(owner, criterion).rstrip(".")
        named.append(w.book.words("denial.criterion", criterion=told, verdict=w.book.word("mark", held.verdict)))
        proved += [w.clause(owner, criterion), w.trace(held.criterion, held.verdict)]
    if not named or one.reason.kind is DenialKind.EXPERIMENTAL or len(named) > _MOST_CRITERIA:
        return "", ()
    return w.book.words("denial.criteria", criteria="; ".join(named)), tuple(proved)


def _flag(w: Writer, one: ReasonCheck, flag: DenialFlag) -> Told:
    about = w.book.series(w.words.label(concept) for concept in one.flag_about)
    proved: list[Proof] = [w.trace(flag, one.answer)]
    items = ""
    if flag is DenialFlag.NARROWER and w.standard is not None and w.d.policy is not None:
        proved += w.sources(w.standard.standing.cite)
        table = criteria_of(w.d.policy)
        named = [table[held.criterion] for held in one.criteria if held.criterion in table]
        proved += [w.clause(w.d.policy, criterion) for criterion in named]
        items = w.book.series(map(w.item_of, named))
    return w.book.words(f"denial.flag.{flag.value}", about=about, items=items), tuple(proved)


def _rights(w: Writer, check: DenialCheck) -> Iterator[Statement]:
    """What the notice itself says can be done."""
    wanted = _FOR_PATIENT if w.book.audience == "patient" else _RIGHTS
    for right in sorted(check.denial.rights, key=lambda one: list(RightKind).index(one.kind)):
        if right.kind in wanted:
            label = w.book.word("denial_right", right.kind)
            quote = _shortened(right.passage.quote)
            yield from w.say("denial.right", (FromPassage(right.passage),), label=label, quote=quote)


def _due(w: Writer, check: DenialCheck) -> Iterator[Statement]:
    """The last day for an appeal: the notice's own, and the law's counted from the notice's date."""
    label = w.book.words("denial.until")
    stated, due = check.stated_by, check.appeal_by
    if stated is None and due is None:
        if not check.denial.quoted:
            yield from w.say("denial.no_date", (w.trace("appeal_by", "none"),), label=label)
        return
    same = stated is not None and due is not None and stated == due.due.date() and not due.assumed
    if stated is not None and not same:
        yield from w.say(
            "denial.stated_by", _counted(w, check), label=label, by=stated.isoformat(), passed=_passed(w, stated)
        )
    if due is None:
        return
    last = due.due.date()
    by, law, unread = last.isoformat(), due.row.section, _unread(w, due.row)
    proved = (*_counted(w, check), *_by_law(w, check, due))
    if same:
        yield from w.say(
            "denial.stated_by.law", proved, label=label, passed=_passed(w, last), by=by, law=law, unread=unread
        )
        return
    name = "denial.due.assumed" if due.assumed else "denial.due"
    passed = _passed(w, last) if stated is None else ""
    dated = _day(check.denial.dated)
    yield from w.say(
        name, proved, label="" if stated else label, dated=dated, passed=passed, by=by, law=law, unread=unread
    )
    if stated is not None and stated < last and not due.assumed:
        yield from w.say("denial.short", proved, stated=stated.isoformat(), by=by, law=law, unread=unread)


def _counted(w: Writer, check: DenialCheck) -> tuple[Proof, ...]:
    """What the notice's own last day rests on."""
    if check.stated_by is None:
        return ()
    told = [right.passage for right in check.denial.rights if right.kind is RightKind.APPEAL]
    noticed = [check.denial.dated_in] if check.denial.dated_in is not None else []
    proof = w.count("stated_by", {"notice": _day(check.denial.dated)}, check.stated_by.isoformat())
    return (proof, *(FromPassage(passage) for passage in (*noticed, *told)))


def _by_law(w: Writer, check: DenialCheck, due: Due) -> tuple[Proof, ...]:
    """What the law's last day rests on."""
    within = due.row.within
    inputs: dict[str, int | str] = {"notice": _day(check.denial.dated), within.unit.value: within.count}
    noticed = [FromPassage(check.denial.dated_in)] if check.denial.dated_in is not None else []
    counted = w.count("appeal_by", inputs, due.due.date().isoformat())
    return (_provision(due.law, due.row), counted, *noticed)


def _lacking(w: Writer, check: DenialCheck) -> Said:
    """What the law asks of such a notice and was not found in this one."""
    if not check.lacking:
        return ()
    named = [
        w.book.words(
            "denial.part",
            part=w.book.word("notice_part", need.part),
            law=need.rows[0].section,
            unread=_unread(w, need.rows[0]),
        )
        for need in check.lacking
    ]
    proved = [_provision("law", row) for need in check.lacking for row in need.rows[:1]]
    kind = "plan" if check.denial.plan is not None else "any"
    return w.say(f"denial.lacking.{kind}", proved, label=w.book.words("denial.lacks"), parts="; ".join(named))


def _decision(w: Writer, check: DenialCheck) -> tuple[Proof, ...]:
    told = [FromPassage(one.passage) for one in islice(check.denial.parts, 1)]
    return (*told, w.trace("denial", "no reason"))


def _provision(law: str, row: LawRow) -> FromClause:
    return FromClause(law, row.section, row.section, row.says)


def _unread(w: Writer, row: LawRow) -> str:
    return w.book.words("denial.unread") if row.status is Status.RECALLED else ""


def _passed(w: Writer, last: date) -> str:
    return w.book.words("denial.passed") if last < w.d.on else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _shortened(quote: str) -> str:
    """The plan's words on one line, without a list's mark; a long sentence up to a word."""
    line = " ".join(quote.split()).lstrip("-*• ")
    return line if len(line) <= _LONGEST else line[:_LONGEST].rpartition(" ")[0] + " …"
