"""What was typed, made ready (NM-02, §10; issue A §8: long names, control and bidi characters)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors import InputProblem
from desk.rules import identity, visit_states
from desk.rules.masking import mask_id, mask_phone
from desk.services import visit_input
from desk.services.visit_input import Stored
from desk.services.visit_values import VisitForm
from tests.fakes import MORNING, FakeClock
from tests.unit.services.visit_stage import FULL


def test_names_and_numbers_are_cleaned() -> None:
    typed = replace(FULL, name=" 王\u202e某 某\x00 ", phone="138 0000-6621", id_no="11010519491231002x")
    ready = visit_input.cleaned(typed)
    assert (ready.name, ready.phone, ready.id_no) == ("王某某", "13800006621", "11010519491231002X")


@pytest.mark.parametrize("name", ["王" * 60, "王\ud800"])
def test_a_name_no_record_can_hold_is_refused(name: str) -> None:
    with pytest.raises(InputProblem) as caught:
        visit_input.cleaned(replace(FULL, name=name))
    assert caught.value.field == "name"


@pytest.mark.parametrize("phone", ["13800006621/13900001234", "村头小卖部", "1.38E+10"])
def test_a_doubtful_phone_is_kept_as_typed(phone: str) -> None:
    """§10: warned about, never refused; nothing typed is lost."""
    assert visit_input.cleaned(replace(FULL, phone=f" {phone} ")).phone == phone


def test_a_wrong_check_digit_is_kept() -> None:
    assert visit_input.cleaned(replace(FULL, id_no="110105194912310021")).id_no == "110105194912310021"


@given(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.from_regex(r"[1-9][0-9]{16}[0-9X]", fullmatch=True)
)
def test_starred_numbers_are_those_stored(phone: str, id_no: str) -> None:
    typed = replace(FULL, phone=mask_phone(phone), id_no=mask_id(id_no))
    ready = visit_input.cleaned(typed, Stored("13999999999", ""), Stored(phone, id_no))
    assert mask_phone(ready.phone) == mask_phone(phone)
    assert ready.id_no == id_no


def test_an_anonymous_form_has_no_name() -> None:
    assert visit_input.cleaned(replace(FULL, anonymous=True)).name == ""


def test_a_code_the_form_does_not_offer_is_a_bug() -> None:
    with pytest.raises(ValueError, match="outcome"):
        visit_input.cleaned(replace(FULL, outcome="solved"))


def test_the_record_of_the_rules_has_every_field_of_the_form() -> None:
    record = visit_input.record_of(replace(FULL, companions=("赵某",), receiver_ids=("d1", "d2")))
    assert (record.companions, record.receivers) == (1, 2)
    for name in visit_states.Record.__dataclass_fields__.keys() - {"companions", "receivers", "child"}:
        assert getattr(record, name) == getattr(FULL, name)


def test_pi05_a_child_is_known_by_the_number(fake_clock: FakeClock) -> None:
    born = (("20121124", True), ("20121123", False), ("19491231", False))
    for day, child in born:
        first17 = f"110105{day}002"
        form = replace(FULL, id_no=first17 + identity.check_digit(first17))
        assert visit_input.record_of(form).child is child, day
    assert not visit_input.record_of(replace(FULL, id_no="110105201211240020")).child, "a wrong number"
    assert not visit_input.record_of(FULL).child


def test_pi05_of_a_visit_entered_later_a_child_is_one_of_its_true_day(fake_clock: FakeClock) -> None:
    first17 = "11010520121120002"
    form = replace(FULL, id_no=first17 + identity.check_digit(first17))
    for day, child in ((18, True), (19, True), (20, False)):
        received = fake_clock.moment.replace(day=day)
        assert visit_input.record_of(replace(form, received_at=received)).child is child, day
        assert visit_input.record_of(form, received).child is child, "told by the visit"
    assert not visit_input.record_of(form).child


def test_a_receipt_needs_name_and_subject() -> None:
    with pytest.raises(InputProblem, match=r"姓名.*事由"):
        visit_input.require_receipt(VisitForm(), visit_states.Limits())


@pytest.mark.parametrize(("arrived", "received"), [(1, 0), (0, 60), (10, None)])
def test_times_that_cannot_be(arrived: int, received: int | None) -> None:
    at = [MORNING + timedelta(minutes=minutes) for minutes in (arrived, received or 0)]
    with pytest.raises(InputProblem):
        visit_input.check_times(at[0], None if received is None else at[1], MORNING)


def test_times_that_can() -> None:
    visit_input.check_times(MORNING, MORNING, MORNING)
    visit_input.check_times(MORNING - timedelta(days=9), None, MORNING)
