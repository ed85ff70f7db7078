"""The pages of work: the queue, taking in, everything done to a case, two people at once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from indicated.workflow.assess import now
from indicated.workflow.review import cases
from indicated.workflow.review.states import CaseState
from tests.web.site import OVERLAP, POLICY
from tests.web.team import Team, people
from tests.workflow.accounts.conftest import quick_hashes

assert quick_hashes
NOTE = "Request: IVIG 2 g/kg monthly for a 30-year-old man, 70 kg, with dermatomyositis. Azathioprine failed in 2025."


@pytest.fixture
def team():
    made = Team()
    made.who = people(made)
    made.sign_in("nora")
    yield made
    made.client.close()
    made.site.store.close()


def taken_in(team, *, follow=False, **fields):
    given = {"text": OVERLAP, "policy": "", "policy_text": POLICY, "asker": "clinician", **fields}
    return team.send("/work/new", given, at="/work/new", follow=follow)


def a_case(team, **fields):
    """The id of a case that was just taken in."""
    answer = taken_in(team, **fields)
    assert answer.status_code == 303, answer.text
    return re.search(r"/work/([\w-]+)", answer.headers["location"]).group(1)


def version(team, case):
    return re.search(r'name="version" value="(\d+)"', team.see(f"/work/{case}").text).group(1)


def do(team, case, deed, **fields):
    return team.send(f"/work/{case}/{deed}", {"version": version(team, case), **fields}, at="/work")


def file(team, case, by="nora"):
    from indicated.workflow.accounts.rows import account_row, person_of

    with team.site.store.reading() as session:
        person = person_of(account_row(session, team.who[by].id))
    return cases.case(team.site.store, person, case, now=now())


def rows(page):
    return re.findall(r'<tr id="(C-[\w-]+)"', page)


def test_what_is_due_first_stands_on_top(team):
    calm = a_case(team, urgency="standard", plan="employer_self_funded", us_state="OH")
    late = a_case(team, received=(now() - timedelta(days=40)).strftime("%Y-%m-%dT%H:%M"))
    page = team.see("/work").text
    assert rows(page) == [late, calm]
    assert "overdue by" in page


def test_an_unknown_plan_makes_the_shortest_clock_count_and_the_list_says_so(team):
    case = a_case(team)
    assert "Shortest clock; not known: kind of plan" in team.see("/work").text
    assert "Shortest clock" in team.see(f"/work/{case}").text


def test_the_list_is_narrowed_down(team):
    fast = a_case(team, urgency="expedited", plan="medicaid", us_state="TX")
    slow = a_case(team, urgency="standard", plan="chip", us_state="NY")
    for query, found in (
        ("urgency=expedited", [fast]), ("plan=chip", [slow]), ("us_state=ny", [slow]), ("who=nobody", [fast, slow]),
        ("view=mine", []), ("state=pended", []), ("view=no-such&urgency=no-such", [fast, slow]),
    ):  # fmt: skip
        assert sorted(rows(team.see(f"/work?{query}").text)) == sorted(found), query
    assert "No case of this list fits" in team.see("/work?state=pended").text
    assert "Nothing open is assigned to you" in team.see("/work?view=mine").text


def test_a_case_that_nobody_has_is_taken_with_one_key(team):
    case = a_case(team)
    team.send(f"/work/{case}/take", {"version": version(team, case), "back": "?view=nobody"}, at="/work")
    assert file(team, case).head.assigned == (team.who["nora"].id,)
    page = team.see("/work?view=mine").text
    assert rows(page) == [case]
    assert "data-take" not in page


def test_a_requester_sees_only_their_own_and_assigns_nobody(team):
    case = a_case(team)
    team.another().sign_in("nora")
    clea = team.another()
    clea.sign_in("clea")
    assert rows(clea.see("/work").text) == []
    assert clea.see(f"/work/{case}").status_code == 404
    own = a_case(clea)
    page = clea.see(f"/work/{own}").text
    assert "deed-assign" not in page
    assert "deed-receive_information" in page
    assert do(clea, own, "note", text="hm").status_code == 403


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(team):
    fields = {"us_state": "Texas", "plan": "medicaid", "urgency": "expedited", "reference": "A-17"}
    answer = taken_in(team, follow=True, **fields)
    assert answer.status_code == 422
    page = answer.text
    wrong = re.search(r'id="w-us_state">.*?<span>(.*?)</span>', page, re.DOTALL).group(1)
    assert "two capital letters" in wrong
    assert OVERLAP[:60] in page
    assert 'value="A-17"' in page
    assert '<option value="medicaid" selected>' in page
    for field, value in (("received", "soon"), ("received", "2999-01-01T00:00"), ("policy", "no/such")):
        told = {"policy_text": "", field: value} if field == "policy" else {field: value}
        answer = taken_in(team, follow=True, **told)
        assert answer.status_code == 422
        assert f'id="w-{field}"' in answer.text


def test_a_request_is_worked_on_until_it_is_decided(team):
    case = a_case(team)
    assert "Next: " in re.sub(r"<[^>]+>", "", team.see(f"/work/{case}").text)
    do(team, case, "triage", plan="employer_self_funded", us_state="oh", urgency="standard")
    assert file(team, case).head.us_state == "OH"
    do(team, case, "assign", to=[team.who["nora"].id, team.who["dora"].id])
    assert len(file(team, case).head.assigned) == 2
    do(team, case, "note", text="called the clinic")
    asked = re.search(r'id="request_information-items".*?>(.*?)</textarea>', team.see(f"/work/{case}").text, re.DOTALL)
    assert "EMG" in asked.group(1)
    do(team, case, "request_information", items="EMG report\nthe weight", text="by Friday")
    do(team, case, "pend", reason="waits for the EMG")
    assert file(team, case).head.state is CaseState.PENDED
    answer = do(team, case, "receive_information", text="Weight 35 kg. EMG shows myopathic changes.")
    assert "determined again" in answer.text
    assert len(file(team, case).documents) == 2
    do(team, case, "peer_to_peer", held_at="2026-01-05T10:00", clinician="Dr Roe", summary="weight told", outcome="")
    page = team.see(f"/work/{case}").text
    for told in ("called the clinic", "EMG report", "by Friday", "waits for the EMG", "Dr Roe"):
        assert told in page
    do(team, case, "withdraw", reason="taken back by the clinic")
    assert file(team, case).head.state is CaseState.WITHDRAWN


@pytest.mark.parametrize(
    ("deed", "fields", "line"),
    [
        ("note", {"text": " "}, "a note needs words"),
        ("triage", {"us_state": "Texas"}, "two capital letters"),
        ("request_information", {"items": " \n "}, "say what is asked for"),
        ("receive_information", {"text": ""}, "write what was sent"),
        ("peer_to_peer", {"held_at": "2999-01-01T00:00", "clinician": "Dr Roe", "summary": "said"}, "have passed"),
        ("withdraw", {"reason": ""}, "say why the request is taken back"),
    ],
)  # fmt: skip
def test_a_form_that_lacks_something_says_what_and_keeps_the_rest(team, deed, fields, line):
    case = a_case(team)
    do(team, case, "triage", plan="", us_state="", urgency="")
    before = file(team, case).head.version
    answer = do(team, case, deed, **fields)
    assert answer.status_code == 422
    assert line in answer.text
    assert re.search(rf'id="deed-{deed}" open', answer.text)
    assert file(team, case).head.version == before


def test_what_cannot_be_done_now_is_refused_in_a_line(team):
    case = a_case(team)
    answer = do(team, case, "resume")
    assert answer.status_code == 409
    assert team.send(f"/work/{case}/no-such", {}, at="/work").status_code == 404


def test_of_two_who_write_at_once_the_second_is_told_what_the_first_did_and_keeps_the_words(team):
    case = a_case(team)
    seen = version(team, case)
    dora = team.another()
    dora.sign_in("dora")
    do(dora, case, "triage", plan="medicaid", us_state="TX", urgency="expedited")
    given = {"version": seen, "items": "the report of the EMG", "text": "kindly soon"}
    answer = team.send(f"/work/{case}/request_information", given, at="/work")
    assert answer.status_code == 409
    told = re.search(r'class="notice open conflict".*?</ul>', answer.text, re.DOTALL).group(0)
    assert "Dora" in told
    assert "Triaged" in told
    assert "the report of the EMG" in answer.text
    assert "kindly soon" in answer.text
    again = re.search(r'name="version" value="(\d+)"', answer.text).group(1)
    assert int(again) > int(seen)
    assert len(file(team, case).history) == int(again)
    team.send(f"/work/{case}/request_information", {**given, "version": again}, at="/work")
    assert file(team, case).history[-1].said.items == ("the report of the EMG",)


def test_a_case_in_which_nothing_was_read_can_be_worked_on(team):
    case = a_case(team, text="A man with psoriasis.", policy_text="")
    page = team.see(f"/work/{case}")
    assert page.status_code == 200
    assert "could not be determined" in team.see("/work").text
    assert team.see(f"/work/{case}/decision").status_code == 200
