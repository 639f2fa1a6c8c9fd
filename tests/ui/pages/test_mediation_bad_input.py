"""What is typed wrong in 矛盾调解: a clear sentence in the window, and every word stays as it was typed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desk.services.mediation.forms import PartyForm, TermForm
from desk.ui.window import MainWindow
from tests.fakes import FakeClock
from tests.ui.pages import bad_files as files
from tests.ui.pages import mediation_stage as stage
from tests.ui.pages.bad_files import REFUSED, drop
from tests.ui.pages.mediation_stage import opened, tab, words

room, desk, bad = stage.room, stage.desk, files.bad
CONTROL = Qt.KeyboardModifier.ControlModifier


def names(root: QWidget) -> list[str]:
    return [each.accessibleName() for each in root.findChildren(QWidget) if each.accessibleName()]


@pytest.mark.parametrize("typed", ["2600.555", "123456789012.00"])
def test_an_amount_nobody_can_pay(desk: MainWindow, room: stage.CaseStage, qtbot: QtBot, typed: str) -> None:
    case = opened(desk, room.mediating())
    case.writes.do(lambda services: services.mediation.agreements.save(case.case_id, room.agreement()))
    part = tab(case, "agreement")
    field = part.terms.lines[1].fields.fields["amount"].widget
    field.clear()
    qtbot.keyClicks(field, typed)
    qtbot.keyClick(case.view, Qt.Key.Key_S, CONTROL)
    told = words(case.view) + " ".join(stage.said(desk))
    assert "金额" in told or "小数" in told
    assert tab(case, "agreement").terms.lines[1].fields.fields["amount"].widget.text() == typed


def test_eleven_parties_are_all_kept(desk: MainWindow, room: stage.CaseStage) -> None:
    first, second = room.parties()
    more = [PartyForm(side="respondent", name=f"孙某{n}", address="示例路 9 号") for n in range(9)]
    case = opened(desk, room.registered(parties=(first, second, *more)))
    part = tab(case, "people")
    assert len(part.blocks()) == 11
    for block in part.blocks():
        block.more.setChecked(True)
    found = [name for name in names(part.parties) if name.startswith("第") and "方" in name]
    assert sorted(found) == sorted(set(found))
    assert "第 11 方证件号码" in found


def test_the_same_name_on_both_sides_is_doubted(desk: MainWindow, room: stage.CaseStage) -> None:
    first, second = room.parties()
    same = replace(second, name=first.name, phone=first.phone)
    case = opened(desk, room.registered(parties=(first, same)))
    part = tab(case, "people")
    assert first.name in words(part)
    assert [block.value().name for block in part.blocks()] == [first.name, first.name]
    assert case.card is not None
    assert case.card.doubts


def test_an_agreement_before_the_acceptance(desk: MainWindow, room: stage.CaseStage) -> None:
    case = opened(desk, room.mediating())
    early = room.agreement(reached_on=date(2026, 11, 1))
    part = tab(case, "agreement")
    part.paint(early)
    part.touch()
    case.writes.save_all()
    case.steps.take("agree_written")
    assert "受理" in words(case.view) + " ".join(stage.said(desk))
    assert tab(case, "agreement").fields.fields["reached_on"].read() == date(2026, 11, 1)


def test_an_agreement_without_the_seal_is_not_in_force(desk: MainWindow, room: stage.CaseStage) -> None:
    case_id = room.mediating()
    room.services.agreements.save(case_id, room.agreement())
    for party_id in room.party_ids(case_id):
        room.services.agreements.sign(case_id, "party", party_id)
    for role in ("mediator", "recorder"):
        room.services.agreements.sign(case_id, role)
    case = opened(desk, case_id)
    case.steps.take("agree_written")
    assert case.card is not None
    assert case.card.state == "mediating"
    assert "盖章" in words(case.view) or "印章" in words(case.view)
    assert case.view.current() == "agreement"


def test_who_has_no_identity_number_cannot_ask_the_court(desk: MainWindow, room: stage.CaseStage) -> None:
    case = opened(desk, room.agreed())
    card = tab(case, "after").confirmation
    card.open.click()
    card.apply.click()
    told = words(case.view) + " ".join(stage.said(desk))
    assert "证件号码" in told
    assert "冯某" in told


def test_the_last_day_to_ask_moves_behind_the_holiday(
    desk: MainWindow, room: stage.CaseStage, fake_clock: FakeClock
) -> None:
    fake_clock.set("2026-12-03T09:00:00+08:00")
    case_id = room.mediating()
    term = TermForm(text="修复自家水管", ower="冯某", way="own_act", due_on=date(2026, 12, 20))
    agreement = room.agreement(reached_on=date(2026, 12, 3), terms=(term,))
    room.services.agreements.save(case_id, agreement)
    room.signed(case_id)
    room.services.agreements.agree(case_id)
    case = opened(desk, case_id)
    assert "截至 2027 年 1 月 4 日（含当日）（1 月 2 日休息日顺延）" in words(case.view)


def test_a_term_of_several_lines_stays_as_typed(desk: MainWindow, room: stage.CaseStage) -> None:
    case = opened(desk, room.mediating())
    part = tab(case, "agreement")
    part.terms.set_value((TermForm(text="先修水管"),))
    part.touch()
    case.view.show_tab("people")
    case.view.show_tab("agreement")
    desk.covers.lock()
    assert tab(case, "agreement").terms.lines[0].fields.fields["text"].widget.text() == "先修水管"


def saved(case: stage.Case, qtbot: QtBot) -> str:
    """Press Ctrl S and return all that is to be read then."""
    qtbot.keyClick(case.view, Qt.Key.Key_S, CONTROL)
    return words(case.view)


def test_a_wrong_check_digit_is_doubted_and_kept(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    """§10: warned about, never refused."""
    case = opened(desk, room.registered())
    block = tab(case, "people").blocks()[1]
    block.more.setChecked(True)
    field = block.fields.fields["id_no"].widget
    field.setFocus()
    qtbot.keyClicks(field, "110105194912310021")
    block.fields.fields["name"].widget.setFocus()
    assert "校验" in words(case.view)
    assert field.text() == "110105194912310021"
    saved(case, qtbot)
    assert stage.said(desk) == []
    party_id = room.party_ids(case.case_id)[1]
    assert room.services.cases.reveal(case.case_id, party_id, "id_no", "核对") == "110105194912310021"


@pytest.mark.parametrize(
    ("typed", "sentence"), [("2026-11-24", "还没有到"), ("2026-11-31", "看不懂这个日期")]
)
def test_a_day_of_acceptance_that_cannot_be(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot, typed: str, sentence: str
) -> None:
    case = opened(desk, room.registered())
    field = tab(case, "accept").accepted.field
    field.setText(typed)
    case.steps.take("accept")
    assert field.hasFocus()
    assert field.property("wrong")
    assert sentence in words(case.view) + " ".join(stage.said(desk))
    assert case.card is not None
    assert case.card.state == "registered"
    assert field.text() == typed


def test_no_day_that_cannot_be_read_is_taken_for_today(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    """Where an empty field means today: the clock, the court's word, the figures."""
    case = opened(desk, room.accepted())
    clock = tab(case, "accept").clock
    clock.reason.setText("当事人住院")
    clock.day.setText("2026-11-31")
    clock.pause.click()
    assert "看不懂这个日期" in words(clock)
    assert case.card is not None
    assert case.card.extensions == ()
    assert (clock.day.text(), clock.reason.value()) == ("2026-11-31", "当事人住院")
    clock.day.setText("2026-11-23")
    clock.pause.click()
    assert len(case.card.extensions) == 1
    desk.show_page("mediation", "figures")
    figures = stage.page_of(desk).figures
    figures.last.setText("2026-02-30")
    figures.count.click()
    assert "看不懂这个日期" in words(figures)
    assert figures.last.text() == "2026-02-30"


