"""What is typed wrong in 法律咨询, or hung on it: a clear sentence in the window, and nothing is lost."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from desk.services.consultation.forms import CitationForm, OpponentForm
from desk.services.drafts import Drafts
from tests.ui.pages import bad_files as files
from tests.ui.pages import consultation_stage as table
from tests.ui.pages.bad_files import REFUSED, drop
from tests.ui.pages.consultation_stage import Desk, asked, fresh, open_page, words
from tests.unit.services.consultation.advice_stage import AdviceStage
from tests.unit.services.consultation.test_law_texts import TEXT

stage, desk, bad = table.stage, table.desk, files.bad
pytestmark = pytest.mark.usefixtures("here")
CONTROL = Qt.KeyboardModifier.ControlModifier
QUESTION = "楼下要我全赔，怎么办？"
WRONG_ID = "110105194912310021"


def said(desk: Desk) -> str:
    """Return all that was told, on the page and by notices."""
    return words(desk) + "\n" + "\n".join(text for _kind, text in desk.notices.said)


def kept(desk: Desk) -> bool:
    """Tell whether name and question still stand in the form as typed."""
    return (desk.field("name").value(), desk.field("question").value()) == ("冯某某", QUESTION)


def checked(desk: Desk, **changes: object) -> None:
    """Fill the form in, have it checked and answered; all that is left is the end."""
    asked(desk, **changes)
    desk.sheet.verbs.check()
    desk.fill(
        answer="先保留证据。", disposition="answered", citations=(CitationForm("civil_code", article="1165"),)
    )


def finish(desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClick(desk.field("question"), Qt.Key.Key_Return, CONTROL)


def state(desk: Desk) -> str:
    assert desk.sheet.verbs.card is not None
    return desk.stage.desk.consultations.get(desk.sheet.verbs.card.id).state


def test_one_name_on_both_sides_is_doubted_and_may_go_on(desk: Desk, qtbot: QtBot) -> None:
    checked(desk, opponents=(OpponentForm("冯某某", phone="13900000172"),))
    desk.sheet.beside.look_up()
    assert "双方同名，请用证件号码或者手机号区分。" in words(desk)
    assert (desk.field("name").value(), desk.field("opponent").value()) == ("冯某某", "冯某某")
    assert kept(desk)


def test_nobody_needs_an_identity_number(desk: Desk, qtbot: QtBot) -> None:
    """FL-09: identity may be refused; a name without a number is enough."""
    checked(desk)
    assert desk.field("id_no").value() == ""
    finish(desk, qtbot)
    (row,) = desk.stage.desk.consultations.page().rows
    assert row.state == "finished", desk.notices.said


def test_a_wrong_check_digit_is_doubted_and_kept(desk: Desk, qtbot: QtBot) -> None:
    asked(desk)
    desk.sheet.view.who.open_more()
    desk.field("id_no").setFocus()
    qtbot.keyClicks(desk.field("id_no"), WRONG_ID)
    desk.field("question").setFocus()
    assert "校验" in words(desk)
    assert desk.field("id_no").value() == WRONG_ID
    desk.sheet.verbs.check()
    assert desk.sheet.verbs.card is not None, "a doubt is no refusal"
    card = desk.stage.desk.consultations
    assert card.reveal(desk.sheet.consultation_id, "id_no", "核对") == WRONG_ID


@pytest.mark.parametrize("typed", ["2026-02-30", "11月", "前年秋天"])
def test_a_day_that_cannot_be_read_holds_up_the_end_and_stays(desk: Desk, qtbot: QtBot, typed: str) -> None:
    checked(desk)
    desk.field("known_on").setText(typed)
    finish(desk, qtbot)
    assert state(desk) != "finished"
    assert "看不懂这个日期" in desk.field("known_on").accessibleDescription()
    assert desk.sheet.view.focused() == "known_on"
    assert desk.field("known_on").text() == typed
    qtbot.keyClick(desk.field("question"), Qt.Key.Key_S, CONTROL)
    assert "看不懂这个日期" in said(desk)
    desk.field("known_on").setText("2026-03-01")
    finish(desk, qtbot)
    (row,) = desk.stage.desk.consultations.page().rows
    assert row.state == "finished"


def test_a_half_typed_day_comes_back_with_the_draft(desk: Desk, stage: AdviceStage, qtbot: QtBot) -> None:
    """After a power cut the desk opens where it was, with what no record could hold."""
    checked(desk)
    desk.sheet.view.who.open_more()
    desk.field("interrupted_on").setText("2026-13")
    desk.field("age").setText("六十")
    desk.sheet.leave()
    again = open_page(stage, qtbot)
    assert again.field("interrupted_on").text() == "2026-13"
    assert again.field("age").text() == "六十"
    assert kept(again)


def test_no_day_of_a_tool_that_cannot_be_read_is_taken_for_none(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    """An interest would hold for ever, a law would have no version, a joint day no date."""
    desk.page.list.tools.emit("interests")
    assert desk.page._tools is not None
    interests, library, joint = desk.page._tools.interests, desk.page._tools.library, desk.page._tools.joint
    interests.name.setText("冯某某")
    interests.until.setText("2026-02-30")
    interests.take.click()
    assert "看不懂这个日期" in words(desk)
    assert (interests.name.value(), interests.until.text()) == ("冯某某", "2026-02-30")
    assert desk.stage.desk.interests.list(desk.stage.desk.interests.owners()[0].owner) == ()
    desk.page.list.tools.emit("library")
    file = tmp_path / "条例.txt"
    file.write_text(TEXT, encoding="utf-8")
    library.version.setText("2020-13-01")
    desk.notices.path = file
    library.choose.click()
    assert "看不懂这个日期" in words(desk)
    assert not library.take.isEnabled()
    desk.page.list.tools.emit("joint_days")
    joint.form.day.setText("后天吧")
    joint.save.click()
    assert "看不懂这个日期" in words(desk)
    assert desk.stage.desk.joint_days.list() == ()


def test_a_day_to_come_is_said_beside_the_form(desk: Desk, qtbot: QtBot) -> None:
    checked(desk, known_on=date(2027, 1, 1))
    desk.sheet.beside.look_up()
    assert "起算的日期还没有到，请核对。" in words(desk)
    assert desk.field("known_on").accessibleDescription() == "起算的日期还没有到，请核对。"
    assert desk.field("known_on").day() == date(2027, 1, 1)
    assert kept(desk)
    desk.fill(known_on=date(2026, 1, 1))
    desk.sheet.beside.look_up()
    assert desk.field("known_on").accessibleDescription() == ""


@pytest.mark.parametrize("typed", ["六十", "131", "6a"])
def test_an_age_nobody_has(desk: Desk, qtbot: QtBot, typed: str) -> None:
    asked(desk)
    desk.field("age").setText(typed)
    desk.sheet.verbs.check()
    assert desk.sheet.verbs.card is None
    assert "年龄请填 0 到 130" in said(desk) or "这里要填数字。" in said(desk)
    assert desk.sheet.view.focused() == "age"
    assert desk.field("age").text() == typed
    assert kept(desk)


def test_words_beyond_what_fits_are_said(desk: Desk, qtbot: QtBot) -> None:
    asked(desk)
    QGuiApplication.clipboard().setText("漏" * 5001)
    desk.field("question").setFocus()
    desk.field("question").selectAll()
    qtbot.keyClick(desk.field("question"), Qt.Key.Key_V, CONTROL)
    assert len(desk.field("question").value()) == 5000
    assert "最多 5000 个字，后面的没有收进来。" in words(desk)
    desk.field("question").setPlainText(QUESTION)
    assert "最多 5000 个字" not in words(desk)
    QGuiApplication.clipboard().setText("冯" * 61)
    desk.field("name").setFocus()
    desk.field("name").selectAll()
    qtbot.keyClick(desk.field("name"), Qt.Key.Key_V, CONTROL)
    QGuiApplication.clipboard().clear()
    assert "最多 60 个字，后面的没有收进来。" in words(desk)
    desk.sheet.verbs.check()
    assert desk.field("name").accessibleDescription().startswith("姓名最多 50 个字")
    assert desk.field("name").value() == "冯" * 60


def test_eleven_on_the_other_side(desk: Desk, qtbot: QtBot) -> None:
    names = "、".join(f"孙某{each}" for each in "甲乙丙丁戊己庚辛壬癸子")
    asked(desk)
    desk.field("opponent").setText(names)
    desk.sheet.verbs.check()
    assert "对方当事人最多填 10 个。" in said(desk)
    assert desk.sheet.view.focused() in ("opponent", "opponents")
    assert desk.field("opponent").value() == names
    assert kept(desk)


@pytest.mark.parametrize("strange", ["\u202e", "\u200b", "\x07", "\x00"])
def test_invisible_characters_reach_no_record_and_no_paper(desk: Desk, qtbot: QtBot, strange: str) -> None:
    """NM-02: a control or direction character in a name is dropped; in words it stops no paper."""
    name, question = f"冯{strange}某某", f"楼下要我{strange}全赔，怎么办？"
    checked(desk, name=name, question=question)
    finish(desk, qtbot)
    (row,) = desk.stage.desk.consultations.page().rows
    assert (row.state, row.name) == ("finished", "冯某某"), desk.notices.said
    assert desk.notices.crashes == []
    paper = desk.stage.desk.papers.sheet(row.id)
    assert paper.pdf.startswith(b"%PDF")


def test_a_conflict_stops_the_answer_and_keeps_the_words(
    desk: Desk, stage: AdviceStage, qtbot: QtBot
) -> None:
    """FL-11: nothing of whom; what is written of the question stays."""
    stage.finished()
    asked(desk)
    desk.sheet.verbs.check()
    assert "本事项请换人解答或改约。原因已记录，由站长查看。" in words(desk)
    qtbot.keyClicks(desk.field("answer"), "abc")
    assert desk.field("answer").value() == ""
    finish(desk, qtbot)
    assert state(desk) != "finished"
    assert kept(desk)
    again = open_page(stage, qtbot)
    again.page.show_record(desk.sheet.consultation_id)
    assert kept(again)


@pytest.mark.parametrize(("name", "sentence"), REFUSED)
def test_a_file_that_cannot_be_kept_is_said_by_name(
    desk: Desk, qtbot: QtBot, bad: dict[str, Path], name: str, sentence: str
) -> None:
    asked(desk)
    drop(desk.sheet.view, bad[name], bad["tiny.jpg"])
    (warned,) = [text for kind, text in desk.notices.said if kind == "warn"]
    assert f"“{name}”没有添加：{sentence}" in warned
    assert desk.sheet.view.papers.names() == ["tiny.jpg"]
    assert kept(desk)
    assert desk.notices.crashes == []


def test_photos_of_every_kind_come_in_by_drop_and_paste(
    desk: Desk, qtbot: QtBot, bad: dict[str, Path]
) -> None:
    asked(desk)
    drop(desk.sheet.view, bad["cmyk.jpg"], bad["exif-rotated.jpg"])
    picture = QImage(60, 40, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    QGuiApplication.clipboard().setImage(picture)
    desk.sheet.view.papers.add.setFocus()
    qtbot.keyClick(desk.sheet.view.papers.add, Qt.Key.Key_V, CONTROL)
    QGuiApplication.clipboard().clear()
    assert desk.sheet.view.papers.names() == ["cmyk.jpg", "exif-rotated.jpg", "粘贴的图片.png"]
    assert kept(desk)


def test_a_photo_before_any_name_waits_for_the_number(desk: Desk, qtbot: QtBot, bad: dict[str, Path]) -> None:
    fresh(desk)
    drop(desk.sheet.view, bad["tiny.jpg"])
    assert desk.sheet.verbs.card is None
    assert "姓名" in desk.field("name").accessibleDescription()
    desk.fill(name="冯某某", question=QUESTION)
    qtbot.keyClick(desk.field("name"), Qt.Key.Key_Return)
    assert desk.sheet.view.papers.names() == ["tiny.jpg"]
    assert kept(desk)


def test_files_of_a_form_without_a_number_never_hang_on_the_next_client(
    desk: Desk, stage: AdviceStage, bad: dict[str, Path]
) -> None:
    """SEC-04, FL-12: what 冯某某 brought is not seen by whoever reads 孙某某's consultation."""
    other = stage.checked(name="孙某某", phone="13900000188")
    fresh(desk)
    drop(desk.sheet.view, bad["tiny.jpg"], bad["cmyk.jpg"])
    desk.page.show_record(other.id)
    assert desk.sheet.view.papers.names() == []
    assert desk.page.context.services.attachments.list("consultation", other.id) == ()
    assert "“tiny.jpg”等 2 个文件没有添加" in said(desk)


