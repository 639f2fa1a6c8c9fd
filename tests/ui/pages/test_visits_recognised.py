"""Recognised: known people are offered, never taken by themselves; masked numbers have their price."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desk.ui import style
from desk.ui.context import Context
from desk.ui.window import MainWindow
from tests.ui.pages import reception_stage as station
from tests.ui.pages.hands import cases, commit, field, fill, new

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class TestRecognised:
    def test_a_match_fills_the_form(self, desk: MainWindow, context: Context, qtbot: QtBot) -> None:
        case = new(desk, qtbot)
        name = field(case, "name")
        commit(name, "陈某某")
        qtbot.waitUntil(case.view.matches.isVisible)
        assert name.hasFocus()
        qtbot.keyClick(name, Qt.Key.Key_Down)
        qtbot.keyClick(name, Qt.Key.Key_Return)
        form = case.view.values()
        assert (form.person_id, form.phone, form.first_or_repeat) == ("p1", "138****6621", "repeat")
        assert (form.address, form.grid) == ("示例路 8 号", "河东社区")
        assert (form.sex, form.age_band) == ("2", "60_up")
        commit(field(case, "grid"), "东街")
        assert case.view.side.history.isVisible()
        assert field(case, "subject").hasFocus()
        case.view.side.history._release.click()
        form = case.view.values()
        assert (form.person_id, form.phone, form.address, form.sex, form.age_band) == ("", "", "", "0", "")
        # What was typed since stays.
        assert "东街" in form.grid

    def test_the_matches_stay_under_the_field_at_another_text_size(
        self, desk: MainWindow, context: Context, qtbot: QtBot
    ) -> None:
        case = new(desk, qtbot)
        name = field(case, "name")
        commit(name, "陈某某")
        qtbot.waitUntil(case.view.matches.isVisible)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        style.apply(app, 150)
        matches = case.view.matches

        def below() -> bool:
            return matches.mapTo(desk, QPoint()).y() >= name.mapTo(desk, QPoint(0, name.height())).y()

        qtbot.waitUntil(below)
        qtbot.waitUntil(lambda: matches._list.sizeHintForRow(0) == style.size("control") - 4)

    def test_a_namesake_stays_apart(self, desk: MainWindow, context: Context, qtbot: QtBot) -> None:
        case = new(desk, qtbot)
        name = field(case, "name")
        commit(name, "陈某某")
        qtbot.waitUntil(case.view.matches.isVisible)
        qtbot.keyClick(name, Qt.Key.Key_Up)
        for _ in range(3):
            qtbot.keyClick(name, Qt.Key.Key_Down)
        qtbot.keyClick(name, Qt.Key.Key_Return)
        assert case.view.values().person_id == ""
        asked = len(context.services.people.asked)
        case._lookups._ask_matches()
        assert len(context.services.people.asked) == asked
        assert not case.view.matches.isVisible()

    def test_nothing_is_looked_up_while_composing(
        self, desk: MainWindow, context: Context, qtbot: QtBot
    ) -> None:
        case = new(desk, qtbot)
        QApplication.sendEvent(field(case, "name"), QInputMethodEvent("chen", []))
        assert not case._lookups._match_timer.isActive()
        commit(field(case, "name"), "陈")
        assert case._lookups._match_timer.isActive()

    def test_escape_puts_the_list_away_and_stays(self, desk: MainWindow, qtbot: QtBot) -> None:
        case = new(desk, qtbot)
        commit(field(case, "name"), "陈某某")
        qtbot.waitUntil(case.view.matches.isVisible)
        qtbot.keyClick(field(case, "name"), Qt.Key.Key_Escape)
        assert not case.view.matches.isVisible()
        assert desk.current().title == "来访接待"

    @pytest.mark.parametrize(
        ("reason", "stays"),
        [
            (Qt.FocusReason.ActiveWindowFocusReason, True),
            (Qt.FocusReason.PopupFocusReason, True),
            (Qt.FocusReason.TabFocusReason, False),
            (Qt.FocusReason.MouseFocusReason, False),
        ],
    )
    def test_the_list_goes_with_the_field_and_stays_when_only_the_window_is_left(
        self, desk: MainWindow, qtbot: QtBot, reason: Qt.FocusReason, stays: bool
    ) -> None:
        case = new(desk, qtbot)
        commit(field(case, "name"), "陈某某")
        qtbot.waitUntil(case.view.matches.isVisible)
        QApplication.sendEvent(field(case, "name"), QFocusEvent(QEvent.Type.FocusOut, reason))
        assert case.view.matches.isVisible() is stays

    def test_another_name_parts_from_the_person(self, desk: MainWindow, qtbot: QtBot) -> None:
        case = new(desk, qtbot)
        case._lookups._on_chosen(station.CHEN)
        fill(case, name="陈大某")
        assert case.view.values().person_id == ""

    def test_what_was_typed_before_a_person_is_chosen_stands(self, desk: MainWindow, qtbot: QtBot) -> None:
        """A new address is no reason to type it twice; what is empty is filled in."""
        case = new(desk, qtbot)
        fill(case, name="陈", address="某某路 9 号")
        case._lookups._on_chosen(station.CHEN)
        assert case.view.values().address == "某某路 9 号"
        assert case.view.values().phone == "138****6621"
        fill(case, name="陈大某")
        assert case.view.values().address == "某某路 9 号"

    def test_similar_matters_stand_beside_the_form(self, desk: MainWindow, qtbot: QtBot) -> None:
        case = new(desk, qtbot)
        commit(field(case, "subject"), "小区积水")
        qtbot.waitUntil(case.view.side.similar.isVisible)
        words = [each.text() for each in case.view.side.similar.findChildren(QLabel)]
        assert "清淤主管，9 天办成" in words

    def test_a_number_is_shown_in_clear_only_with_a_reason_sec05(
        self, desk: MainWindow, context: Context, qtbot: QtBot
    ) -> None:
        visit = context.services.visits.open(station.FULL).value
        desk.show_page("visits", visit.id)
        qtbot.waitUntil(lambda: bool(cases(desk)))
        case = cases(desk)[0]
        assert case.view.values().phone == "138****6621"
        case.view.who._phone.button.click()
        assert case.view.who._phone.line.text() == "13800006621"
        assert context.services.visits.said[-1] == ("reveal", visit.id, "phone", "回访核对")
        # Whoever comes back after the lock asks anew.
        desk.covers.lock()
        desk.covers.uncover()
        assert case.view.values().phone == "138****6621"

    def test_a_number_being_changed_stays_as_typed_under_the_lock(
        self, desk: MainWindow, context: Context, qtbot: QtBot
    ) -> None:
        visit = context.services.visits.open(station.FULL).value
        desk.show_page("visits", visit.id)
        qtbot.waitUntil(lambda: bool(cases(desk)))
        case = cases(desk)[0]
        case.view.who._phone.button.click()
        fill(case, phone="13800006622")
        desk.covers.lock()
        desk.covers.uncover()
        assert case.view.values().phone == "13800006622"

    def test_before_the_number_it_is_said_when_a_phone_can_be_seen(
        self, desk: MainWindow, context: Context, qtbot: QtBot
    ) -> None:
        case = new(desk, qtbot)
        case._lookups._on_chosen(station.CHEN)
        case.view.who._phone.button.click()
        assert context.notices.said[-1][1].startswith("先给号")
        assert case.view.values().phone == "138****6621"