def test_the_courts_day_that_cannot_be_read(desk: MainWindow, room: stage.CaseStage) -> None:
    first, second = room.parties()
    case_id = room.agreed(parties=(first, replace(second, id_no="110105194912310021")))
    case = opened(desk, case_id)
    card = tab(case, "after").confirmation
    card._decide_box.show()
    card.decided_on.setText("十二月")
    card.decide.click()
    assert "看不懂这个日期" in words(card)
    assert card.decided_on.text() == "十二月"
    assert stage.said(desk) == []


def test_a_number_of_people_in_words(desk: MainWindow, room: stage.CaseStage, qtbot: QtBot) -> None:
    case = opened(desk, room.accepted())
    field = tab(case, "accept").fields.fields["headcount"].widget
    field.setText("十几")
    assert "这里要填数字。" in saved(case, qtbot)
    assert field.text() == "十几"
    assert field.hasFocus()
    dossier = tab(case, "dossier")
    dossier.people.setText("十几")
    dossier.prevent.click()
    assert "涉及人数要填数字。" in words(case.view)
    assert dossier.people.text() == "十几"


def test_words_beyond_what_fits_are_said(desk: MainWindow, room: stage.CaseStage, qtbot: QtBot) -> None:
    case = opened(desk, room.registered())
    field = tab(case, "accept").fields.fields["summary"].widget
    QGuiApplication.clipboard().setText("漏" * 5001)
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_V, CONTROL)
    QGuiApplication.clipboard().clear()
    assert "最多 5000 个字，后面的没有收进来。" in words(case.view)
    assert len(field.value()) == 5000


