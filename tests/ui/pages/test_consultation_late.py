"""An answer that comes when another client's sheet is in view: it goes to its own record, never to theirs."""

from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desk.errors import InputProblem
from desk.services.consultation.forms import CitationForm, OpponentForm
from desk.services.consultation.values import Consultation
from desk.services.drafts import Draft, Drafts
from tests.fakes import SlowTasks
from tests.ui.pages import consultation_stage as table
from tests.ui.pages.consultation_stage import Desk, asked, fresh, open_page, words
from tests.unit.services.consultation.advice_stage import AdviceStage
from tests.unit.services.consultation.test_law_texts import TEXT

stage = table.stage


@pytest.fixture
def desk(stage: AdviceStage, qtbot: QtBot) -> Desk:
    return open_page(stage, qtbot, tasks=SlowTasks)


def tasks(desk: Desk) -> SlowTasks:
    found = desk.page.context.tasks
    assert isinstance(found, SlowTasks)
    return found


def first(desk: Desk) -> Consultation:
    """Give a numbered consultation of 冯某某 in view, with words that are not in its record yet."""
    asked(desk)
    desk.sheet.verbs.register()
    card = desk.sheet.verbs.card
    assert card is not None
    desk.fill(question="冯某某问的话")
    return card


def drafts(desk: Desk) -> tuple[Draft, ...]:
    return Drafts(desk.stage.store, desk.stage.session).load_all("consultation")


def test_nothing_is_in_work_before_a_sheet_is_begun(stage: AdviceStage, qtbot: QtBot) -> None:
    """A finished one asked for first is read in the list; the row on top says one thing at a time."""
    done = stage.finished()
    fresh_desk = open_page(stage, qtbot)
    page = fresh_desk.page
    page.show_record(done.id)
    assert page.list.reads
    assert (page.to_sheet.isEnabled(), page.to_list.isChecked()) == (False, True)
    # A screen reader toggles without clicking.
    page.to_sheet.toggle()
    assert (page.to_sheet.isChecked(), page.to_list.isChecked()) == (False, True)
    fresh(fresh_desk)
    assert (page.to_sheet.isEnabled(), page.to_sheet.isChecked(), page.to_list.isChecked()) == (
        *(True, True),
        False,
    )


def test_a_late_save_does_not_make_the_next_sheet_that_of_the_client_before(desk: Desk) -> None:
    before, consultations = first(desk), desk.stage.desk.consultations
    tasks(desk).hold("write")
    fresh(desk)
    key = desk.sheet.keeper.key
    desk.fill(name="钱某某", question="钱某某问的话")
    desk.sheet.keeper.save()
    tasks(desk).let_go()
    assert desk.sheet.consultation_id == ""
    assert (desk.field("name").value(), desk.sheet.keeper.dirty) == ("钱某某", True)
    assert consultations.form(before.id).question == "冯某某问的话"
    assert [(each.id, each.record_id) for each in drafts(desk)] == [(key, "")]
    assert desk.page.half_done.isHidden()
    desk.sheet.verbs.register()
    assert desk.sheet.consultation_id not in ("", before.id)
    assert consultations.form(before.id).name == "冯某某"
    assert consultations.form(desk.sheet.consultation_id).name == "钱某某"
    assert drafts(desk) == ()


def test_a_late_save_does_not_turn_an_opened_record_into_the_one_before(desk: Desk) -> None:
    consultations = desk.stage.desk.consultations
    other = consultations.register(
        desk.stage.form(name="钱某某", opponents=(OpponentForm("某某物业"),))
    ).value
    before = first(desk)
    tasks(desk).hold("write")
    desk.page.show_record(other.id)
    desk.fill(question="钱某某另问")
    tasks(desk).let_go()
    assert desk.sheet.consultation_id == other.id
    desk.sheet.verbs.save()
    assert consultations.form(other.id).question == "钱某某另问"
    found = consultations.form(before.id)
    assert (found.name, found.question) == ("冯某某", "冯某某问的话")
    assert drafts(desk) == ()


