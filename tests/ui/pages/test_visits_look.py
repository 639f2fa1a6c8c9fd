"""How the form stands: names for screen readers, and nothing cut at 1366×768."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desk.rules.labels import OUTCOME
from desk.services.visit_values import PastVisit, PersonCard, VisitForm
from desk.ui import style
from desk.ui.context import Context
from desk.ui.pages.visits.case import Case
from desk.ui.pages.visits.case_view import CaseView
from desk.ui.pages.visits.receivers import Deputies
from desk.ui.pages.visits.side import HistoryCard
from desk.ui.window import MainWindow
from tests.ui.pages.hands import fill, new, open_window

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def inputs(case: Case) -> list[QWidget]:
    kinds = (QLineEdit, QPlainTextEdit, QAbstractButton)
    return [each for kind in kinds for each in case.view.findChildren(kind)]


def test_every_control_has_a_name_for_screen_readers(desk: MainWindow, qtbot: QtBot) -> None:
    case = new(desk, qtbot)
    for each in inputs(case):
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and not each.objectName().startswith("qt_"):
            text = each.text() if isinstance(each, QAbstractButton) else ""
            assert each.accessibleName() or text, each
    assert all(box.currentText() for box in case.view.findChildren(QComboBox))


# With a frame around it the window is a little smaller than the screen.
@pytest.mark.parametrize("size", [(1366, 768), (1364, 743)])
@pytest.mark.parametrize("percent", [100, 125, 150])
def test_main_action_and_six_ones_stay_in_view(
    context: Context, qtbot: QtBot, percent: int, size: tuple[int, int]
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    style.load_fonts("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
    style.apply(app, percent)
    window = open_window(context, qtbot)
    window.resize(*size)
    case = new(window, qtbot)
    fill(case, name="郑某", subject="路面塌陷", outcome="proposed")
    case.view.flags._safety["confidential"].click()
    app.processEvents()
    assert (window.width(), window.height()) == size
    for each in (case.view.head.finish, *case.view.rail._steps, case.view.head.wait):
        corner = each.mapTo(window, each.rect().bottomRight())
        assert corner.x() < size[0], each
        assert corner.y() < size[1], each
        assert each.width() >= each.minimumSizeHint().width()
    assert case.view._folded is (percent > 125)
    assert case.view._inside.minimumSizeHint().width() <= case.view._area.viewport().width()
    if not case.view._folded:
        consent = case.view.side.consent
        edge = consent.mapTo(case.view._side_area.viewport(), consent.rect().bottomRight())
        assert edge.x() < case.view._side_area.viewport().width()
        assert edge.y() < case.view._side_area.viewport().height()
        assert consent.width() >= consent.minimumSizeHint().width()
    window.close()


# A notice of the station's own has a day as its version; a county's words of consent may be long.
@pytest.mark.parametrize(
    ("words", "folded"),
    [("同意承办单位联系我", False), ("同意承办单位和有关部门工作人员为办理此事联系我", True)],
)
@pytest.mark.parametrize("size", [(1366, 768), (1364, 743)])
def test_the_form_is_whole_beside_any_words_of_the_notice(
    context: Context, qtbot: QtBot, size: tuple[int, int], words: str, folded: bool
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    style.load_fonts("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
    style.apply(app, 125)
    window = open_window(context, qtbot)
    window.resize(*size)
    view = new(window, qtbot).view
    frame = replace(
        context.services.visits.frame(), notice_version="2026 年 11 月 26 日版", contact_words=words
    )
    view.set_frame(frame, Deputies())
    qtbot.waitUntil(lambda: view._inside.minimumSizeHint().width() <= view._area.viewport().width())
    assert view._folded is folded
    consent = view.side.consent
    for each in (consent._told, consent._contact, consent._version):
        assert each.width() >= each.minimumSizeHint().width()


def test_where_the_room_is_short_the_keys_stand_in_the_tool_tips(desk: MainWindow, qtbot: QtBot) -> None:
    head = new(desk, qtbot).view.head
    wide = head.finish.sizeHint().width()
    head.set_narrow(narrow=True)
    assert head.finish.sizeHint().width() < wide
    assert head.finish.toolTip() == "Ctrl Enter"
    head.set_narrow(narrow=False)
    assert (head.finish.sizeHint().width(), head.finish.toolTip()) == (wide, "")


def test_earlier_visits_fit_a_narrow_column(qtbot: QtBot) -> None:
    day = date(2026, 8, 2)
    card = HistoryCard("不是同一个人")
    qtbot.addWidget(card)
    past = PastVisit("v1", day, "示例路八号门前垃圾清运不及时", "满意"), PastVisit("v2", day, "路灯不亮", "")
    card.show_card(PersonCard("p1", 2, past))
    buttons = [each for each in card.findChildren(QAbstractButton) if each.toolTip()]
    assert [each.text() for each in buttons] == ["示例路八号门前垃圾…", "路灯不亮"]
    assert buttons[0].toolTip() == "示例路八号门前垃圾清运不及时"
    assert card.minimumSizeHint().width() <= 208
    with qtbot.waitSignal(card.opened) as opened:
        buttons[1].click()
    assert opened.args == ["v2"]


def test_codes_of_chips_are_those_of_the_labels(desk: MainWindow, qtbot: QtBot) -> None:
    case = new(desk, qtbot)
    fill(case, outcome="triage")
    assert case.view.outcome.chips.value() in OUTCOME
    assert "去向告知截至 11-26（3 个工作日）" in case.view.outcome._path.text()


def test_no_step_of_a_form_makes_many_widgets(qtbot: QtBot) -> None:
    """Beside other work each widget costs the Qt thread some 0.3 ms, in which no key gets through."""
    view = CaseView()
    qtbot.addWidget(view)
    made = [len(QApplication.allWidgets()), *(len(QApplication.allWidgets()) for _step in view.build())]
    assert max(after - before for before, after in pairwise(made)) <= 30
    assert view.values() == VisitForm()


def test_a_proposal_is_written_without_scrolling(context: Context, qtbot: QtBot, qapp: QApplication) -> None:
    """The usual end of a reception: everything from the name to the date of telling is in view."""
    style.load_fonts("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
    style.apply(qapp, 100)
    window = open_window(context, qtbot)
    window.resize(1366, 768)
    case = new(window, qtbot)
    view = case.view
    fill(case, outcome="proposed")
    qtbot.waitUntil(view.outcome._path.isVisible)
    qapp.processEvents()
    assert view._area.verticalScrollBar().maximum() == 0
    name = view.binder.fields["name"].widget
    head = view.head._line.itemAt(0).widget()
    assert name.mapTo(window, name.rect().topLeft()).x() == head.mapTo(window, head.rect().topLeft()).x()
    assert len({each.height() for each in view.head.buttons if each.isVisible()}) == 1
    window.close()