@pytest.mark.parametrize("strange", ["\u202e", "\u200b", "\x07", "\x00"])
def test_invisible_characters_reach_no_name_and_stop_no_paper(
    desk: MainWindow, room: stage.CaseStage, strange: str
) -> None:
    """NM-02."""
    first, second = room.parties()
    odd = replace(second, name=f"冯{strange}某")
    case_id = room.mediating(parties=(first, odd), summary=f"楼上{strange}渗漏，卧室受损，双方有争议。")
    case = opened(desk, case_id)
    assert [block.value().name for block in tab(case, "people").blocks()] == ["钱某", "冯某"]
    for row in desk._context.services.case_papers.papers(case_id):
        assert desk._context.services.case_papers.make(case_id, row.key).pdf.startswith(b"%PDF")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("name", "sentence"), REFUSED)
def test_a_scan_that_cannot_be_kept_is_said_by_name(
    desk: MainWindow, room: stage.CaseStage, bad: dict[str, Path], name: str, sentence: str
) -> None:
    case = opened(desk, room.agreed())
    part = tab(case, "dossier")
    drop(part, bad[name], bad["cmyk.jpg"])
    (warned,) = stage.said(desk, "warn")
    assert f"“{name}”没有添加：{sentence}" in warned
    assert part.scans.strip.names() == ["cmyk.jpg"]


def test_what_no_form_can_hold_comes_back_with_the_draft(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    """After a power cut the desk opens where it was, half a day and a number in words too."""
    case_id = room.registered()
    case = opened(desk, case_id)
    accept = tab(case, "accept")
    accept.fields.fields["headcount"].widget.setText("十几")
    accept.fields.fields["applied_on"].widget.setText("2026-11")
    accept.accepted.field.setText("2026-11-31")
    accept.fields.fields["remark"].paint("双方都在外地")
    case.keeper.save()
    again = stage.open_window(stage.context_of(room), qtbot)
    page = stage.page_of(again)
    ((key, _words),) = page.cases.tabs()
    page._show(key)
    accept = tab(stage.shown_case(again), "accept")
    found = [accept.fields.fields[name].widget.text() for name in ("headcount", "applied_on", "remark")]
    assert found == ["十几", "2026-11", "双方都在外地"]
    assert accept.accepted.field.text() == "2026-11-31"
    again.close()


def test_the_day_of_acceptance_outlives_a_save_and_a_kill(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    """Blank means today, and the 30 days would run from there: the draft has the day until it is taken."""
    case_id = room.registered(applied_on=date(2026, 11, 20))
    case = opened(desk, case_id)
    accept = tab(case, "accept")
    qtbot.keyClicks(accept.accepted.field, "11-22")
    assert case.dirty
    case.writes.save_all()
    case.reader.load()
    assert accept.chosen_day() == date(2026, 11, 22)
    again = stage.open_window(stage.context_of(room), qtbot)
    page = stage.page_of(again)
    ((key, _words),) = page.cases.tabs()
    page._show(key)
    back = stage.shown_case(again)
    assert back.view.part("accept").chosen_day() == date(2026, 11, 22)
    back.steps.take("accept")
    taken = room.services.cases.get(case_id)
    assert (taken.state, taken.accepted_on) == ("accepted", date(2026, 11, 22))
    assert not back.dirty
    assert again._context.services.drafts.load_all("mediation") == ()
    again.close()


def test_a_form_is_shown_anew_beside_a_day_of_acceptance(desk: MainWindow, room: stage.CaseStage) -> None:
    """The mediators that were saved know their ids, so that they are not written twice."""
    case_id = room.registered()
    case = opened(desk, case_id)
    accept = tab(case, "accept")
    accept.accepted.field.setText("2026-11-22")
    accept.mediators._recorder.setText("周某")
    accept.fields.edited.emit("mediators")
    case.writes.save_all()
    assert accept.dirty
    assert accept.mediators.value() == room.services.cases.form(case_id).mediators
    assert all(each.id for each in accept.mediators.value())
