"""法律咨询 as a person works it: keys, the check before the answer, ways out, drafts, list, tools."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk.models.conflict_check import Interest
from desk.services.consultation.advice import AidQuestion
from desk.services.consultation.forms import (
    CitationForm,
    ConsultationForm,
    OpponentForm,
)
from desk.services.drafts import Drafts
from desk.ui import style
from desk.ui.pages.consultation.form_pairs import from_pairs, to_pairs
from desk.ui.preview.window import PaperWindow
from tests.fakes import FakeClock
from tests.ui.pages import consultation_stage as table
from tests.ui.pages.consultation_stage import Desk, asked, fresh, open_page, words
from tests.ui.test_accessible import nameless
from tests.unit.services.consultation.advice_stage import AdviceStage
from tests.unit.services.consultation.test_law_texts import TEXT

# What a popup asks of the window system, which the screenless one cannot give.
pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support (raise\(\)|grabbing the keyboard)", extend=True
)

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
ANSWER = "可以要求全部赔偿，先保留证据。"

stage, desk = table.stage, table.desk


def test_a_name_and_enter_give_the_number(desk: Desk, qtbot: QtBot) -> None:
    fresh(desk)
    assert desk.field("name").hasFocus()
    qtbot.keyClicks(desk.field("name"), "13")
    desk.field("name").setText("钱某某")
    qtbot.keyClick(desk.field("name"), Qt.Key.Key_Return)
    assert desk.sheet.verbs.card is not None
    assert "ZX2026-A0001" in words(desk)
    assert desk.field("opponent").hasFocus()


def test_tab_goes_in_the_order_of_the_paper(desk: Desk, qtbot: QtBot) -> None:
    fresh(desk)
    seen = []
    for _step in range(24):
        name = desk.sheet.view.focused()
        if name and name not in seen:
            seen.append(name)
        qtbot.keyClick(desk.page.focusWidget() or desk.page, Qt.Key.Key_Tab)
    order = [name for name in seen if name in ("name", "phone", "topics", "known_on", "question", "answer")]
    assert order == ["name", "phone", "topics", "known_on", "question", "answer"]


def test_fl11_a_hit_closes_the_answer_and_another_adviser_opens_it(desk: Desk, qtbot: QtBot) -> None:
    desk.stage.finished()
    asked(desk)
    assert desk.field("answer").isReadOnly()
    qtbot.keyClick(desk.field("question"), Qt.Key.Key_C, ALT)
    assert "本事项请换人解答或改约。原因已记录，由站长查看。" in words(desk)
    assert desk.field("answer").isReadOnly()
    assert desk.field("answer").placeholderText() == "换解答人后可填写"
    assert not desk.sheet.view.bar.look.isVisibleTo(desk.page)
    qtbot.mouseClick(desk.sheet.view.bar.change, Qt.MouseButton.LeftButton)
    desk.field("adviser_id").hidePopup()
    desk.fill(adviser_id=desk.stage.second_id)
    assert desk.sheet.view.bar.check.isVisibleTo(desk.page)
    qtbot.mouseClick(desk.sheet.view.bar.check, Qt.MouseButton.LeftButton)
    assert "没有发现冲突，可以解答。" in words(desk)
    assert not desk.field("answer").isReadOnly()
    assert desk.field("licence_no").value() == "1330120201000002"


def test_ctrl_enter_says_what_is_missing_then_finishes_and_prints(desk: Desk, qtbot: QtBot) -> None:
    asked(desk)
    desk.sheet.verbs.check()
    qtbot.keyClick(desk.field("question"), Qt.Key.Key_Return, CONTROL)
    assert desk.field("answer").accessibleDescription() == "请写明解答意见。"
    desk.fill(answer=ANSWER)
    qtbot.keyClick(desk.field("answer"), Qt.Key.Key_L, ALT)
    cite = desk.sheet.view.side.cite
    assert cite.field.hasFocus()
    qtbot.keyClicks(cite.field, "1165")
    cite.typed.emit("民法典 1165")
    qtbot.keyClick(cite.field, Qt.Key.Key_Return)
    assert "《中华人民共和国民法典》第一千一百六十五条（2021年1月1日施行）" in words(desk)
    qtbot.keyClick(cite.field, Qt.Key.Key_Escape)
    assert not cite.isVisibleTo(desk.page)
    desk.fill(disposition="answered")
    qtbot.keyClick(desk.field("answer"), Qt.Key.Key_Return, CONTROL)
    card = desk.stage.desk.consultations.page().rows[0]
    assert card.state == "finished", desk.notices.said
    assert desk.shown[-1] == ("paper", f"consultation:{card.id}")
    assert Drafts(desk.stage.store, desk.stage.session).load_all("consultation") == ()
    assert desk.notices.problems == []


def test_limitation_and_legal_aid_stand_beside_the_form(desk: Desk) -> None:
    asked(desk, known_on=date(2026, 9, 18))
    desk.sheet.beside.look_up()
    assert "至 2029-09-18" in words(desk)
    assert "本类不在法定范围" in words(desk)
    desk.fill(known_on=date(2027, 1, 1))
    desk.sheet.beside.look_up()
    assert "起算的日期还没有到，请核对。" in words(desk)


def test_fl04_fl07_what_decides_the_way_to_aid_is_asked_beside_the_form(desk: Desk) -> None:
    """And the answers of one visitor are not those of the next."""
    asked(desk, topics=("traffic",), aid_class="traffic_injury", person_class=("elderly",))
    aid = desk.sheet.view.side.aid
    desk.sheet.beside.look_up()
    assert "经济困难情况待说明" in words(desk)
    aid.ticks["no_income"].click()
    assert "免予核查经济困难" in words(desk)
    aid.hardship.set_value("no")
    aid.ticks["urgent_measures"].click()
    assert "保全" in words(desk)
    asked(desk, topics=("traffic",), aid_class="traffic_injury")
    desk.sheet.beside.look_up()
    assert "经济困难情况待说明" in words(desk)
    assert not aid.ticks["no_income"].isVisible()
    assert aid.answers() == AidQuestion()


@pytest.mark.parametrize(("way", "label"), [("hotline", "转 12348"), ("other_station", "转其他站")])
def test_a_way_out_ends_it_without_an_answer(desk: Desk, way: str, label: str) -> None:
    asked(desk)
    desk.sheet.view.bar.sent.emit(way)
    row = desk.stage.desk.consultations.page().rows[0]
    assert (row.state_label, row.disposition_label) == ("已转出", label)


def test_another_day_is_made_and_gone_on_with(desk: Desk) -> None:
    asked(desk)
    desk.sheet.view.bar.sent.emit("appointed")
    assert "约在 11-24 09:00" in words(desk)
    assert desk.sheet.view.head.resume.isVisibleTo(desk.page)
    desk.sheet.view.head.resume.click()
    assert desk.sheet.verbs.card is not None
    assert desk.sheet.verbs.card.state == "opened"


def test_an_appointment_without_a_day_opens_the_place_for_it(desk: Desk) -> None:
    asked(desk, disposition="appointed")
    desk.sheet.view.head.finish.click()
    bar = desk.sheet.view.bar
    assert bar.appoint.isVisibleTo(desk.page)
    assert "约期要写明日期。选好时间，按“改约”。" in words(desk)
    assert bar._when.hasFocus()
    assert not desk.sheet.view.binder.fields["adviser_id"].widget.property("wrong")
    bar.appoint.click()
    assert "约在 11-24 09:00" in words(desk)
    assert "约期要写明日期。" not in words(desk)


def test_a_hit_asks_for_another_adviser_and_not_for_the_closed_answer(desk: Desk, stage: AdviceStage) -> None:
    stage.finished()
    asked(desk, name="冯某某", phone="13900000173", opponents=(OpponentForm("钱某某", phone="13900000172"),))
    desk.sheet.verbs.check()
    desk.sheet.verbs.finish()
    assert "本事项请换人解答或改约。" in words(desk)
    assert "请写明解答意见。" not in words(desk)


def test_what_stands_against_the_adviser_since_the_check_keeps_the_sheet_open(
    desk: Desk, stage: AdviceStage
) -> None:
    """FL-11: the check is asked again at 完成; the sheet says what to do and does not go to the paper."""
    asked(desk, citations=(CitationForm("civil_code", article="1165"),), disposition="answered")
    desk.sheet.verbs.check()
    desk.fill(answer="可以要求对方一起鉴定。")
    with stage.store.write_confirmed() as rows:
        rows.add(Interest(user_id=stage.lawyer_id, name="钱某某"))
    desk.sheet.verbs.finish()
    assert ("paper", f"consultation:{desk.sheet.consultation_id}") not in desk.shown
    assert desk.sheet.view.isVisible()
    assert "本事项请换人解答或改约。" in words(desk)
    assert desk.field("adviser_id").hasFocus()
    assert not desk.sheet.keeper.dirty


def test_the_chips_of_the_list_stand_side_by_side(desk: Desk, qtbot: QtBot) -> None:
    desk.page.load()
    chips = [desk.page.list.groups.button(code) for code in ("", "open", "appointed", "finished", "referred")]
    qtbot.waitUntil(lambda: len({chip.y() for chip in chips}) == 1)


def test_a_narrow_list_keeps_the_question_readable(
    stage: AdviceStage, qapp: QApplication, qtbot: QtBot
) -> None:
    # Before the page is built: what is not in view is dressed anew only when it is shown.
    style.apply(qapp, 100)
    stage.finished()
    desk = open_page(stage, qtbot)
    table, shown = desk.page.list.table, [column.title for column in desk.page.list.table.rows.columns]
    folded = [shown.index(title) for title in ("处理", "解答人", "评价")]
    desk.page.list.resize(1160, 600)
    assert not any(table.isColumnHidden(at) for at in folded)
    desk.page.list.resize(500, 600)
    assert all(table.isColumnHidden(at) for at in folded)
    assert not table.isColumnHidden(shown.index("咨询事项"))


def test_an_empty_list_says_whether_anything_was_looked_for(desk: Desk, stage: AdviceStage) -> None:
    desk.page.load()
    assert "还没有登记过咨询" in words(desk)
    desk.page.list.groups.button("finished").click()
    assert "没有符合条件的咨询" in words(desk)
    assert "还没有登记过咨询" not in words(desk)


def test_mediation_takes_people_over(desk: Desk) -> None:
    asked(desk)
    desk.sheet.view.head.mediate.click()
    row = desk.stage.desk.consultations.page().rows[0]
    assert desk.stage.desk.consultations.get(row.id).mediation_number == "TJ2026-A0001"


def test_a_draft_comes_back_with_its_cursor(desk: Desk, stage: AdviceStage, qtbot: QtBot) -> None:
    fresh(desk)
    desk.fill(name="钱某某", question="楼上漏")
    desk.sheet.view.go_to("question")
    desk.sheet.keeper.save()
    again = open_page(stage, qtbot)
    assert again.field("name").value() == "钱某某"
    assert again.field("question").value() == "楼上漏"
    assert again.sheet.view.focused() == "question"


def test_the_head_looks_and_judges(desk: Desk, stage: AdviceStage, qtbot: QtBot) -> None:
    stage.finished()
    card = stage.checked(name="冯某某", phone="", opponents=(OpponentForm("钱某某"),))
    head = open_page(stage.by("head"), qtbot)
    head.page.show_record(card.id)
    head.sheet.view.bar.look.click()
    assert "ZX2026-A0001" in head.notices.said[-1][1]
    head.sheet.view.bar.judge.click()
    assert "同名，经核对不是同一人，可以解答。" in words(head)


def test_the_list_opens_rates_and_reopens(desk: Desk, stage: AdviceStage) -> None:
    card = stage.finished()
    desk.page.load()
    assert desk.page.list.table.rows.rowCount() == 1
    desk.page.list.open(card.id)
    assert ANSWER in words(desk)
    desk.page.list.record.rating.button("satisfied").click()
    assert stage.desk.consultations.get(card.id).rating == "satisfied"
    desk.page.list.record.sheet.click()
    assert desk.shown[-1] == ("paper", f"consultation:{card.id}")
    desk.page.list.record.correct.click()
    assert desk.sheet.consultation_id == card.id
    assert desk.field("answer").value() == ANSWER


def test_fl12_a_clerk_sees_number_and_state_only(stage: AdviceStage, qtbot: QtBot) -> None:
    card = stage.finished()
    clerk = open_page(stage.by("clerk"), qtbot)
    assert clerk.page.list.table.rows.rowCount() == 0
    clerk.page.show_record(card.id)
    assert card.number in words(clerk)
    assert "咨询的内容只给解答人和站长看。" in words(clerk)
    assert ANSWER not in words(clerk)
    assert not clerk.page.list.record.sheet.isVisibleTo(clerk.page)


def test_declared_interests_are_kept_on_the_page(desk: Desk) -> None:
    desk.page.list.tools.emit("interests")
    tool = desk.page._tools.interests if desk.page._tools is not None else None
    assert tool is not None
    tool.name.setText("冯某某")
    tool.relation.setText("姐夫")
    tool.take.click()
    assert "冯某某" in words(desk)
    desk.page.list.tools.emit("interests")
    assert "还没有申报" not in words(desk)


def test_a_full_text_is_previewed_taken_in_and_undone(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "条例.txt"
    file.write_text(TEXT, encoding="utf-8")
    desk.notices.path = file
    desk.page.list.tools.emit("library")
    assert desk.page._tools is not None
    tool = desk.page._tools.library
    tool.choose.click()
    assert "《某市物业管理条例》2020-03-01 施行，共 4 条。" in words(desk)
    assert "第二条之一　业主大会" in tool.preview.toPlainText()
    tool.take.click()
    (batch,) = desk.stage.desk.library.batches()
    tool._on_undo(batch.id)
    assert "已撤销" in words(desk)


def test_a_blank_sheet_is_one_click_from_the_list(desk: Desk) -> None:
    desk.page.list.blank.click()
    shown = desk.page.window().findChildren(PaperWindow)[-1]
    assert shown.windowTitle() == "空白法律咨询登记表"
    shown.reject()


def test_every_control_has_a_name_for_screen_readers(desk: Desk) -> None:
    asked(desk)
    desk.sheet.view.who.open_more()
    desk.sheet.view.side.show_statutes(on=True)
    assert nameless(desk.page) == []


def test_one_name_on_both_sides_is_said_beside_it(desk: Desk) -> None:
    asked(desk, name="钱某某", phone="", opponents=(OpponentForm("钱某某"),))
    desk.sheet.beside.look_up()
    assert "双方同名，请用证件号码或者手机号区分。" in words(desk)
    desk.fill(opponents=(OpponentForm("冯某某"),))
    desk.sheet.beside.look_up()
    assert "双方同名" not in words(desk)


def test_a_form_goes_through_a_draft_unchanged() -> None:
    form = ConsultationForm(
        name="钱某某",
        age=63,
        opponents=(OpponentForm("冯某某", phone="1"),),
        citations=(CitationForm("civil_code", "民法典", "1165", date(2021, 1, 1)),),
        topics=("tort",),
        known_on=date(2026, 9, 18),
        disclaimer_ack=True,
    )
    assert from_pairs(to_pairs(form)) == form
    assert from_pairs({"no such field": "x"}) == ConsultationForm()
    assert to_pairs(replace(form, name="")) != to_pairs(form)


def test_over_midnight_the_days_beside_the_form_are_counted_anew(desk: Desk, fake_clock: FakeClock) -> None:
    asked(desk, known_on=date(2026, 11, 24))
    desk.sheet.beside.look_up()
    assert "起算的日期还没有到，请核对。" in words(desk)
    fake_clock.set("2026-11-24T00:00:03+08:00")
    desk.page.context.live.begin_day(date(2026, 11, 24))
    assert "起算的日期还没有到，请核对。" not in words(desk)
    assert desk.sheet.view.values().known_on == date(2026, 11, 24)
