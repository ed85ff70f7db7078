"""The article: what it says of the small world, in which order, for whom, and that each sentence has its proof."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from indicated.explain.article import article
from indicated.explain.statements import check
from indicated.model.policy import Via
from indicated.model.rule import All
from indicated.model.standard import ContentStatus, Note
from indicated.model.statement import FromCalculation, FromCitation, FromPassage
from tests import told
from tests.explain import world

AUDIENCES = ("clinician", "reviewer", "patient")


def section(rationale, name):
    return next((one for one in rationale.sections if one.id == name), None)


def texts(rationale, name):
    return [statement.text for statement in section(rationale, name).statements]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_answer_comes_first_and_says_finding_policy_and_next_step(audience):
    rationale = world.answer(audience)
    assert rationale.sections[0].id == "answer"
    assert [one.mark for one in rationale.sections[0].statements[:2]] == ["supported", "unknown"]
    assert any("Next step: " in text for text in texts(rationale, "answer"))


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_statement_has_proof_and_every_number_stands_in_it(audience):
    rationale = world.answer(audience)
    assert rationale.withheld == 0
    names = {"dm", "Plan policy 7", "igg"}
    for one in (one for part in rationale.sections for one in part.statements):
        claim = f"{one.label}\n{one.text}"
        for name in names:
            claim = claim.replace(name, "")
        assert one.proofs
        assert check(claim, one.proofs) == (), one


@pytest.mark.parametrize("audience", AUDIENCES)
def test_nothing_is_said_twice_in_the_same_words(audience):
    said = [(one.label, one.text) for part in world.answer(audience).sections for one in part.statements]
    assert len(said) == len(set(said))


def test_every_quote_stands_in_the_record():
    for part in world.answer().sections:
        for statement in part.statements:
            for proof in statement.proofs:
                if isinstance(proof, FromPassage):
                    assert world.RECORD.holds(proof.passage)


def test_the_same_input_gives_the_same_article():
    assert world.answer() == world.answer()


def test_sections_with_nothing_to_say_are_left_out():
    bare = world.decided(under=None, given=replace(world.case(), contradictions=()))
    rationale = world.answer(given=replace(bare, policy=None, policy_result=None, policy_verdict=None))
    names = [part.id for part in rationale.sections]
    assert "contradictions" not in names
    assert "policy" not in names
    assert "safety" not in names
    assert all(part.statements for part in rationale.sections)


def test_a_row_of_the_worksheet_has_verdict_and_quote_or_gap():
    rows = section(world.answer(), "policy").statements
    told_ = {row.label.split()[0]: (row.mark, row.text, row.level) for row in rows}
    assert told_["1a"] == ("not_met", "“Strength testing is full, no weakness”", 1)
    assert told_["1b"] == ("unknown", "not recorded", 1)
    assert told_["1c"][0] == "met"
    assert "CK 150 U/L" in told_["1c"][1]
    assert told_["1"][1] == "2 of 3 are needed: 1 met, 1 spoken against by the record, 1 not recorded."


def test_an_exclusion_that_does_not_apply_is_not_called_not_met():
    ruled_out = replace(world.case(), facts=(*world.facts(), *told.facts("concept | says\ndx.arthritis | absent")))
    rows = section(world.answer(given=world.decided(ruled_out)), "policy").statements
    assert rows[-1].mark == "applies_not"


def test_a_dose_in_grams_without_a_weight_names_the_weight_it_fits_as_a_calculation():
    statement = section(world.answer(), "dose").statements[0]
    assert statement.text == "70 g is 2 g/kg at a body weight of 35 kg; no weight is on record."
    assert any(isinstance(proof, FromCalculation) and proof.result.startswith("35 kg") for proof in statement.proofs)


def test_a_drug_in_use_without_a_stated_outcome_is_not_called_failed():
    rows = {one.label: one.text for one in section(world.answer(), "treatments").statements}
    assert rows["Methotrexate"].startswith("current, outcome not stated")
    assert rows["Prednisone"].startswith("tried, inadequate response")


def test_an_alternative_that_was_tried_is_not_offered():
    assert texts(world.answer(), "untried") == ["Azathioprine"]


def test_a_figure_that_was_only_recalled_is_withheld_and_counted():
    standard = world.standard()
    bad = replace(standard, onset=(replace(standard.onset[0], text="Stays in hospital fell by 31 days."),))
    known = replace(world.knowledge(), standards=(bad,))
    rationale = article(world.decided(known=known), known, world.phrases())
    assert rationale.withheld == 1
    assert section(rationale, "benefit") is None


def test_sources_are_numbered_in_order_of_first_use_and_the_unverified_is_marked():
    rationale = world.answer()
    assert [(one.number, one.key, one.verified) for one in rationale.references] == [
        (1, "trial-2020", True),
        (2, "old-1990", False),
    ]
    assert rationale.references[0].links == ("https://pubmed.ncbi.nlm.nih.gov/123/",)
    assert rationale.references[0].text == "Able A et al. A trial. J Trials. 2020;5(2):1-9."


def test_a_sentence_resting_on_an_unverified_source_says_so():
    statement = section(world.answer(), "against").statements[0]
    assert not statement.verified
    assert [proof.key for proof in statement.proofs if isinstance(proof, FromCitation)] == ["old-1990"]


def test_both_sides_are_shown_and_indirect_evidence_is_named_so():
    assert texts(world.answer(), "for") == ["79% against 44% responded. (Indirect: adults; a child here.)"]
    assert texts(world.answer(), "against") == [
        "No effect was seen. (Direct by disease.)",
        "No direct randomized trial among 2 sources; one would raise certainty.",
    ]


def test_grounds_for_an_exception_name_what_only_the_policy_asks_for():
    [text] = texts(world.answer(), "narrower")
    assert text.startswith("The record speaks against 1a of the policy")


def test_there_are_no_grounds_for_an_exception_when_the_evidence_does_not_carry_the_request():
    against = world.decided(replace(world.case(), facts=told.facts("concept | says\ndx.dm | absent")))
    assert section(world.answer(given=against), "narrower") is None


def test_flips_say_what_would_change_the_answer_and_mark_what_the_record_denies():
    rows = [f"{one.label}: {one.text}" for one in section(world.answer(), "flips").statements]
    assert rows[0] == "Policy would be met with: all of these:"
    assert any("igg low" in row for row in rows[1:])
    assert any("weakness (the record says otherwise today)" in row for row in rows)
    assert any("Evidence would be undetermined without: dm" in row for row in rows)


def test_documents_that_disagree_are_shown_side_by_side():
    assert texts(world.answer(), "contradictions") == ["Age: “14-year-old” against “15 years”."]


def test_a_case_that_reaches_no_standard_says_so():
    given = world.decided(known=replace(world.knowledge(), standards=()))
    rationale = article(given, replace(world.knowledge(), standards=()), world.phrases())
    assert texts(rationale, "answer")[0].endswith("on ivig for dm. This content has no standard for it.")
    unasked = replace(world.case(), request=replace(world.case().request, indications=()))
    bare = world.decided(unasked, known=replace(world.knowledge(), standards=()))
    rationale = article(bare, replace(world.knowledge(), standards=()), world.phrases())
    assert "reach none of the conditions" in texts(rationale, "answer")[0]


def test_the_patient_reads_no_worksheet_of_the_standard():
    assert section(world.answer("patient"), "standard") is None
    assert section(world.answer("reviewer"), "standard") is not None


def test_the_answer_names_how_many_of_the_open_items_would_meet_the_policy():
    ruled_out = replace(world.case(), facts=(*world.facts(), *told.facts("concept | says\ndx.arthritis | absent")))
    rationale = world.answer(given=world.decided(ruled_out))
    assert "What would meet the policy: 1b IgG low." in texts(rationale, "answer")
    assert not [one for one in section(rationale, "flips").statements if "be met with" in one.label]


def test_a_sentence_of_the_standard_on_an_item_stands_under_it_and_not_again_among_the_pitfalls():
    standard = world.standard()
    note = Note("Full strength does not rule it out.", ("trial-2020",), when=told.rule("lacks: finding.weakness"))
    other = Note("No effect was seen.", ("old-1990",))
    known = replace(world.knowledge(), standards=(replace(standard, pitfalls=(note, other)),))
    rationale = article(world.decided(known=known), known, world.phrases())
    [_, row] = section(rationale, "narrower").statements
    assert (row.label, row.text) == ("1a", note.text)
    assert "rule it out" not in " ".join(texts(rationale, "pitfalls") if section(rationale, "pitfalls") else ())


def test_a_retracted_source_is_marked_in_the_references():
    known = replace(world.knowledge(), evidence=(replace(world.SOURCES[0], retracted=True), world.SOURCES[1]))
    rationale = article(world.decided(known=known), known, world.phrases())
    assert rationale.references[0].text.endswith("Retracted.")
    assert "Retracted" not in rationale.references[1].text


def _copied(status=ContentStatus.ACTIVE, via=Via.PRIMARY, unread=()):
    made = world.policy()
    criteria = tuple(replace(one, verified=one.id not in unread) for one in made.criteria)
    return world.decided(under=replace(made, status=status, origin=replace(made.origin, via=via), criteria=criteria))


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_draft_of_a_policy_is_never_used_silently(audience):
    rationale = world.answer(audience, _copied(ContentStatus.DRAFT, Via.SECONDARY, ("i1c",)))
    after = [one.phrase for one in section(rationale, "answer").statements[1:]]
    assert after[:4] == ["answer.policy.unknown", "policy.status.draft", "policy.via.secondary", "policy.unverified"]
    assert any("CK above 100 U/L" in text for text in texts(rationale, "answer"))
    labels = [one.label for one in section(rationale, "policy").statements]
    assert [label.split()[0] for label in labels if "at the source)" in label] == ["1c"]


def test_the_copy_of_a_policy_is_told_of_in_every_state_but_active():
    said = {
        status: [one.phrase for one in section(world.answer(given=_copied(status)), "answer").statements]
        for status in ContentStatus
    }
    assert [status for status, phrases in said.items() if f"policy.status.{status}" in phrases] == [
        ContentStatus.DRAFT,
        ContentStatus.IN_REVIEW,
        ContentStatus.RETIRED,
    ]


def test_a_pasted_policy_is_the_payers_own_and_no_draft():
    pasted = replace(world.policy(), status=ContentStatus.DRAFT, document=world.RECORD)
    phrases = [one.phrase for one in section(world.answer(given=world.decided(under=pasted)), "answer").statements]
    assert not [phrase for phrase in phrases if phrase.startswith("policy.")]


def test_a_policy_of_which_no_part_is_reached_says_so_of_its_copy_too():
    made = replace(world.policy(), status=ContentStatus.DRAFT)
    other = replace(made, coverages=(replace(made.coverages[0], conditions=("dx.arthritis",)),))
    phrases = [one.phrase for one in section(world.answer(given=world.decided(under=other)), "answer").statements]
    assert phrases[1:3] == ["answer.policy.not_reached", "policy.status.draft"]


def test_a_criterion_under_a_named_section_is_told_by_its_words():
    made = world.policy()
    named = tuple(
        replace(one, section="Coverage criteria" if one.id == "i1a" else one.section) for one in made.criteria
    )
    rationale = world.answer(given=world.decided(under=replace(made, criteria=named)))
    assert "Coverage criteria: weakness" in [one.label for one in section(rationale, "policy").statements]


def test_a_policy_that_only_excludes_has_no_row_but_the_exclusion():
    made = world.policy()
    whole = made.coverages[0]
    bare = replace(made, coverages=(replace(whole, start=All(())),))
    rows = [section(world.answer(given=world.decided(under=one)), "policy").statements for one in (made, bare)]
    assert len(rows[0]) > 1
    assert rows[1] == rows[0][-1:]
