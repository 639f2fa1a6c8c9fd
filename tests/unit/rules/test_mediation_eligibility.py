"""MED-18, 20, 21, 22, 04, LZ-05 — and MED-01: no fee anywhere."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.mediation_eligibility import (
    BARRIER,
    COMPETENCE,
    Committee,
    Scope,
    ScopeRules,
    Seat,
    committee_doubts,
    mediator_gaps,
    obstacles,
)
from desk.rules.mediation_guards import Case
from desk.rules.mediation_parties import Party
from desk.wire import records
from tests.unit.rules.mediation_cases import FENG, QIAN

TODAY = date(2026, 11, 23)
GOOD = Scope((QIAN, FENG), competence=("arose_here",))
FIRM = Party("示例物业公司", "respondent", kind="legal_person", legal_rep="周某")
FIRMS = (replace(FIRM, side="applicant"), FIRM)


def sentences(scope: Scope, rules: ScopeRules | None = None) -> list[str]:
    found = obstacles(scope, rules)
    assert {gap.field for gap in found} <= {"barred", "parties", "competence"}
    return [gap.sentence for gap in found]


def test_med20_a_quarrel_of_two_people_may_be_mediated() -> None:
    assert sentences(GOOD) == []
    assert sentences(replace(GOOD, parties=(QIAN, FIRM))) == []


def test_med20_two_firms_only_where_the_profile_says_so() -> None:
    assert sentences(replace(GOOD, parties=FIRMS)) == [
        "双方都是单位：人民调解的是公民之间、公民与单位之间的纠纷。"
    ]
    assert sentences(replace(GOOD, parties=FIRMS), ScopeRules(bodies_among_themselves=True)) == []


@pytest.mark.parametrize("barrier", BARRIER)
def test_med21_each_barrier_keeps_the_case_out(barrier: str) -> None:
    assert sentences(replace(GOOD, barriers=(barrier,))) == [f"{BARRIER[barrier]}，人民调解委员会不得受理。"]


@pytest.mark.parametrize(
    ("barrier", "source"), [("court", "court"), ("police", "police"), ("administrative", "other_organ")]
)
def test_med29_the_organ_that_refers_a_case_lifts_its_own_barrier(barrier: str, source: str) -> None:
    assert sentences(replace(GOOD, barriers=(barrier,), source=source)) == []
    others = tuple(code for code in BARRIER if code != barrier)
    assert len(sentences(replace(GOOD, barriers=others, source=source))) == len(others)


def test_each_obstacle_is_said_at_its_field() -> None:
    scope = replace(GOOD, parties=FIRMS, barriers=("court",), competence=())
    assert [gap.field for gap in obstacles(scope)] == ["barred", "parties", "competence"]


def test_med22_the_committee_has_a_reason_to_take_the_case() -> None:
    for reason in COMPETENCE:
        assert sentences(replace(GOOD, competence=(reason,))) == []
    assert sentences(replace(GOOD, competence=())) == [
        "请选择由本调委会受理的理由：纠纷发生地、当事人住所地，或者双方同意。"
    ]
    local = ScopeRules(by_agreement=False)
    assert sentences(replace(GOOD, competence=("by_agreement",)), local) == [
        "请选择由本调委会受理的理由：纠纷发生地或者当事人住所地。"
    ]


@given(st.lists(st.sampled_from(sorted(BARRIER)), unique=True), st.lists(st.sampled_from(sorted(BARRIER))))
def test_med21_more_barriers_are_never_fewer_obstacles(some: list[str], more: list[str]) -> None:
    few = set(sentences(replace(GOOD, barriers=tuple(some))))
    assert few <= set(sentences(replace(GOOD, barriers=(*some, *more))))


def test_med18_a_committee_of_the_law() -> None:
    good = Committee(members=5, heads=1, women=1)
    assert committee_doubts(good, TODAY) == ()
    assert len(committee_doubts(Committee(members=2, heads=0, women=0), TODAY)) == 3
    assert committee_doubts(replace(good, members=10), TODAY)[0] == (
        "人民调解委员会应由 3 至 9 人组成，现在登记了 10 人。"
    )
    assert committee_doubts(replace(good, mixed_area=True), TODAY) == (
        "多民族居住的地区，人民调解委员会应当有人数较少民族的成员，请核对。",
    )


@pytest.mark.parametrize(
    ("until", "word"),
    [
        (date(2026, 11, 22), "已经届满"),
        (date(2026, 11, 23), ""),
        (date(2029, 11, 23), ""),
        (date(2029, 11, 24), "超过三年"),
    ],
)
def test_med18_a_committee_is_chosen_for_three_years(until: date, word: str) -> None:
    found = committee_doubts(Committee(members=5, heads=1, women=1, term_until=until), TODAY)
    assert len(found) == int(bool(word))
    assert word in "".join(found)


def test_med04_lz05_a_deputy_takes_part_engaged_or_invited_with_consent() -> None:
    invited = Seat("王某某", "invited", deputy=True)
    (gap,) = mediator_gaps([invited])
    assert gap.sentence.startswith("邀请王某某参加调解要先征得双方当事人同意：")
    assert mediator_gaps([replace(invited, consented=True), Seat("周某", "member")]) == ()
    assert mediator_gaps([Seat("王某某", "engaged", deputy=True)]) == ()
    assert mediator_gaps([Seat("王某某", "", deputy=True)])[0].sentence == (
        "代表王某某参加调解，请选聘任或者受邀。"
    )


def test_med01_mediation_is_free_and_has_no_field_for_a_fee() -> None:
    named = {field.name for field in fields(Case)}
    met = set()
    for record in records.RECORDS.values():
        own = {field.name for field in record.fields}
        if record.noun in {"mediation", "committee", "mediator"} or "mediation_id" in own:
            met.add(record.noun)
            named |= own
    assert met >= {"mediation", "party", "sitting", "agreement", "agreement_term", "confirmation"}
    assert "state" in named
    assert not {name for name in named if any(word in name for word in ("fee", "charge", "price", "cost"))}
