"""The dossier (§3.6): order, the mandatory papers of each outcome, missing ones by name, pages."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.dossier import (
    ATTACHED,
    OUTCOMES,
    PAPER,
    ROW,
    ROW_OF,
    File,
    Item,
    count_mandatory,
    expected_papers,
    has_report,
    label_of,
    missing_papers,
    outcome_of,
    rows,
)
from desk.rules.mediation_rules import mandatory_papers
from desk.services.profile import load_default
from tests.unit.rules.mediation_cases import FENG, QIAN

MANDATORY = mandatory_papers(load_default(), date(2026, 11, 23))
PARTIES = (replace(QIAN, key="p1"), replace(FENG, key="p2"))
PICTURE = File(
    "written",
    PARTIES,
    (
        Item("registration"),
        Item("rights_notice"),
        Item("mediation_record", pages=3, way="scan"),
        Item("agreement", pages=2, way="scan"),
        Item("contents"),
        Item("cover"),
        Item("identity", "p1", way="scan"),
        Item("investigation", pages=2),
    ),
    investigated=True,
)


def missing(file: File) -> list[str]:
    return [gap.sentence for gap in missing_papers(rows(file, MANDATORY))]


def test_med09_registration_record_and_agreement_are_filed() -> None:
    for outcome in ("written", "oral"):
        assert {"registration", "mediation_record", "agreement"} <= set(MANDATORY[outcome])
    assert {"registration", "agreement"} <= set(MANDATORY["light"])


def test_36_the_list_of_the_picture() -> None:
    assert missing(PICTURE) == ["缺当事人身份证明（冯某）。", "缺封底。"]
    assert count_mandatory(rows(PICTURE, MANDATORY)) == (6, 8)


def test_36_the_order_of_the_rows() -> None:
    codes = list(dict.fromkeys(row.code for row in rows(PICTURE, MANDATORY)))
    assert codes == sorted(codes, key=list(ROW).index)
    spine = ["registration", "rights_notice", "identity", "authority", "investigation", "evidence"]
    spine += ["mediation_record", "agreement", "performance", "follow_up", "confirmation"]
    spine += ["case_note", "back_cover"]
    assert [code for code in codes if code in spine] == spine


def test_either_application_or_register_sheet_opens_a_dossier() -> None:
    assert ROW_OF["F-01"] == ROW_OF["F-02"] == "registration"
    assert set(ROW_OF) - set(ATTACHED) == set(PAPER) == {f"F-{n:02}" for n in range(1, 14)}
    assert ROW_OF["f12_referral"] == "referral"
    assert set(ROW_OF.values()) <= set(ROW)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_an_empty_dossier_lacks_just_what_its_outcome_asks(outcome: str) -> None:
    listed = rows(File(outcome, PARTIES), MANDATORY)
    assert {gap.field for gap in missing_papers(listed)} == set(MANDATORY[outcome])
    assert set(MANDATORY[outcome]) <= set(ROW)


def test_a_failed_case_has_its_notice_in_place_of_an_agreement() -> None:
    listed = {row.code for row in rows(File("failed", PARTIES), MANDATORY)}
    assert "termination" in listed
    assert "agreement" not in listed
    assert "缺终止调解通知书。" in missing(File("failed", PARTIES))
    assert "缺终止调解通知书。" not in missing(File("written", PARTIES))


def test_the_light_set_of_a_small_oral_case() -> None:
    assert missing(File("light", PARTIES)) == [
        "缺卷宗封面。",
        "缺卷内目录。",
        "缺申请书或者受理登记表。",
        "缺人民调解口头协议登记表。",
        "缺封底。",
    ]
    assert label_of("agreement", "oral") == "人民调解口头协议登记表"
    assert label_of("agreement", "written") == "调解协议书"


def test_who_acts_by_an_agent_needs_the_letter() -> None:
    acted = replace(PICTURE, agents=(("a1", "赵某"),), items=(*PICTURE.items, Item("identity", "p2")))
    assert missing(acted) == ["缺授权委托书（赵某）。", "缺封底。"]
    assert missing(replace(acted, items=(*acted.items, Item("authority", "a1")))) == ["缺封底。"]
    # One lawyer acts for two, by a letter of each.
    two = replace(acted, agents=(("a1", "赵某，代理钱某"), ("a2", "赵某，代理孙某")))
    assert missing(replace(two, items=(*two.items, Item("authority", "a1")))) == [
        "缺授权委托书（赵某，代理孙某）。",
        "缺封底。",
    ]


def test_two_parties_of_one_name_both_prove_who_they_are() -> None:
    twins = (PARTIES[0], replace(PARTIES[1], name="钱某"))
    assert missing(replace(PICTURE, parties=twins)) == ["缺当事人身份证明（被申请人钱某）。", "缺封底。"]


def test_two_parties_of_one_name_on_one_side_are_counted() -> None:
    twins = (*PARTIES, replace(PARTIES[0], key="p3"), replace(PARTIES[0], key="p4"))
    found = {row.owner: row.name for row in rows(replace(PICTURE, parties=twins), MANDATORY) if row.owner}
    assert found == {
        "p1": "当事人身份证明（申请人钱某）",
        "p2": "当事人身份证明（冯某）",
        "p3": "当事人身份证明（申请人钱某之二）",
        "p4": "当事人身份证明（申请人钱某之三）",
    }


def test_a_scan_may_be_asked_for() -> None:
    listed = rows(PICTURE, MANDATORY, scan_needed=["mediation_record", "registration"])
    assert [gap.field for gap in missing_papers(listed)] == ["registration", "identity", "back_cover"]


def test_on_demand_papers_are_hinted_at_and_block_nothing() -> None:
    done = replace(PICTURE, performed=True, followed_up=True, confirmation_asked=True)
    assert expected_papers(rows(done, MANDATORY)) == ("履行凭证", "回访记录", "司法确认有关材料")
    assert missing(done) == missing(PICTURE)
    assert expected_papers(rows(PICTURE, MANDATORY)) == ()


items = st.builds(
    Item,
    row=st.sampled_from(sorted(ROW)),
    who=st.sampled_from(["", "p1", "p2"]),
    way=st.sampled_from(["record", "scan"]),
    pages=st.integers(1, 300),
)


@given(st.sampled_from(OUTCOMES), st.lists(items, max_size=12), items)
def test_a_paper_more_never_makes_a_dossier_less_complete(outcome: str, some: list[Item], more: Item) -> None:
    before = missing(File(outcome, PARTIES, tuple(some)))
    assert set(missing(File(outcome, PARTIES, (*some, more)))) <= set(before)


@pytest.mark.parametrize(
    ("state", "facts", "outcome"),
    [
        ("agreed_written", {"form": "written"}, "written"),
        ("performed", {"form": "oral", "difficulty": "simple"}, "light"),
        ("performed", {"form": "oral"}, "oral"),
        ("terminated", {"sessions": 2}, "failed"),
        ("terminated", {"form": "written", "sessions": 2}, "failed"),
        ("terminated", {}, "refused"),
        ("refused", {}, "refused"),
        ("refused", {"sessions": 1}, "failed"),
        ("refused", {"accepted": False}, "rejected"),
        ("rejected", {"accepted": False}, "rejected"),
        ("referred_out", {"accepted": False}, "referred"),
        ("mediating", {"form": "written", "sessions": 3}, ""),
        ("accepted", {}, ""),
    ],
)
def test_the_outcome_follows_the_state(state: str, facts: dict[str, object], outcome: str) -> None:
    assert outcome_of(state, **facts) == outcome  # type: ignore[arg-type]


@pytest.mark.parametrize("state", ["performing", "partly", "not_performed", "mediating", "registered"])
def test_no_closing_report_of_a_case_that_goes_on(state: str) -> None:
    assert not has_report(state, accepted=True)


@pytest.mark.parametrize("state", ["performed", "followed_up", "refused", "terminated", "archived"])
def test_a_closing_report_of_an_accepted_case_that_is_over(state: str) -> None:
    assert has_report(state, accepted=True)
    assert not has_report(state, accepted=False)