def test_a_form_without_a_number_is_not_lost_behind_another(desk: Desk, stage: AdviceStage) -> None:
    """Nothing typed is ever lost, also what was begun without a name and left for another."""
    known = stage.checked()
    fresh(desk)
    desk.fill(question=QUESTION)
    desk.page.show_record(known.id)
    assert desk.field("question").value() != QUESTION
    assert desk.page.half_done.text() == "没写完的 1 张"
    assert desk.page.half_done.isVisibleTo(desk.page)
    desk.page.half_done.click()
    assert desk.field("question").value() == QUESTION
    assert desk.sheet.verbs.card is None
    assert not desk.page.half_done.isVisibleTo(desk.page)
    desk.sheet.view.head.drop.click()
    assert Drafts(stage.store, stage.session).load_all("consultation") == ()


def test_what_the_record_would_not_take_comes_back_from_the_draft(desk: Desk, stage: AdviceStage) -> None:
    checked(desk)
    mine = desk.sheet.consultation_id
    desk.field("known_on").setText("2026-02-30")
    desk.fill(question=QUESTION + "还有押金。")
    desk.page.show_record(stage.checked(name="孙某某", phone="13900000188").id)
    desk.page.show_record(mine)
    assert desk.field("known_on").text() == "2026-02-30"
    assert desk.field("question").value() == QUESTION + "还有押金。"


def test_a_day_to_come_stops_the_end_and_is_said_at_its_field(desk: Desk) -> None:
    asked(desk, citations=(CitationForm("civil_code", article="1165"),), disposition="answered")
    desk.sheet.verbs.check()
    desk.fill(answer="可以要求对方一起鉴定。", happened_on=date(2027, 1, 1))
    desk.sheet.verbs.finish()
    assert desk.sheet.verbs.card is not None
    assert desk.sheet.verbs.card.state != "finished"
    assert desk.field("happened_on").accessibleDescription() == "发生的日期还没有到，请核对。"
    assert desk.field("happened_on").hasFocus()
