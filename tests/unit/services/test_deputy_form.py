"""One deputy written by hand."""

from dataclasses import replace

import pytest

from desk.errors import InputProblem
from desk.models.deputy import Deputy, Mandate
from desk.models.store import Store
from desk.services.deputies import Deputies
from desk.services.deputy_form import DeputyForm, MandateForm, has_constituency
from desk.services.session import Session, User
from tests import factories

FORM = DeputyForm(name="赵某某", mandates=(MandateForm(5, "第3选区"), MandateForm(3, "示例县人大")))


@pytest.fixture
def deputies(store: Store) -> Deputies:
    return Deputies(store, Session(User("u1", "钱某某", frozenset({"clerk"})), bytes(32)))


def refused(deputies: Deputies, form: DeputyForm) -> tuple[str, str]:
    with pytest.raises(InputProblem) as caught:
        deputies.add(form)
    return caught.value.field, caught.value.sentence


def mandates(store: Store, deputy_id: str) -> dict[int, Mandate]:
    with store.read() as rows:
        found = rows.query(Mandate).where(Mandate.deputy_id == deputy_id, Mandate.void.is_(False))
        return {mandate.level: mandate for mandate in found}


def test_levels_four_and_five_have_a_constituency_the_others_a_unit(store: Store, deputies: Deputies) -> None:
    """ZD-02: exactly one of the two."""
    assert [has_constituency(level) for level in (1, 2, 3, 4, 5)] == [False, False, False, True, True]
    held = mandates(store, deputies.add(FORM).value.row.id)
    assert (held[5].constituency, held[5].electing_unit) == ("第3选区", "")
    assert (held[3].constituency, held[3].electing_unit) == ("", "示例县人大")


def test_another_level_takes_the_place_to_the_other_field(store: Store, deputies: Deputies) -> None:
    deputy_id = deputies.add(FORM).value.row.id
    form = deputies.form(deputy_id)
    deputies.edit(deputy_id, replace(form, mandates=(replace(form.mandates[0], level=4),)))
    held = mandates(store, deputy_id)
    assert set(held) == {4}  # the one left out is void
    assert (held[4].constituency, held[4].electing_unit) == ("示例县人大", "")


@pytest.mark.parametrize(
    ("form", "field", "words"),
    [
        (replace(FORM, name=" "), "name", "请填写姓名"),
        (replace(FORM, name_initials="赵mm"), "name_initials", "英文字母"),
        (replace(FORM, mandates=()), "mandates", "至少填写一个层级"),
        (replace(FORM, mandates=(MandateForm(5),)), "mandates", "镇级代表要写明选区"),
        (replace(FORM, mandates=(MandateForm(2, " "),)), "mandates", "省级代表要写明选举单位"),
        (replace(FORM, mandates=(MandateForm(0, "x"),)), "mandates", "请选择层级"),
        (replace(FORM, mandates=(MandateForm(5, "甲"), MandateForm(5, "甲"))), "mandates", "写了两次"),
    ],
)
def test_bad_input_is_told_with_its_field(
    deputies: Deputies, form: DeputyForm, field: str, words: str
) -> None:
    found = refused(deputies, form)
    assert found[0] == field
    assert words in found[1]


def test_a_street_has_no_deputies_of_its_own_level(store: Store, deputies: Deputies) -> None:
    """ZD-05."""
    with store.write("u1") as rows:
        rows.add(factories.station(level="street"))
    assert "街道没有镇级人大代表" in refused(deputies, FORM)[1]
    done = deputies.add(DeputyForm(name="赵某某", consultative=True))
    assert done.value.row.levels_text == "议政代表"


def test_what_a_roster_left_open_does_not_hinder_another_correction(store: Store, deputies: Deputies) -> None:
    deputy = factories.deputy()
    with store.write("u1") as rows:
        rows.add(deputy)
        rows.add(factories.mandate(deputy_id=deputy.record_id, level=4, constituency="", electing_unit=""))
    form = deputies.form(deputy.record_id)
    assert deputies.edit(deputy.record_id, replace(form, post="教师")).value.row.post == "教师"


def test_initials_are_kept_in_small_letters(store: Store, deputies: Deputies) -> None:
    deputy_id = deputies.add(replace(FORM, name_initials=" ZMM ")).value.row.id
    with store.read() as rows:
        assert rows.get_one(Deputy, deputy_id).name_initials == "zmm"


def test_one_mandate_may_end_alone(store: Store, deputies: Deputies) -> None:
    deputy_id = deputies.add(FORM).value.row.id
    form = deputies.form(deputy_id)
    ended = tuple(replace(each, active=each.level == 5) for each in form.mandates)
    card = deputies.edit(deputy_id, replace(form, mandates=ended)).value
    assert card.row.levels == ("镇",)
    assert {mandate.level: mandate.state for mandate in mandates(store, deputy_id).values()} == {
        3: "ended",
        5: "active",
    }
