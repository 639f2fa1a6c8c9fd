"""How 法律咨询 stands at large text: numbers whole, the ticks of the notice in view."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from desk.services.consultation.forms import OpponentForm
from desk.ui import style
from desk.ui.navigator import NEW
from desk.ui.page import PageSpec
from desk.ui.pages.consultation.page import ConsultationPage
from desk.ui.window import MainWindow
from tests.fakes import RecordingNotices
from tests.ui import stage as frame
from tests.ui.pages import consultation_stage as table
from tests.unit.services.consultation.advice_stage import AdviceStage
from tests.unit.services.consultation.test_law_texts import TEXT

stage = table.stage


@pytest.fixture(params=[100, 125, 150])
def percent(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def desk(stage: AdviceStage, qtbot: QtBot, percent: int) -> Iterator[MainWindow]:
    """The window with the page alone, as large as the screen, at a text size."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    style.load_fonts("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
    style.apply(app, percent)
    context = table.context_of(stage, RecordingNotices())
    around = {"duty": SimpleNamespace(current=lambda: ()), "backup": SimpleNamespace(last=lambda: None)}
    vars(context.services).update(around)
    spec = PageSpec("consultation", "法律咨询", "F4", "consultation", ConsultationPage)
    made = frame.shown(context, [spec], qtbot)
    made.resize(1366, 768)
    yield made
    made.close()


def page(desk: MainWindow) -> ConsultationPage:
    found = desk.page("consultation")
    assert isinstance(found, ConsultationPage)
    return found


def test_the_versions_of_a_law_and_the_words_of_one_are_whole(
    desk: MainWindow, stage: AdviceStage, tmp_path: Path, qtbot: QtBot
) -> None:
    file, library = tmp_path / "条例.txt", stage.desk.library
    file.write_text(TEXT.replace("享有权利", "享有权利、承担义务"), encoding="utf-8")
    library.take_in(library.preview(file))
    library.take_in(library.preview(file, version_on=date(2025, 12, 31)))
    page(desk).show_record(NEW)
    sheet = page(desk)._sheet
    assert sheet is not None
    sheet.view.side.show_statutes(on=True)
    cite = sheet.view.side.cite
    cite.typed.emit("某市物业管理条例 3")
    version = cite.version
    assert version.currentText() == "2025年12月31日（最新）"

    def is_whole() -> bool:
        option = QStyleOptionComboBox()
        version.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = version.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, version)
        return room.width() >= version.fontMetrics().horizontalAdvance(version.currentText())

    def lines() -> float:
        seen = cite.words.viewport().visibleRegion().boundingRect().height()
        return seen / cite.words.fontMetrics().lineSpacing()

    def found_is_whole() -> bool:
        return cite.found.verticalScrollBar().maximum() == 0

    qtbot.waitUntil(lambda: is_whole() and found_is_whole() and lines() >= 2)


@pytest.mark.parametrize("name", ["id_no", "opponent_id"])
def test_an_identity_number_is_whole(desk: MainWindow, qtbot: QtBot, name: str) -> None:
    page(desk).show_record(NEW)
    sheet = page(desk)._sheet
    assert sheet is not None
    sheet.view.who.open_more()
    field = sheet.view.binder.fields[name].widget
    needed = field.fontMetrics().horizontalAdvance("110105194912310021") + 2 * 12
    qtbot.waitUntil(lambda: field.width() >= needed)


def test_a_licence_number_is_whole(desk: MainWindow, stage: AdviceStage, qtbot: QtBot) -> None:
    page(desk).show_record(NEW)
    sheet = page(desk)._sheet
    assert sheet is not None
    sheet.view.binder.fields["adviser_id"].paint(stage.lawyer_id)
    sheet.view.binder.edited.emit("adviser_id")
    field = sheet.view.binder.fields["licence_no"].widget
    assert sheet.view.binder.fields["licence_no"].read() == "1330120201000001"
    # Those of the last years have seventeen digits.
    needed = field.fontMetrics().horizontalAdvance("13301202010000011") + 2 * 12
    qtbot.waitUntil(lambda: field.width() >= needed)
    assert sheet.view.width() <= desk.width()


def test_both_ticks_of_the_notice_are_in_view(desk: MainWindow, percent: int, qtbot: QtBot) -> None:
    page(desk).show_record(NEW)
    sheet = page(desk)._sheet
    assert sheet is not None
    notice = sheet.view.side.notice
    # Larger text needs more height than the screen has; then the step that asks for them leads there.
    if percent == 100:
        for tick in (notice.told, notice.privacy):
            qtbot.waitUntil(lambda tick=tick: tick.visibleRegion().boundingRect() == tick.rect())


def test_after_the_check_the_answer_and_the_main_action_are_in_view(
    desk: MainWindow, stage: AdviceStage, qtbot: QtBot
) -> None:
    """Whoever may answer sees where, at every text size, without scrolling for it."""
    page(desk).show_record(NEW)
    sheet = page(desk)._sheet
    assert sheet is not None
    told = {"name": "冯某某", "phone": "13900000173", "opponents": (OpponentForm("钱某某"),)}
    for name, value in (told | {"question": "楼下要我全赔？", "adviser_id": stage.lawyer_id}).items():
        sheet.view.binder.fields[name].paint(value)
        sheet.view.binder.edited.emit(name)
    sheet.verbs.check()
    answer, finish = sheet.view.binder.fields["answer"].widget, sheet.view.head.finish
    assert answer.hasFocus()
    for widget in (answer, finish):
        qtbot.waitUntil(lambda widget=widget: widget.visibleRegion().boundingRect() == widget.rect())


def test_the_tools_say_what_to_do_while_they_are_empty(desk: MainWindow) -> None:
    page(desk).list.tools.emit("joint_days")
    tools = page(desk)._tools
    assert tools is not None
    assert tools.joint._none.isVisible()
    assert not tools.joint.days.isVisible()
    tools.joint.save.click()
    assert tools.joint.days.isVisible()
    assert not tools.joint._none.isVisible()


def test_the_buttons_of_the_list_are_as_high_as_its_chips(desk: MainWindow, qtbot: QtBot) -> None:
    shown = page(desk).list
    qtbot.waitUntil(shown.blank.isVisible)
    chip = shown.groups.button("")
    assert {chip.height(), shown.blank.height()} == {style.size("control")}
    assert shown.minimumSizeHint().width() <= desk.width()


def test_no_field_of_a_joint_day_touches_the_scroll_bar(desk: MainWindow, qtbot: QtBot) -> None:
    page(desk).list.tools.emit("joint_days")
    tools = page(desk)._tools
    assert tools is not None
    area = tools.joint._inside.parentWidget()
    qtbot.waitUntil(lambda: tools.joint.form.theme.width() > 0 and area.width() > 0)
    edge = tools.joint.form.note.mapTo(area, tools.joint.form.note.rect().topRight()).x()
    assert area.width() - edge >= 8
    heights = {each.height() for each in (tools.joint.save, tools.joint.paper, tools.joint.form.seat)}
    assert heights == {style.size("control")}
