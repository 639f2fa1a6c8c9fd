"""What was typed is cleaned, starred numbers come back whole, and what cannot be is refused in sentences."""

from dataclasses import replace

import pytest

from desk.errors import InputProblem
from desk.rules.masking import mask_id, mask_phone
from desk.services.consultation import intake
from desk.services.consultation.forms import CitationForm, ConsultationForm, OpponentForm
from desk.services.consultation.intake import Stored

FORM = ConsultationForm(name=" 钱某某 ", phone="139 0000 0172", question=" 漏水 ")
ID = "11010519491231002X"


def test_names_and_numbers_are_cleaned() -> None:
    ready = intake.cleaned(FORM)
    assert (ready.name, ready.phone, ready.question) == ("钱某某", "13900000172", "漏水")


def test_starred_numbers_are_those_of_their_own_side() -> None:
    form = replace(
        FORM,
        phone=mask_phone("13900000172"),
        id_no=mask_id(ID),
        opponents=(OpponentForm("冯某某", phone=mask_phone("13911110172")),),
    )
    ready = intake.cleaned(form, Stored(("13900000172",), (ID,)), Stored(("13911110172",), ("",)))
    assert (ready.phone, ready.id_no, ready.opponents[0].phone) == ("13900000172", ID, "13911110172")


def test_numbers_that_look_alike_under_their_stars_stay_apart() -> None:
    """SEC-05: 139****0173 may be either; whose it is tells the name, and neither gets the other's."""
    first, second = OpponentForm("冯某某", phone="13900000173"), OpponentForm("褚某某", phone="13955550173")
    stored = Stored((first.phone, second.phone), ("", ""), (first.name, second.name))
    starred = tuple(replace(each, phone=mask_phone(each.phone)) for each in (second, first))
    ready = intake.cleaned(replace(FORM, opponents=starred), others=stored)
    assert ready.opponents == (second, first)


def test_stars_never_stand_for_the_number_of_another_name() -> None:
    """With 钱某某 gone from the list, 冯某某 gets neither telephone nor identity number of theirs."""
    stored = Stored(("13900000172", ""), (ID, ""), ("钱某某", "冯某某"))
    shown = OpponentForm("冯某某", id_no=mask_id(ID), phone=mask_phone("13900000172"))
    ready = intake.cleaned(replace(FORM, opponents=(shown,)), others=stored)
    assert ready.opponents == (OpponentForm("冯某某"),)


def test_stars_of_somebody_not_named_yet_stand_for_theirs() -> None:
    stored = Stored(("13900000172",), (ID,), ("",))
    shown = OpponentForm("冯某某", id_no=mask_id(ID), phone=mask_phone("13900000172"))
    ready = intake.cleaned(replace(FORM, opponents=(shown,)), others=stored)
    assert ready.opponents == (OpponentForm("冯某某", id_no=ID, phone="13900000172"),)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"phone": "139****9999"}, "phone"),
        ({"id_no": "110105********002X"}, "id_no"),
        ({"opponents": (OpponentForm("冯某某", phone="139****9999"),)}, "opponent_phone"),
        ({"opponents": (OpponentForm("冯某某", id_no="110105********002X"),)}, "opponent_id"),
    ],
)
def test_stars_that_stand_for_no_number_are_refused(changes: dict[str, object], field: str) -> None:
    """Part of a number is no number: it would be compared (FL-11) and shown starred as if it were one."""
    with pytest.raises(InputProblem, match="请填写完整号码") as caught:
        intake.cleaned(replace(FORM, **changes))  # type: ignore[arg-type]  # parametrized
    assert caught.value.field == field


def test_stars_that_an_older_program_stored_do_not_hold_up_the_rest() -> None:
    shown = replace(FORM, phone=mask_phone("139****9999"))
    assert intake.cleaned(shown, Stored(("139****9999",), ("",))).phone == "139****9999"


def test_fl09_a_refusal_leaves_nothing_of_the_person() -> None:
    form = replace(FORM, identity_refused=True, id_no=ID, address="示例路 8 号", uscc="91330100MA2XXXXX1X")
    ready = intake.cleaned(form)
    assert (ready.name, ready.phone, ready.id_no, ready.uscc, ready.address) == ("", "", "", "", "")


def test_empty_lines_of_the_other_side_are_left_out() -> None:
    ready = intake.cleaned(replace(FORM, opponents=(OpponentForm(), OpponentForm("冯某某"))))
    assert [each.name for each in ready.opponents] == ["冯某某"]
    alone = intake.cleaned(replace(FORM, no_opponent=True, opponents=(OpponentForm("冯某某"),)))
    assert alone.opponents == ()


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"name": "钱" * 51}, "name", "50 个字"),
        ({"age": 200}, "age", "年龄"),
        (
            {"opponents": tuple(OpponentForm(f"冯某{at}") for at in "甲乙丙丁戊己庚辛壬癸子")},
            "opponents",
            "10",
        ),
        ({"citations": (CitationForm(title="某条例", article="一般"),)}, "article", "不是条文的编号"),
        ({"citations": tuple(CitationForm(title="某法") for _ in range(21))}, "basis", "20"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(changes: dict[str, object], field: str, words: str) -> None:
    with pytest.raises(InputProblem) as caught:
        intake.cleaned(replace(FORM, **changes))  # type: ignore[arg-type]
    assert caught.value.field == field
    assert words in caught.value.sentence


@pytest.mark.parametrize(
    "changes",
    [
        {"channel": "pigeon"},
        {"topics": ("astrology",)},
        {"opponents": (OpponentForm("冯某某", kind="alien"),)},
    ],
)
def test_a_code_the_form_does_not_offer_is_a_bug(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="unknown"):
        intake.cleaned(replace(FORM, **changes))  # type: ignore[arg-type]


def test_doubts_name_one_person_on_both_sides() -> None:
    form = replace(FORM, opponents=(OpponentForm("钱某某"),))
    assert intake.doubts(intake.cleaned(form)) == ("双方同名，请用证件号码或者手机号区分。",)


def test_the_record_as_the_rules_see_it() -> None:
    form = intake.cleaned(replace(FORM, citations=(CitationForm(title="《某条例》", article="第三条"),)))
    record = intake.record_of(form, "clear", told=True)
    assert (record.basis, record.notice_told, record.opponent) == (("某条例",), True, False)
    assert form.citations[0].article == "3"
    part = intake.cleaned(
        replace(FORM, citations=(CitationForm(title="某条例", article="第三条第二款第（一）项"),))
    )
    assert part.citations[0].article == "3第二款第一项"
    assert intake.cleaned(part).citations == part.citations
    assert intake.quarrel_of(form, "m").matter == "m"
