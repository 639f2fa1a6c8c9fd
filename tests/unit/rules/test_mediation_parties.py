"""The parties: two sides, MED-27, PI-02, PI-05, MED-02, MED-05, SQ-03 and the same name on both sides."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.mediation_parties import (
    Party,
    agents_apart,
    called,
    doubts,
    is_minor,
    missing_consent,
    missing_contacts,
    missing_identity,
    missing_parties,
    missing_rights_notice,
    needs_guardian,
    needs_separate_consent,
    refusals,
    side_members,
    speakers,
    told_apart,
)

TODAY = date(2026, 11, 12)
QIAN = Party("钱某", "applicant", consent="applied", rights_told=True)
FENG = Party("冯某", "respondent", consent="agreed", rights_told=True)


def many(count: int, side: str = "applicant", represent: int = 0) -> tuple[Party, ...]:
    return tuple(Party(f"村民{n}", side, represents=n < represent) for n in range(count))


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ([("applicant", "钱某"), ("respondent", "冯某")], ("钱某", "冯某")),
        (
            [("applicant", "王某某"), ("respondent", " 王某某"), ("third", "冯某")],
            ("申请人王某某", "被申请人王某某", "冯某"),
        ),
        (
            [("applicant", "王某某"), ("respondent", "王某某"), ("respondent", "王某某")],
            ("申请人王某某", "被申请人王某某（1）", "被申请人王某某（2）"),
        ),
        ([("申请人甲", "王某某"), ("申请人乙", "王某某")], ("申请人甲王某某", "申请人乙王某某")),
        ([("applicant", ""), ("respondent", "")], ("", "")),
    ],
)
def test_only_namesakes_are_told_apart(people: list[tuple[str, str]], words: tuple[str, ...]) -> None:
    assert told_apart(people) == words


@given(
    st.lists(
        st.tuples(st.sampled_from(["applicant", "respondent", "third"]), st.sampled_from(["王某", "李某"]))
    )
)
def test_no_two_parties_are_called_the_same(people: list[tuple[str, str]]) -> None:
    words = told_apart(people)
    assert len(set(words)) == len(people)
    assert all(name in word for (_side, name), word in zip(people, words, strict=True))


def test_two_sides_are_enough() -> None:
    assert missing_parties((QIAN, FENG), TODAY) == ()


@pytest.mark.parametrize(("parties", "word"), [((QIAN,), "被申请人"), ((FENG,), "申请人"), ((), "申请人")])
def test_a_side_without_anybody_is_named(parties: tuple[Party, ...], word: str) -> None:
    sentence = missing_parties(parties, TODAY)[0].sentence
    assert sentence == f"请登记{word}：调解至少要有两方当事人。"


def test_med27_eleven_parties_choose_five_at_most() -> None:
    ten = many(10)
    assert [gap.sentence for gap in missing_parties((*ten, FENG), TODAY)] == [
        "申请人有 10 人，请推选不超过 5 名代表参加调解。"
    ]
    assert missing_parties((*many(10, represent=5), FENG), TODAY) == ()
    assert [gap.sentence for gap in missing_parties((*many(10, represent=6), FENG), TODAY)] == [
        "申请人推选的代表不超过 5 人。"
    ]


def test_med27_the_bound_is_the_profiles() -> None:
    assert missing_parties((*many(3), FENG), TODAY, max_representatives=2)
    assert missing_parties((*many(2), FENG), TODAY, max_representatives=2) == ()


@given(st.integers(1, 30), st.integers(0, 30), st.integers(1, 9))
def test_med27_no_more_speak_than_the_bound(count: int, represent: int, most: int) -> None:
    side = many(count, represent=min(represent, count))
    gaps = missing_parties((*side, FENG), TODAY, max_representatives=most)
    assert (len(speakers(side, "applicant")) > most) == bool(gaps)


@pytest.mark.parametrize(
    ("party", "wanted"),
    [
        (replace(QIAN, birth=date(2008, 11, 12)), False),
        (replace(QIAN, birth=date(2008, 11, 13)), True),
        (replace(QIAN, birth=date(2010, 1, 1), own_living=True), False),
        (replace(QIAN, birth=date(2011, 1, 1), own_living=True), True),
        (replace(QIAN, capacity="limited"), True),
        (replace(QIAN, capacity="none"), True),
        (replace(QIAN, kind="legal_person", capacity="none"), False),
        (QIAN, False),
    ],
)
def test_pi05_who_needs_a_guardian(party: Party, wanted: bool) -> None:
    assert needs_guardian(party, TODAY) is wanted


def test_pi05_a_minor_without_a_guardian_is_not_accepted() -> None:
    child = replace(FENG, name="王小某", birth=date(2015, 5, 1))
    assert is_minor(child, TODAY)
    assert needs_separate_consent(child, TODAY)
    assert not needs_separate_consent(replace(child, birth=date(2012, 5, 1)), TODAY)
    assert [(gap.field, gap.sentence) for gap in missing_parties((QIAN, child), TODAY)] == [
        ("guardian", "王小某未成年，请登记监护人。")
    ]
    assert missing_parties((QIAN, replace(child, guardian="王某某")), TODAY) == ()
    ill = replace(FENG, capacity="limited")
    assert missing_parties((QIAN, ill), TODAY)[0].sentence == "冯某不具有完全民事行为能力，请登记监护人。"


def test_names_and_heads_of_organisations_are_asked() -> None:
    firm = Party("", "respondent", kind="legal_person")
    assert [gap.field for gap in missing_parties((QIAN, firm), TODAY)] == ["name", "legal_rep"]
    assert called(firm) == "被申请人"
    assert missing_parties((QIAN, replace(firm, name="示例物业公司", legal_rep="周某")), TODAY) == ()


def test_pi02_registration_asks_no_id_but_sq03_confirmation_does() -> None:
    assert missing_parties((QIAN, FENG), TODAY) == ()
    firm = Party("示例物业公司", "respondent", kind="legal_person")
    assert [gap.sentence for gap in missing_identity((QIAN, firm))] == [
        "缺钱某的身份证件号码。",
        "缺示例物业公司的统一社会信用代码。",
    ]
    assert missing_identity((replace(QIAN, id_no="11010519491231002X"),)) == ()


def test_papers_ask_phone_and_address() -> None:
    assert [gap.field for gap in missing_contacts((QIAN,))] == ["phone", "address"]
    assert missing_contacts((replace(QIAN, phone="13800000000", address="示例村"),)) == ()


def test_med02_the_other_side_must_agree() -> None:
    silent = replace(FENG, consent="unasked")
    assert missing_consent((QIAN, FENG)) == ()
    assert [gap.sentence for gap in missing_consent((QIAN, silent))] == ["冯某还没有同意调解，不能开始调解。"]
    refusing = replace(FENG, consent="refused")
    assert missing_consent((QIAN, refusing))
    assert [gap.sentence for gap in refusals((QIAN, refusing))] == ["冯某明确拒绝调解，不得调解。"]
    assert refusals((QIAN, silent)) == ()


def test_med27_the_chosen_bind_their_side() -> None:
    side = tuple(replace(party, consent="agreed") for party in many(2, represent=2))
    rest = tuple(replace(party, name=f"其他{n}") for n, party in enumerate(many(8)))
    assert missing_consent((*side, *rest, FENG)) == ()
    assert speakers((*side, *rest), "applicant") == side
    assert len(side_members((*side, *rest, FENG), "applicant")) == 10


def test_med05_rights_are_told_to_each_side() -> None:
    assert missing_rights_notice((QIAN, FENG)) == ()
    assert [gap.sentence for gap in missing_rights_notice((QIAN, replace(FENG, rights_told=False)))] == [
        "还没有向冯某告知权利和义务。"
    ]


def test_the_same_name_on_both_sides_is_a_warning_only() -> None:
    twin = replace(FENG, name="钱 某")
    assert doubts((QIAN, twin)) == ("双方都有“钱某”，请核对是不是同名的两个人。",)
    assert missing_parties((QIAN, twin), TODAY) == ()
    assert doubts((QIAN, FENG)) == ()
    assert doubts((QIAN, QIAN, FENG)) == ("申请人里有两个“钱某”，请核对。",)


def test_a_third_party_is_not_asked_for_but_agrees_and_is_told_like_the_others() -> None:
    third = Party("赵某", "third")
    assert missing_parties((QIAN, FENG, third), TODAY) == ()
    assert missing_parties((QIAN, third), TODAY)
    assert [gap.sentence for gap in missing_consent((QIAN, FENG, third))] == [
        "赵某还没有同意调解，不能开始调解。"
    ]
    assert missing_rights_notice((QIAN, FENG, third))


def test_the_same_id_on_both_sides_is_a_warning() -> None:
    number = "11010519491231002X"
    found = doubts((replace(QIAN, id_no=number), replace(FENG, id_no=number)))
    assert found == ("双方有相同的证件号码，同一个人不能既是申请人又是被申请人，请核对。",)


def test_one_agent_of_several_is_called_by_whom_he_acts_for() -> None:
    pairs = [("吴某", "钱某"), ("吴某", "孙某"), ("郑某", "冯某"), ("周某", "")]
    assert agents_apart(pairs) == ("吴某，代理钱某", "吴某，代理孙某", "郑某", "周某")
