"""The states of a mediation (domain.md §3.4 as amended): every way through, every refused step in words."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors import InputProblem
from desk.rules.mediation_guards import Case
from desk.rules.mediation_labels import STATE
from desk.rules.mediation_states import (
    BEFORE_ARCHIVE,
    OPEN_TO_REGISTRAR,
    OWED,
    STANDING,
    STEPS,
    SUMMED_UP,
    TAKEN,
    TO_PERFORM,
    UNDER_WAY,
    VERB_WORDS,
    Verb,
    missing_for,
    offered,
    result_of,
    step,
    verbs,
)
from desk.rules.visit_states import Missing
from tests.unit.rules.mediation_cases import APPLIED, FENG, QIAN, READY, SEATED, SIGNED, SMALL, performed

DONE = replace(performed(SIGNED, "performed", "performed", "open"), follow_ups=1)
REFUSING = replace(APPLIED, parties=(QIAN, replace(FENG, consent="refused")))


def walk(*steps: tuple[Verb, Case]) -> list[str]:
    state, way = "registered", []
    for verb, case in steps:
        state = step(state, verb, case, reason="理由")
        way.append(state)
    return way


def test_the_long_way_to_the_archive() -> None:
    assert walk(
        ("ask_consent", APPLIED),
        ("accept", APPLIED),
        ("investigate", READY),
        ("mediate", READY),
        ("agree_written", SIGNED),
        ("perform", SIGNED),
        ("perform_all", DONE),
        ("follow_up", DONE),
        ("archive", DONE),
    ) == [
        "consent_pending",
        "accepted",
        "investigating",
        "mediating",
        "agreed_written",
        "performing",
        "performed",
        "followed_up",
        "archived",
    ]


def test_a_small_oral_case_is_done_in_one_step() -> None:
    done = performed(SMALL, "performed")
    assert walk(("settle", SMALL), ("perform_all", done), ("archive", done)) == [
        "agreed_oral",
        "performed",
        "archived",
    ]


def test_med02_no_session_before_the_other_side_agreed() -> None:
    assert step("registered", "accept", APPLIED) == "accepted"
    with pytest.raises(InputProblem, match="冯某还没有同意调解") as caught:
        step("accepted", "mediate", replace(APPLIED, mediators=SEATED))
    assert caught.value.field == "consent"
    assert step("accepted", "mediate", READY) == "mediating"


def test_med02_a_refusal_is_a_way_out() -> None:
    with pytest.raises(InputProblem, match="明确拒绝"):
        step("consent_pending", "accept", REFUSING)
    assert walk(("ask_consent", APPLIED), ("refuse", REFUSING), ("archive", REFUSING)) == [
        "consent_pending",
        "refused",
        "archived",
    ]


def test_med12_no_written_agreement_without_the_seal() -> None:
    assert SIGNED.agreement is not None
    unsealed = replace(SIGNED, agreement=replace(SIGNED.agreement, sealed_on=None))
    with pytest.raises(InputProblem, match="印章") as caught:
        step("mediating", "agree_written", unsealed)
    assert caught.value.field == "sealed_on"


def test_med08_no_termination_without_the_notice() -> None:
    failed = replace(READY, end_cause="no_agreement")
    with pytest.raises(InputProblem, match="仲裁、行政、司法"):
        step("mediating", "terminate", failed)
    assert step("mediating", "terminate", replace(failed, remedies_told=True)) == "terminated"


def test_36_no_archive_while_a_mandatory_paper_is_missing() -> None:
    short = replace(DONE, missing_papers=(Missing("identity", "缺当事人身份证明（冯某）。"),))
    with pytest.raises(InputProblem, match="当事人身份证明（冯某）"):
        step("followed_up", "archive", short)


def test_med16_an_agreement_that_failed_is_mediated_again() -> None:
    assert step("not_performed", "remediate", SIGNED, reason="法院确认无效") == "mediating"
    with pytest.raises(InputProblem, match="再次调解要写明理由"):
        step("not_performed", "remediate", SIGNED)


def test_a_reopened_dossier_goes_back_to_where_it_came_from() -> None:
    assert step("archived", "reopen", replace(DONE, archived_from="terminated"), reason="补材料") == (
        "terminated"
    )


@pytest.mark.parametrize(
    ("state", "verb", "words"),
    [
        ("registered", "mediate", "本案已登记，不能开始调解。"),
        ("refused", "mediate", "本案当事人拒绝，不能开始调解。"),
        ("accepted", "agree_written", "本案已受理，不能登记书面协议生效。"),
        ("archived", "perform_all", "本案已归档，不能登记为已履行。"),
        ("performing", "archive", "本案履行中，不能归档。"),
        ("partly", "archive", "本案部分履行，不能归档。"),
        ("agreed_oral", "void", "本案已达成口头协议，不能作废。"),
    ],
)
def test_other_steps_are_refused_in_words(state: str, verb: Verb, words: str) -> None:
    with pytest.raises(InputProblem) as caught:
        step(state, verb, DONE, reason="理由")
    assert (caught.value.sentence, caught.value.field) == (words, "state")


@pytest.mark.parametrize("verb", ["reject", "refer_out", "void"])
def test_ends_want_a_reason(verb: Verb) -> None:
    with pytest.raises(InputProblem, match="要写明理由") as caught:
        step("registered", verb, replace(APPLIED, referred_to="示例县法院"), reason=" ")
    assert caught.value.field == "reason"


def test_the_table_knows_every_state_and_word() -> None:
    targets = {row.target for row in STEPS} - {"", BEFORE_ARCHIVE}
    assert targets | {"registered"} == set(STATE)
    assert {row.source for row in STEPS} == set(STATE)
    assert {row.verb for row in STEPS} == set(VERB_WORDS)
    assert len({(row.source, row.verb) for row in STEPS}) == len(STEPS)


@pytest.mark.parametrize(
    ("group", "verb"),
    [
        (OPEN_TO_REGISTRAR, "void"),
        (TAKEN, "terminate"),
        (UNDER_WAY, "refuse"),
        (OWED, "perform_all"),
        (STANDING, "remediate"),
        (SUMMED_UP, "take_back"),
    ],
)
def test_the_groups_pages_and_services_ask_are_those_of_the_table(group: tuple[str, ...], verb: Verb) -> None:
    """MED-02, 14, 23 · SQ-01: who adds a state to the table adds it to its groups."""
    assert sorted(group) == sorted(row.source for row in STEPS if row.verb == verb)
    assert set(TO_PERFORM) == set(OWED) - {"followed_up"}


def test_every_state_leads_to_the_archive() -> None:
    reached = {"archived"}
    for _round in STATE:
        reached |= {row.source for row in STEPS if row.target in reached}
    assert reached == set(STATE)


def test_med05_med19_the_parties_may_leave_at_any_time_before_they_agree() -> None:
    for state in ("registered", "consent_pending", "accepted", "investigating", "mediating"):
        assert "refuse" in verbs(state)
    for state in ("accepted", "investigating", "mediating"):
        told = replace(READY, remedies_told=True, end_cause="refused")
        assert step(state, "terminate", told) == "terminated"


@given(st.sampled_from(sorted(STATE)), st.sampled_from(sorted(VERB_WORDS)))
def test_only_the_table_lets_through(state: str, verb: Verb) -> None:
    whole = replace(DONE, archived_from="performed")
    try:
        reached = step(state, verb, whole, reason="理由")
    except InputProblem as problem:
        known = verb in verbs(state)
        assert (problem.field == "state") is not known  # noqa: PT017
        assert not known or missing_for(state, verb, whole)
    else:
        assert verb in verbs(state)
        assert missing_for(state, verb, whole) == ()
        assert reached == "" or reached in STATE


@pytest.mark.parametrize(
    ("terms", "followed", "again"),
    [
        (("performed", "performed"), "performed", set()),
        (("performed", "performed"), "partly", {"perform_all"}),
        (("performed", "performed"), "", {"perform_all"}),
        (("performed", "open"), "partly", {"perform_all"}),
        (("performed", "open"), "not_performed", {"perform_all", "perform_partly"}),
        (("open", "open"), "not_performed", {"perform_all"}),
    ],
)
def test_med14_after_the_follow_up_only_what_changes_something_is_offered(
    terms: tuple[str, str], followed: str, again: set[Verb]
) -> None:
    case = replace(performed(SIGNED, *terms, "open"), follow_ups=1, followed_performance=followed)
    assert set(offered("followed_up", case)) == {"take_back", "remediate", "archive"} | again


@given(st.sampled_from(sorted(set(STATE) - {"followed_up"})))
def test_before_the_follow_up_the_whole_table_is_offered(state: str) -> None:
    assert offered(state, DONE) == verbs(state)


breaks: list[Callable[[Case], Case]] = [
    lambda case: replace(case, parties=(QIAN, replace(FENG, consent="unasked"))),
    lambda case: replace(case, parties=(QIAN, replace(FENG, consent="refused"))),
    lambda case: replace(case, mediators=()),
    lambda case: replace(case, parties=(QIAN, replace(FENG, rights_told=False))),
]


@given(st.lists(st.sampled_from(breaks), min_size=1))
def test_med02_med03_med05_whatever_lacks_no_session_begins(chosen: list[Callable[[Case], Case]]) -> None:
    case = READY
    for change in chosen:
        case = change(case)
    for state in ("accepted", "investigating"):
        with pytest.raises(InputProblem):
            step(state, "mediate", case)


@pytest.mark.parametrize(
    ("state", "accepted", "agreed", "result"),
    [
        ("registered", False, False, ""),
        ("rejected", False, False, ""),
        ("refused", False, False, ""),
        ("refused", True, False, "failed"),
        ("terminated", True, False, "failed"),
        ("terminated", True, True, "failed"),
        ("referred_out", True, False, "referred"),
        ("mediating", True, False, "pending"),
        ("mediating", True, True, "pending"),
        ("agreed_written", True, True, "success"),
        ("not_performed", True, True, "success"),
    ],
)
def test_cl3_the_result_follows_the_state(state: str, accepted: bool, agreed: bool, result: str) -> None:
    assert result_of(state, accepted=accepted, agreed=agreed) == result
    assert result_of("archived", accepted=accepted, agreed=agreed, archived_from=state) == result
