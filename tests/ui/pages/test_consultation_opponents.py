"""The numbers beside the other side belong to whoever stood first when they were typed, to nobody else."""

import pytest

from desk.services.consultation.forms import OpponentForm
from desk.services.consultation.rows import found, opponents_of
from tests.ui.pages import consultation_stage as table
from tests.ui.pages.consultation_stage import Desk, asked

stage, desk = table.stage, table.desk

ID = "330106199001011232"
FIRST = OpponentForm("钱某某", id_no=ID, phone="13900000172")


def known(desk: Desk, *others: OpponentForm) -> None:
    """Show a consultation against these as it comes out of its record, numbers starred."""
    asked(desk, name="褚某某", opponents=others)
    desk.sheet.verbs.register()
    form = desk.stage.desk.consultations.form(desk.sheet.consultation_id)
    desk.sheet.start(form, desk.sheet.verbs.card)


def name_them(desk: Desk, names: str, *, leave: bool = True) -> None:
    desk.field("opponent").setText(names)
    if leave:
        desk.field("opponent").editingFinished.emit()


def stored(desk: Desk) -> list[tuple[str, str, str]]:
    """Save; return name, telephone and identity number of each as the record has them."""
    desk.sheet.verbs.save()
    with desk.stage.store.read() as open_rows:
        row = found(open_rows, desk.sheet.consultation_id)
        return [(each.name, each.phone, each.id_no) for each in opponents_of(open_rows, row)]


@pytest.mark.parametrize("leave", [True, False])
def test_who_moves_up_gets_nothing_of_the_one_taken_away(desk: Desk, leave: bool) -> None:
    known(desk, FIRST, OpponentForm("冯某某"))
    assert "*" in desk.field("opponent_id").value()
    name_them(desk, "冯某某", leave=leave)
    if leave:
        assert (desk.field("opponent_phone").value(), desk.field("opponent_id").value()) == ("", "")
    assert stored(desk) == [("冯某某", "", "")]


def test_who_moves_up_shows_and_keeps_their_own(desk: Desk) -> None:
    known(desk, FIRST, OpponentForm("冯某某", phone="13900000173"))
    name_them(desk, "冯某某")
    assert desk.field("opponent_phone").value() == "139****0173"
    assert stored(desk) == [("冯某某", "13900000173", "")]


def test_the_other_way_round_each_keeps_their_own(desk: Desk) -> None:
    known(desk, FIRST, OpponentForm("冯某某", phone="13900000173"))
    name_them(desk, "冯某某、钱某某")
    assert stored(desk) == [("冯某某", "13900000173", ""), ("钱某某", "13900000172", ID)]


def test_numbers_just_typed_do_not_go_to_the_next_name_either(desk: Desk) -> None:
    known(desk)
    name_them(desk, "钱某某、冯某某")
    desk.field("opponent_phone").setText("13900000172")
    name_them(desk, "冯某某")
    assert desk.field("opponent_phone").value() == ""
    name_them(desk, "冯某某、钱某某")
    assert stored(desk) == [("冯某某", "", ""), ("钱某某", "13900000172", "")]


def test_a_name_corrected_keeps_what_was_typed_in_clear_only(desk: Desk) -> None:
    known(desk, FIRST)
    desk.field("opponent_phone").setText("13900000199")
    name_them(desk, "钱某")
    assert (desk.field("opponent_phone").value(), desk.field("opponent_id").value()) == ("13900000199", "")
    assert stored(desk) == [("钱某", "13900000199", "")]


def test_a_name_typed_anew_keeps_its_numbers(desk: Desk) -> None:
    known(desk, FIRST)
    name_them(desk, "钱", leave=False)
    name_them(desk, "钱某某")
    assert stored(desk) == [("钱某某", "13900000172", ID)]


def test_numbers_typed_before_the_name_are_those_of_the_first(desk: Desk) -> None:
    known(desk)
    desk.field("opponent_phone").setText("13900000172")
    name_them(desk, "钱某某、冯某某")
    assert stored(desk) == [("钱某某", "13900000172", ""), ("冯某某", "", "")]


def test_who_was_left_out_is_said(desk: Desk) -> None:
    """A field that was cleared takes them out of the record, which nobody would notice otherwise."""
    known(desk, FIRST, OpponentForm("冯某某"))
    name_them(desk, "冯某某")
    stored(desk)
    said = [text for kind, text in desk.notices.said if kind == "info"]
    assert said[-1] == "对方当事人里去掉了：钱某某。不是要去掉的，请再填上。"
    desk.notices.said.clear()
    name_them(desk, "冯某")
    stored(desk)
    assert not [text for _kind, text in desk.notices.said if "去掉了" in text]