def test_the_next_sheet_gets_its_number_without_waiting_for_the_one_before(desk: Desk) -> None:
    before = first(desk)
    tasks(desk).hold("write")
    fresh(desk)
    desk.fill(name="钱某某")
    desk.sheet.verbs.register()
    tasks(desk).let_go()
    assert desk.sheet.consultation_id not in ("", before.id)
    assert desk.stage.desk.consultations.form(desk.sheet.consultation_id).name == "钱某某"


def test_the_sheet_in_work_stays_as_it_is_however_the_button_looks(desk: Desk) -> None:
    """A page that takes no keys for a moment greys its buttons out; what is in work is no matter of looks."""
    card = first(desk)
    key = desk.sheet.keeper.key
    desk.fill(question="还没存的半句")
    desk.page.setEnabled(False)
    desk.page.show_record(card.id)
    desk.page.setEnabled(True)
    assert desk.sheet.keeper.key == key
    assert desk.field("question").value() == "还没存的半句"
    assert desk.sheet.view.isVisible()


def test_what_was_typed_after_it_was_sent_waits_as_a_draft_of_its_record(desk: Desk) -> None:
    asked(desk)
    tasks(desk).hold("write")
    desk.sheet.verbs.register()
    desk.fill(question="写了一半又补的话")
    key = desk.sheet.keeper.key
    fresh(desk)
    tasks(desk).let_go()
    assert desk.sheet.consultation_id == ""
    (kept,) = drafts(desk)
    (row,) = desk.stage.desk.consultations.page().rows
    assert (kept.id, kept.record_id) == (key, row.id)
    desk.page.half_done.click()
    assert desk.sheet.consultation_id == row.id
    assert desk.field("question").value() == "写了一半又补的话"
    desk.sheet.verbs.save()
    assert desk.stage.desk.consultations.form(row.id).question == "写了一半又补的话"
    assert len(desk.stage.desk.consultations.page().rows) == 1


def test_what_is_refused_late_is_said_in_a_message_and_keeps_its_draft(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: Any) -> Any:
        raise InputProblem("电话看不懂。", field="phone")

    before = first(desk)
    monkeypatch.setattr(desk.stage.desk.consultations, "save", refuse)
    tasks(desk).hold("write")
    fresh(desk)
    tasks(desk).let_go()
    assert desk.field("phone").accessibleDescription() == ""
    assert ("fail", "电话看不懂。") in desk.notices.said
    assert [each.record_id for each in drafts(desk)] == [before.id]


def test_what_is_missing_of_one_neither_marks_nor_ends_another(desk: Desk) -> None:
    before = first(desk)
    tasks(desk).hold("read")
    desk.sheet.verbs.finish()
    fresh(desk)
    marked: list[object] = []
    desk.sheet.verbs.lacking.connect(marked.append)
    tasks(desk).let_go()
    assert marked == []
    assert desk.stage.desk.consultations.get(before.id).state == "opened"


def test_a_number_in_clear_does_not_come_into_the_field_of_another(desk: Desk) -> None:
    first(desk)
    tasks(desk).hold("write")
    desk.sheet.verbs.reveal("phone")
    fresh(desk)
    tasks(desk).let_go()
    assert desk.field("phone").value() == ""


def test_a_reason_given_when_another_is_in_view_shows_and_looks_at_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first(desk)
    asking: list[Any] = []
    monkeypatch.setattr(desk.notices, "ask_text", lambda _question, then: asking.append(then))
    looked: list[object] = []
    monkeypatch.setattr(desk.stage.desk.consultations, "reveal", lambda *given: looked.append(given))
    desk.sheet.verbs.reveal("phone")
    fresh(desk)
    asking[0]("核对过身份证")
    assert looked == []


def test_a_late_judgement_does_not_bring_its_record_into_view(desk: Desk) -> None:
    before = first(desk)
    fresh(desk)
    desk.sheet.judge.judged.emit(before)
    assert desk.sheet.consultation_id == ""


