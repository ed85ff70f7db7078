"""Deciding in the pages: who may sign, what a denial takes, the signature, the notice, the appeal."""

from __future__ import annotations

import html
import re

import pytest

from indicated.model.decision import DecisionOutcome
from indicated.workflow.review.states import CaseState
from indicated.workflow.review.values import Decided
from tests.web.site import Visitor
from tests.web.team import Team, people
from tests.web.test_work import a_case, do, file, version
from tests.workflow.accounts.conftest import PASSWORD, quick_hashes

assert quick_hashes
DENIAL = {
    "outcome": "deny",
    "reason": "Muscle involvement is not shown.",
    "provision": "Initial authorization, item 1",
    "rationale": "Strength and enzymes are normal in this patient.",
    "appeal": "Write to the plan within 180 days.",
}
UNMET = ("1.a", "1.b", "1.h")


@pytest.fixture
def team():
    made = Team()
    made.who = people(made)
    made.sign_in("nora")
    made.case = a_case(made)
    do(made, made.case, "triage", plan="employer_self_funded", us_state="OH", urgency="standard")
    made.dora, made.omar = made.another(), made.another()
    made.dora.sign_in("dora")
    made.omar.sign_in("omar")
    yield made
    made.client.close()
    made.site.store.close()


def told(page):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def sent(visitor, case, do="sign", password=PASSWORD, **fields):
    given = {"version": version(visitor, case), "do": do, "password": password, **fields}
    return visitor.send(f"/work/{case}/decision", given, at="/work")


def reasons(team, case):
    """A verdict and a reason for each criterion that is open to one."""
    page = team.see(f"/work/{case}/decision").text
    listed = re.findall(r'name="verdict-([^"]+)"', page.split('class="more"')[0])
    assert listed
    return {f"{kind}-{one}": said for one in listed for kind, said in (("verdict", "not_met"), ("why", "not shown"))}


def denied(team):
    answer = sent(team.dora, team.case, **DENIAL, **reasons(team, team.case))
    assert file(team, team.case).head.state is CaseState.DENIED, told(answer.text)
    return answer


def test_nothing_is_chosen_before_a_person_chooses(team):
    page = team.dora.see(f"/work/{team.case}/decision").text
    form = page[page.index('class="work-panes decision"') :]
    assert not re.search(r"name=\"outcome\"[^>]* checked", form)
    assert not re.search(r'<option value="(met|not_met|unknown)" selected', form)
    assert not re.search(r"<textarea[^>]*>\s*[^<\s]", form)
    answer = sent(team.dora, team.case)
    assert answer.status_code == 422
    assert 'id="w-outcome"' in answer.text


def test_the_page_says_who_may_sign_what_and_why_not(team):
    assert "You may decide adversely" in told(team.dora.see(f"/work/{team.case}/decision").text)
    page = told(team.see(f"/work/{team.case}/decision").text)
    assert (
        "You may not decide adversely: Deciding against a request, in whole or in part, is not for a nurse reviewer"
        in page
    )
    assert 'value="sign"' not in team.see(f"/work/{team.case}/decision").text


def test_a_nurse_does_not_deny_even_by_a_form_of_their_own_making(team):
    answer = sent(team, team.case, **DENIAL, **reasons(team, team.case))
    assert answer.status_code == 403
    assert file(team, team.case).head.decided_at is None


def test_a_denial_that_lacks_something_is_marked_there_and_nothing_is_decided(team):
    answer = sent(team.dora, team.case, **{**DENIAL, "provision": " "})
    assert answer.status_code == 422
    assert 'id="w-provision"' in answer.text
    assert 'id="w-criteria"' in answer.text
    assert 'id="w-reason"' not in answer.text
    assert DENIAL["rationale"] in answer.text
    assert PASSWORD not in answer.text
    assert file(team, team.case).head.decided_at is None


@pytest.mark.parametrize("password", ["", "not the password"])
def test_without_the_right_password_nothing_is_signed_and_nothing_typed_is_lost(team, password):
    answer = sent(team.dora, team.case, password=password, **DENIAL, **reasons(team, team.case))
    assert answer.status_code in (403, 409)
    assert 'id="w-password"' in answer.text
    assert DENIAL["reason"] in answer.text
    assert file(team, team.case).head.decided_at is None


