"""The conflict check: FL-11 (Lawyers Law art. 39), FL-12, FL-09, and names as NM-01, NM-07 write them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.conflict_check import (
    NOBODY,
    Adviser,
    Earlier,
    Finding,
    Hit,
    Quarrel,
    Side,
    Strength,
    both_sides_doubts,
    check,
    comparable_name,
    compare,
    keys,
    quarrel_keys,
)
from desk.rules.identity import check_digit

QIAN = Side("钱某某", "11010519491231002X", phone="13900000172")
FENG = Side("冯某某", "440524188001010014", phone="13800000315")
SUN = Side("孙某某", phone="13700000001")
FIRM = Side("示例某某（北京）有限公司", uscc="91350100M000100Y43")
LAWYER, OTHER_LAWYER = Adviser("zhang"), Adviser("li")
MEDIATOR = Adviser("zhang", mediates=True)
NOW = Quarrel((QIAN,), (FENG,))


def advised(served: Side, against: Side | None, **more: object) -> Earlier:
    record = Earlier("consultation", "ZX2026-A0017", (served,), (against,) if against else (), by=BY)
    return replace(record, **more)  # type: ignore[arg-type]


BY = frozenset({"zhang"})


def reasons(finding: Finding) -> list[str]:
    return [hit.reason for hit in finding.hits]


def test_fl_11_the_other_side_of_the_same_quarrel_was_advised_by_the_same_lawyer() -> None:
    finding = check(NOW, LAWYER, [advised(FENG, QIAN, record_id="r17")])
    assert finding.state == "hit"
    hit = finding.hits[0]
    assert (hit.noun, hit.number, hit.record_id) == ("consultation", "ZX2026-A0017", "r17")
    assert finding.hits[0].strength.code == "strong"


def test_fl_11_another_adviser_is_the_way_out() -> None:
    assert check(NOW, OTHER_LAWYER, [advised(FENG, QIAN)]).state == "clear"


def test_fl_11_a_county_may_let_the_whole_station_stand_as_one() -> None:
    assert check(NOW, OTHER_LAWYER, [advised(FENG, QIAN)], whole_station=True).state == "hit"


def test_a_record_that_does_not_say_who_advised_counts_against_everybody() -> None:
    assert check(NOW, OTHER_LAWYER, [advised(FENG, QIAN, by=frozenset())]).state == "hit"


def test_a_returning_client_is_no_conflict() -> None:
    assert check(NOW, LAWYER, [advised(QIAN, FENG), advised(QIAN, None)]).state == "clear"


def test_the_other_side_may_have_asked_about_something_else_entirely() -> None:
    assert check(NOW, LAWYER, [advised(FENG, FIRM)]).state == "clear"
    assert check(NOW, LAWYER, [advised(FENG, None, alone=True)]).state == "clear"


def test_an_other_side_that_was_never_named_cannot_be_ruled_out() -> None:
    assert reasons(check(NOW, LAWYER, [advised(FENG, None)])) == ["served_other_side"]


def test_fl_09_a_client_who_refuses_the_name_is_checked_by_the_other_side_alone() -> None:
    unknown = Quarrel((Side(),), (FENG,))
    assert check(unknown, LAWYER, [advised(FENG, SUN)]).state == "hit"
    assert check(unknown, LAWYER, [advised(SUN, FENG)]).state == "clear"


def test_fl_11_somebody_else_was_advised_against_this_client() -> None:
    """The husband asked against him last week, today the wife is named."""
    assert reasons(check(NOW, LAWYER, [advised(SUN, QIAN)])) == ["served_against_client"]


def test_linked_records_are_the_same_matter_even_if_nobody_was_named() -> None:
    linked = advised(FENG, None, alone=True, matter="m1")
    assert reasons(check(replace(NOW, matter="m1"), LAWYER, [linked])) == ["same_matter"]
    assert check(replace(NOW, matter="m2"), LAWYER, [linked]).state == "clear"


def test_a_visit_counts_like_a_consultation() -> None:
    assert check(NOW, LAWYER, [advised(FENG, QIAN, noun="visit")]).state == "hit"


def test_fl_11_who_mediated_both_may_not_advise_one_of_them() -> None:
    for first, second in ((QIAN, FENG), (FENG, QIAN)):
        mediated = advised(first, second, noun="mediation")
        assert reasons(check(NOW, LAWYER, [mediated])) == ["mediated_both"]
    assert check(NOW, LAWYER, [advised(FENG, SUN, noun="mediation")]).state == "clear"


def test_fl_11_who_advised_one_side_may_not_mediate() -> None:
    for served, against in ((QIAN, FENG), (FENG, QIAN), (FENG, None)):
        finding = check(NOW, MEDIATOR, [advised(served, against)])
        assert finding.state == "hit"


def test_mediating_the_same_people_again_or_having_received_them_is_no_conflict() -> None:
    records = [advised(FENG, QIAN, noun="mediation"), advised(QIAN, FENG, noun="visit")]
    assert check(NOW, MEDIATOR, records).state == "clear"


def test_fl_11_declared_interests_stand_against_the_other_side() -> None:
    related = replace(LAWYER, interests=(Side("冯 某 某", phone="138-0000-0315"),))
    finding = check(NOW, related, [])
    assert (reasons(finding), finding.hits[0].noun) == (["interest"], "interest")
    assert check(NOW, replace(related, interests=(QIAN,)), []).state == "clear"


def test_a_mediator_stands_aside_for_a_relative_on_either_side() -> None:
    assert check(NOW, replace(MEDIATOR, interests=(QIAN,)), []).state == "hit"


def test_a_namesake_is_a_hit_for_the_head_to_judge() -> None:
    finding = check(Quarrel((QIAN,), (Side("冯某某"),)), LAWYER, [advised(FENG, None)])
    assert finding.state == "hit"
    assert finding.to_be_judged
    assert not check(NOW, LAWYER, [advised(FENG, QIAN)]).to_be_judged


def test_two_names_of_one_quarrel_are_surer_when_one_of_them_is_certain() -> None:
    finding = check(Quarrel((Side("钱某某"),), (FENG,)), LAWYER, [advised(FENG, QIAN)])
    assert not finding.to_be_judged


def test_different_valid_numbers_are_different_people_whatever_else_agrees() -> None:
    assert compare(FENG, replace(QIAN, name="冯某某", phone=FENG.phone)) == (Strength.NONE, ())
    wrong_digit = replace(FENG, id_no="440524188001010015")
    assert compare(FENG, wrong_digit) == (Strength.STRONG, ("phone", "name"))


def test_the_same_name_on_both_sides_does_not_make_a_returning_client_his_own_enemy() -> None:
    namesakes = Quarrel((QIAN,), (Side("钱某某"),))
    assert check(namesakes, LAWYER, [advised(QIAN, SUN)]).state == "clear"
    assert both_sides_doubts(namesakes) == ("双方同名，请用证件号码或者手机号区分。",)
    assert "请核对" in both_sides_doubts(Quarrel((QIAN,), (QIAN,)))[0]
    assert both_sides_doubts(NOW) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("阿卜杜热合曼·买买提", "阿卜杜热合曼 ． 买买提"),
        ("买买提·吐尔逊", "买买提吐尔逊"),
        ("示例某某（北京）有限公司", "示例某某(北京) 有限公司"),
        ("Ｊｏｈｎ　Ｓｍｉｔｈ", "john smith"),
        ("王 某", "王\u200b某"),
    ],
)
def test_writing_does_not_count(one: str, other: str) -> None:
    """NM-01, NM-07: separators, blanks, width, brackets and case."""
    assert comparable_name(one) == comparable_name(other)
    assert compare(Side(one), Side(other)) == (Strength.WEAK, ("name",))


def test_other_spellings_are_compared_too() -> None:
    """NM-10: simplified and traditional twins stand in the alias field."""
    assert compare(Side("王頔", aliases=("王𬱖",)), Side("王𬱖"))[0] is Strength.WEAK


@pytest.mark.parametrize("word", sorted(NOBODY))
def test_nobody_is_compared_with_nobody(word: str) -> None:
    assert keys(Side(word)) == ()
    assert compare(Side(word), Side(word)) == (Strength.NONE, ())


def test_numbers_are_compared_after_normalising() -> None:
    old_card = Side(id_no="110105491231002")
    assert compare(old_card, Side(id_no="１１０１０５１９４９１２３１００２ｘ"))[1] == ("id_no",)
    assert compare(FIRM, Side(uscc=" 91350100m000100y43"))[0] is Strength.STRONG
    assert compare(Side(phone="+86 138-0000-0315"), FENG) == (Strength.STRONG, ("phone",))


def test_a_landline_is_shared_and_only_to_be_judged() -> None:
    assert compare(Side(phone="0914-4321234"), Side(phone="4321234")) == (Strength.WEAK, ("phone",))
    assert keys(Side(phone="12345")) == ()


def test_what_a_person_is_filed_under() -> None:
    assert keys(FENG) == ("id_no:440524188001010014", "phone:13800000315", "name:冯某某")
    assert quarrel_keys(Quarrel((QIAN, QIAN), (FENG,))) == (*keys(QIAN), *keys(FENG))


NAMES = st.sampled_from(
    ["", "王某", "王 某", "李某某", "阿里木·买买提", "阿里木买买提", "不详", "ＡＢ", "ab"]
)
IDS = st.sampled_from(["", "11010519491231002X", "110105491231002", "440524188001010014", "H01234567"])
CODES = st.sampled_from(["", "91350100M000100Y43", "91350100m000100y43", "91350100M000100Y44"])
PHONES = st.sampled_from(["", "13900000172", "139 0000 0172", "0914-4321234", "4321234", "12345"])
SIDES = st.builds(Side, NAMES, IDS, CODES, PHONES, st.lists(NAMES, max_size=2).map(tuple))
GROUPS = st.lists(SIDES, max_size=2).map(tuple)
QUARRELS = st.builds(Quarrel, GROUPS, GROUPS, st.sampled_from(["", "m1", "m2"]))
RECORDS = st.builds(
    Earlier,
    st.sampled_from(["consultation", "mediation", "visit"]),
    st.just("ZX2026-A0001"),
    GROUPS,
    GROUPS,
    st.booleans(),
    st.sampled_from([frozenset[str](), frozenset({"zhang"}), frozenset({"li"})]),
    st.sampled_from(["", "m1", "m2"]),
)


@given(SIDES, SIDES)
def test_comparing_has_no_order(one: Side, other: Side) -> None:
    assert compare(one, other) == compare(other, one)


@given(SIDES, SIDES)
def test_an_index_of_keys_finds_everybody_who_can_match(one: Side, other: Side) -> None:
    if compare(one, other)[0]:
        assert set(keys(one)) & set(keys(other))


@given(SIDES)
def test_everybody_known_is_oneself(side: Side) -> None:
    assert bool(compare(side, side)[0]) == bool(keys(side))


@given(QUARRELS, RECORDS, st.booleans())
def test_fl_11_no_hit_without_a_shared_key(quarrel: Quarrel, record: Earlier, mediates: bool) -> None:
    """So the service may ask its index by key and hand in nothing else."""
    finding = check(quarrel, Adviser("zhang", mediates=mediates), [record])
    if finding.hits:
        filed = {key for side in (*record.served, *record.against) for key in keys(side)}
        assert filed & set(quarrel_keys(quarrel))
        assert len(finding.hits) == 1


@given(QUARRELS, RECORDS)
def test_a_mediator_is_checked_the_same_from_both_sides(quarrel: Quarrel, record: Earlier) -> None:
    turned = Quarrel(quarrel.theirs, quarrel.ours, quarrel.matter)
    assert check(quarrel, MEDIATOR, [record]).state == check(turned, MEDIATOR, [record]).state


@given(QUARRELS, RECORDS)
def test_the_whole_station_finds_at_least_what_one_adviser_does(quarrel: Quarrel, record: Earlier) -> None:
    if check(quarrel, LAWYER, [record]).hits:
        assert check(quarrel, LAWYER, [record], whole_station=True).hits


@given(st.integers(10**13, 10**14 - 1))
def test_every_first_generation_card_is_its_successor(number: int) -> None:
    digits = f"1{number}"
    first17 = f"{digits[:6]}19{digits[6:]}"
    assert keys(Side(id_no=digits)) == keys(Side(id_no=first17 + check_digit(first17)))


def test_fl_11_a_mediator_is_no_party() -> None:
    own = replace(MEDIATOR, own=(Side("冯某某", phone="13900000317"),))
    assert reasons(check(NOW, own, [])) == ["own"]
    assert check(NOW, replace(MEDIATOR, own=(Side("赵某"),)), []).state == "clear"


def test_fl_11_of_a_mere_name_everything_is_judged() -> None:
    named = replace(MEDIATOR, interests=(QIAN,), named_only=True)
    found = check(NOW, named, [])
    assert (found.state, found.to_be_judged) == ("hit", True)
    assert not check(NOW, replace(named, named_only=False), []).to_be_judged


def test_what_was_judged_is_left_out_until_more_than_a_name_agrees() -> None:
    first, second = (
        Hit("served_other_side", Strength.WEAK, ("name",), "consultation", each, each) for each in ("1", "2")
    )
    judged = {("consultation", "1")}
    assert Finding((first, second)).without(judged) == Finding((second,))
    assert Finding((first,)).without(judged) == Finding(())
    sure = Finding((first, Hit("interest", Strength.STRONG, ("phone",))))
    assert sure.without(judged) == sure