def test_a_record_made_void_late_leaves_the_one_in_view(desk: Desk) -> None:
    one = desk.stage.finished(name="王某某", opponents=(), no_opponent=True)
    other = desk.stage.finished(name="赵某某", opponents=(), no_opponent=True)
    desk.page.show_record(one.id)
    record = desk.page.list.record
    tasks(desk).hold("write")
    record.cancel.click()
    desk.page.show_record(other.id)
    tasks(desk).let_go()
    assert record.isVisible()
    assert record._card is not None
    assert record._card.id == other.id


def test_a_preview_is_of_what_is_typed_now(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    """An import takes in what was looked at, or nothing: a late answer is of another name."""
    file = tmp_path / "条例.txt"
    file.write_text(TEXT, encoding="utf-8")
    desk.notices.path = file
    desk.page.list.tools.emit("library")
    assert desk.page._tools is not None
    tool = desk.page._tools.library
    tool.choose.click()
    assert tool.take.isEnabled()
    qtbot.keyClicks(tool.law, "A")
    assert not tool.take.isEnabled()
    assert tool.preview.isHidden()
    tasks(desk).hold("free")
    tool.look.click()
    qtbot.keyClicks(tool.law, "B")
    tasks(desk).let_go()
    assert not tool.take.isEnabled()
    tool.look.click()
    assert "《AB》" in words(desk)
    assert tool.take.isEnabled()


def test_a_lawyer_is_not_asked_why_a_record_is_to_be_void(desk: Desk) -> None:
    """Making void is the head's; the reason would be typed in vain."""
    one = desk.stage.finished(name="王某某", opponents=(), no_opponent=True)
    desk.page.show_record(one.id)
    record = desk.page.list.record
    assert record.correct.isVisible()
    assert record.cancel.isHidden()


def answered(desk: Desk) -> Consultation:
    """Give one in view that lacks nothing to its end, the cursor in the answer."""
    asked(desk, citations=(CitationForm("civil_code", article="1165"),))
    desk.sheet.verbs.check()
    desk.fill(answer="先看管道归谁管。", disposition="answered")
    desk.sheet.verbs.save()
    desk.sheet.view.go_to("answer")
    card = desk.sheet.verbs.card
    assert card is not None
    return card


def test_while_a_consultation_is_being_finished_the_form_takes_no_word(desk: Desk, qtbot: QtBot) -> None:
    """Afterwards it is only read: a word of that moment would stand in no record, only in a draft."""
    card = answered(desk)
    tasks(desk).hold("write")
    desk.sheet.verbs.finish()
    assert "正在完成" in covered_with(desk)
    qtbot.keyClicks(desk.sheet.view.focusWidget(), "x")
    assert desk.field("answer").value() == "先看管道归谁管。"
    tasks(desk).let_go()
    assert desk.stage.desk.consultations.get(card.id).state == "finished"
    assert covered_with(desk) == ""
    assert drafts(desk) == ()


def test_a_referral_covers_it_too_and_what_is_refused_gives_it_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: Any) -> Any:
        raise InputProblem("电话看不懂。", field="phone")

    first(desk)
    desk.fill(disposition="hotline", referred_to="12348 公共法律服务热线")
    with monkeypatch.context() as patched:
        patched.setattr(desk.stage.desk.consultations, "refer", refuse)
        tasks(desk).hold("write")
        desk.sheet.verbs.refer()
        assert "正在登记去向" in covered_with(desk)
        tasks(desk).let_go()
    assert covered_with(desk) == ""
    assert desk.field("phone").hasFocus(), "the cursor is where it is wrong"


def test_another_sheet_is_not_covered_by_the_end_of_the_one_before(desk: Desk) -> None:
    card = answered(desk)
    tasks(desk).hold("write")
    desk.sheet.verbs.finish()
    fresh(desk)
    assert covered_with(desk) == ""
    desk.fill(name="钱某某")
    tasks(desk).let_go()
    assert desk.field("name").value() == "钱某某"
    assert desk.stage.desk.consultations.get(card.id).state == "finished"


def covered_with(desk: Desk) -> str:
    """Return the words of the veil over the form, "" for none."""
    veil = desk.sheet._veil
    return veil._text.text() if veil.isVisible() else ""