def test_a_physician_approves_with_a_signature_over_the_determination(team):
    answer = sent(team.dora, team.case, outcome="approve", rationale="The overlap is shown.", until="2099-01-31")
    assert "Decided and signed" in answer.text
    signed = next(one.said for one in file(team, team.case).history if isinstance(one.said, Decided))
    assert signed.decision.outcome is DecisionOutcome.APPROVE
    assert signed.decision.sign_off.hash == file(team, team.case).determination.digest
    assert "2099-01-31" in answer.text


def test_a_proposal_is_read_and_its_words_are_taken_over_but_never_its_outcome(team):
    sent(team, team.case, do="propose", **DENIAL, **reasons(team, team.case))
    assert file(team, team.case).head.state is CaseState.PROPOSED
    page = team.dora.see(f"/work/{team.case}/decision").text
    assert "A decision was prepared" in page
    assert f">{DENIAL['rationale']}</textarea>" not in page
    page = team.dora.see(f"/work/{team.case}/decision?from=proposal").text
    assert f">{DENIAL['rationale']}</textarea>" in page
    assert not re.search(r"name=\"outcome\"[^>]* checked", page)


def test_no_notice_before_a_signature(team):
    answer = team.dora.see(f"/work/{team.case}/notice")
    assert answer.status_code == 409
    assert "no machine writes one" in told(answer.text)


def places(page):
    """The sentences of a notice that have a place to fill in."""
    found = re.findall(r'<textarea id="(s\d+-\d+)".*?>(.*?)</textarea>', page, re.DOTALL)
    return [name for name, text in found if "[" in text]


def test_the_notice_of_a_denial_is_saved_and_put_on_record(team):
    denied(team)
    page = team.see(f"/work/{team.case}/notice").text
    assert DENIAL["rationale"] in page
    at = f"/work/{team.case}/notice"
    pdf = team.send(at, {"form": "pdf"}, at="/work")
    assert pdf.content.startswith(b"%PDF")
    given = {"form": "record", "version": version(team, team.case), "sent_by": "by mail to the patient"}
    answer = team.send(at, given, at="/work")
    assert answer.status_code == 422
    assert "fill in what stands in brackets" in answer.text
    given |= dict.fromkeys(places(page), "Filled in by hand.")
    answer = team.send(at, given, at="/work")
    assert "The notice is on record" in answer.text
    head = file(team, team.case).head
    assert head.noticed_at is not None
    assert head.appeal_until is not None
    assert DENIAL["rationale"] in file(team, team.case).history[-1].said.text


def test_a_sentence_that_a_notice_cannot_be_without_is_not_emptied(team):
    denied(team)
    page = team.see(f"/work/{team.case}/notice").text
    name = re.search(rf'<textarea id="(s\d+-\d+)"[^>]*>{re.escape(DENIAL["rationale"])}', page).group(1)
    answer = team.send(f"/work/{team.case}/notice", {"form": "pdf", name: ""}, at="/work")
    assert answer.status_code == 422
    assert "cannot be without this sentence" in answer.text


def test_an_appeal_is_decided_by_somebody_else(team):
    denied(team)
    answer = do(team, team.case, "appeal", appellant="the family", grounds="An EMG was done.")
    assert "Before it did: Dora" in told(answer.text)
    page = told(team.dora.see(f"/work/{team.case}/decision").text)
    assert "You may not approve: An appeal is decided by somebody else than before, and you decided" in page
    answer = sent(team.dora, team.case, outcome="approve", rationale="yes")
    assert answer.status_code == 403
    answer = sent(team.omar, team.case, outcome="approve", rationale="The EMG shows it.")
    assert "Decided and signed" in answer.text
    assert file(team, team.case).head.state is CaseState.APPROVED


def test_a_decision_written_while_somebody_changed_the_case_is_kept_and_not_signed(team):
    seen = version(team.dora, team.case)
    do(team, team.case, "assign", to=[team.who["omar"].id])
    given = {"version": seen, "do": "sign", "password": PASSWORD, **DENIAL, **reasons(team, team.case)}
    answer = team.dora.send(f"/work/{team.case}/decision", given, at="/work")
    assert answer.status_code == 409
    assert "Somebody changed this case" in answer.text
    assert "Nora" in re.search(r'class="notice open conflict".*?</ul>', answer.text, re.DOTALL).group(0)
    assert DENIAL["rationale"] in answer.text
    assert file(team, team.case).head.decided_at is None


def test_on_a_machine_of_ones_own_nothing_is_signed():
    alone = Visitor()
    at = alone.case().replace("/case/", "/work/")
    page = alone.see(f"{at}/decision").text
    assert "no licence is on record" in page
    assert 'value="sign"' not in page
