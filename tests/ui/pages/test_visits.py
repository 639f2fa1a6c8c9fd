"""Reception: number first, words later, several at once, nothing typed lost, finish, rating."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desk.errors import ClockProblem, InputProblem
from desk.services.outcome import Done
from desk.services.visit_values import Visit, VisitForm
from desk.ui.context import Context
from desk.ui.pages.visits.case import Case
from desk.ui.pages.visits.case_verbs import lights_of
from desk.ui.pages.visits.form_pairs import from_pairs, to_pairs
from desk.ui.window import MainWindow
from tests.fakes import FakeClock, RecordingNotices
from tests.ui.pages import reception_stage as station
from tests.ui.pages.hands import cases, commit, field, fill, full, new, open_window

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class TestNumberFirst:
    def test_a_name_and_a_line_and_enter_give_a_number(
        self, desk: MainWindow, context: Context, qtbot: QtBot
    ) -> None:
        case = new(desk, qtbot)
        assert field(case, "name").hasFocus()
        commit(field(case, "name"), "郑某")
        commit(field(case, "subject"), "路面塌陷")
        assert case.view.head.wait.isVisible()
        qtbot.keyClick(field(case, "subject"), Qt.Key.Key_Return)
        assert case.verbs.visit is not None
        assert case.verbs.visit.number == "LF2026-A0312"
        assert "LF2026-A0312" in case.view.head._number.text()
        assert field(case, "statement").hasFocus()
        assert case.words() == "郑某 · 待补记"
        assert context.services.visits.entries["v312"].form.receiver_ids == ("d1", "d2")
        asked = []
        context.navigator.wanted.connect(lambda page, record: asked.append((page, record)))
        qtbot.keyClick(case.view, Qt.Key.Key_P, CONTROL)
        assert asked == [("paper", "receipt:v312")]

    def test_enter_without_a_line_goes_to_the_next_field(self, desk: MainWindow, qtbot: QtBot) -> None:
        case = new(desk, qtbot)
        qtbot.keyClick(field(case, "name"), Qt.Key.Key_Return)
        assert case.verbs.visit is None
        assert not field(case, "name").hasFocus()

    def test_an_unwilling_visitor_needs_no_name(self, desk: MainWindow, qtbot: QtBot) -> None:
        case = new(desk, qtbot)
        fill(case, anonymous=True, subject="路灯不亮")
        assert not field(case, "name").isEnabled()
        case.view.head.open.click()
        assert case.words() == "不愿透露 · 待补记"

    def test_what_is_missing_is_said_beside_the_field(self, desk: MainWindow, qtbot: QtBot) -> None:
        case = new(desk, qtbot)
        case.view.head.open.click()
        assert field(case, "name").accessibleDescription() == "请填写姓名，或者选“不愿透露”。"
        assert field(case, "name").hasFocus()
        commit(field(case, "name"), "郑")
        assert field(case, "name").accessibleDescription() == ""

    def test_waiting_then_received(self, desk: MainWindow, context: Context, qtbot: QtBot) -> None:
        case = new(desk, qtbot)
        fill(case, name="郑某", subject="路面塌陷")
        case.view.head.wait.click()
        assert case.words() == "郑某 · 等候"
        assert not case.view.head.finish.isVisible()
        qtbot.keyClick(case.view, Qt.Key.Key_Return, CONTROL)
        assert context.services.visits.entries["v312"].state == "received"
        assert case.view.head.finish.isVisible()

    def test_who_waits_may_go_again(self, desk: MainWindow, context: Context, qtbot: QtBot) -> None:
        case = new(desk, qtbot)
        fill(case, name="郑某", subject="路面塌陷")
        case.view.head.wait.click()
        assert not case.view.head.receipt.isVisible()
        case.view.head.drop.click()
        assert context.services.visits.said[-1] == ("void", "v312", "回访核对")
        assert cases(desk) == []

    def test_a_doubtful_clock_is_confirmed_before_a_number(
        self, desk: MainWindow, context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        visits, real = context.services.visits, context.services.visits.open
        asked: list[str] = []

        def doubtful(form: VisitForm) -> Done[Visit]:
            if not asked:
                raise ClockProblem("电脑时间早于上次使用的时间")
            return Done(real(form).value)

        monkeypatch.setattr(visits, "open", doubtful)
        context.services.numbers = station.SimpleNamespace(confirm_clock=lambda: asked.append("confirmed"))
        case = new(desk, qtbot)
        fill(case, name="郑某", subject="路面塌陷")
        case.view.head.open.click()
        assert asked == ["confirmed"]
        assert case.verbs.visit is not None

    def test_backfill_keeps_the_true_time_and_the_pad(
        self, desk: MainWindow, context: Context, qtbot: QtBot, fake_clock: FakeClock
    ) -> None:
        desk.show_page("visits", "backfill")
        qtbot.waitUntil(lambda: bool(cases(desk)))
        case = cases(desk)[-1]
        assert case.view.who.backfill.isVisible()
        true_time = fake_clock.moment.replace(hour=8, minute=15)
        fill(case, name="郑某", subject="路面塌陷", received_at=true_time, pad_no="LF2026-A0300")
        case.view.head.open.click()
        form = context.services.visits.entries["v312"].form
        assert (form.backfilled, form.received_at, form.pad_no) == (True, true_time, "LF2026-A0300")


def states_of(case: Case) -> dict[str, str]:
    return {light.key: light.state for light in lights_of(case.verbs.visit, case.verbs.ticked)}


class TestSixOnes:
    def test_smile_and_tea_are_one_key_comfort_another(self, desk: MainWindow, qtbot: QtBot) -> None:
        case = new(desk, qtbot)
        qtbot.keyClick(case.view, Qt.Key.Key_1, ALT)
        states = states_of(case)
        assert (states["smile"], states["tea"], states["comfort"]) == ("done", "done", "todo")
        assert (
            next(
                light.hint
                for light in lights_of(case.verbs.visit, case.verbs.ticked)
                if light.key == "comfort"
            )
            == "Alt 4"
        )
        fill(case, name="郑某", subject="路面塌陷")
        case.view.head.open.click()
        qtbot.keyClick(case.view, Qt.Key.Key_4, ALT)
        states = states_of(case)
        assert (states["smile"], states["comfort"]) == ("done", "done")
        qtbot.keyClick(case.view, Qt.Key.Key_4, ALT)
        assert states_of(case)["comfort"] == "todo"

    def test_a_tick_before_the_number_can_be_taken_back(self, desk: MainWindow, qtbot: QtBot) -> None:
        case = new(desk, qtbot)
        case.verbs.tick("comfort")
        case.verbs.tick("comfort")
        assert case.verbs.ticked == {}

    def test_the_others_light_only_from_evidence(
        self, desk: MainWindow, context: Context, qtbot: QtBot
    ) -> None:
        case = new(desk, qtbot)
        case.view.rail.pressed.emit("satisfied")
        assert isinstance(context.notices, RecordingNotices)
        assert "自动亮" in context.notices.said[-1][1]


class TestFinish:
    def test_gaps_are_named_and_the_first_gets_the_focus(self, desk: MainWindow, qtbot: QtBot) -> None:
        case = new(desk, qtbot)
        fill(case, name="郑某", subject="路面塌陷")
        qtbot.keyClick(case.view, Qt.Key.Key_Return, CONTROL)
        assert case.verbs.visit is not None
        assert field(case, "category").hasFocus()
        assert field(case, "statement").accessibleDescription() == "请记下来访人反映的问题（原话）。"
        assert case.view.side.consent._problem.isVisible()

    def test_finish_asks_the_visitor_and_closes_the_tab(
        self, desk: MainWindow, context: Context, qtbot: QtBot
    ) -> None:
        case = new(desk, qtbot)
        fill(case, name="郑某", subject="路面塌陷", **full())
        qtbot.keyClick(case.view, Qt.Key.Key_Return, CONTROL)
        assert case.rating.window is not None
        qtbot.keyClick(case.rating.window, Qt.Key.Key_2)
        assert context.services.visits.said[-1] == ("rate", "v312", "basic", "")
        assert cases(desk) == []
        assert desk.current().title == "今日"
        assert context.services.drafts.kept == {}

    @pytest.mark.parametrize("reason", ["", "等了半小时"])
    def test_who_is_not_satisfied_may_say_why(
        self, desk: MainWindow, context: Context, qtbot: QtBot, reason: str
    ) -> None:
        case = new(desk, qtbot)
        fill(case, name="郑某", subject="路面塌陷", **full())
        case.view.head.finish.click()
        window = case.rating.window
        assert window is not None
        qtbot.keyClick(window, Qt.Key.Key_3)
        assert window.isVisible()
        window.reason.setText(reason)
        qtbot.keyClick(window.reason, Qt.Key.Key_Return if reason else Qt.Key.Key_Escape)
        assert context.services.visits.said[-1] == ("rate", "v312", "unsatisfied", reason)

    @pytest.mark.parametrize(("key", "value"), [(Qt.Key.Key_0, "declined"), (Qt.Key.Key_Return, "satisfied")])
    def test_the_visitor_may_decline(
        self, desk: MainWindow, context: Context, qtbot: QtBot, key: Qt.Key, value: str
    ) -> None:
        case = new(desk, qtbot)
        fill(case, name="郑某", subject="路面塌陷", **full())
        case.view.head.finish.click()
        assert case.rating.window is not None
        case.rating.window.choices["satisfied"].setFocus()
        qtbot.keyClick(case.rating.window, key)
        assert context.services.visits.entries["v312"].rating == value

    def test_no_answer_leaves_it_unrated(self, desk: MainWindow, context: Context, qtbot: QtBot) -> None:
        first = new(desk, qtbot)
        case = new(desk, qtbot)
        fill(case, name="郑某", subject="路面塌陷", **full())
        case.view.head.finish.click()
        assert case.rating.window is not None
        qtbot.keyClick(case.rating.window, Qt.Key.Key_Escape)
        assert context.services.visits.entries["v312"].rating == ""
        assert cases(desk) == [first]

    def test_a_refusal_is_said_and_nothing_is_lost(
        self, desk: MainWindow, context: Context, qtbot: QtBot
    ) -> None:
        case = new(desk, qtbot)
        fill(case, name="郑某", subject="路面塌陷", **full())
        case.view.head.open.click()
        context.services.visits.problem = InputProblem("来访时间还没有到", field="answer_text")
        case.view.head.finish.click()
        assert isinstance(context.notices, RecordingNotices)
        assert context.notices.problems == []
        assert field(case, "answer_text").accessibleDescription() == "来访时间还没有到"
        assert field(case, "answer_text").hasFocus()
        assert not case.verbs.busy


class TestNothingIsLost:
    def test_a_draft_is_saved_within_a_second_and_comes_back_with_its_cursor(
        self, context: Context, qtbot: QtBot
    ) -> None:
        before = open_window(context, qtbot)
        case = new(before, qtbot)
        case.verbs.tick("smile")
        commit(field(case, "name"), "郑某")
        field(case, "statement").setFocus()
        commit(field(case, "statement"), "写到一半")
        # What is left of the timer, for how long it takes to come says how busy the machine is.
        assert case.keeper._timer.remainingTime() < 1000
        qtbot.waitUntil(lambda: bool(context.services.drafts.kept))
        after = open_window(context, qtbot)
        after.show_page("visits")
        qtbot.waitUntil(lambda: len(cases(after)) == 1)
        back = cases(after)[0]
        assert (back.view.values().name, back.view.values().statement) == ("郑某", "写到一半")
        assert field(back, "statement").hasFocus()
        assert set(back.verbs.ticked) == {"smile_tea"}
        for window in (before, after):
            window.close()

    def test_a_draft_of_a_numbered_visit_goes_before_its_record(self, context: Context, qtbot: QtBot) -> None:
        before = open_window(context, qtbot)
        case = new(before, qtbot)
        fill(case, name="郑某", subject="路面塌陷")
        case.view.head.open.click()
        fill(case, statement="后补的话")
        case.keeper.save()
        after = open_window(context, qtbot)
        after.show_page("visits")
        qtbot.waitUntil(lambda: len(cases(after)) == 1)
        assert cases(after)[0].visit_id == "v312"
        assert cases(after)[0].view.values().statement == "后补的话"
        for window in (before, after):
            window.close()

    def test_every_field_survives_as_pairs(self) -> None:
        form = VisitForm(
            name="𬱖某",
            companions=("甲", "乙"),
            headcount=3,
            litigation=True,
            received_at=FakeClock().moment,
            receiver_ids=("d1",),
        )
        assert from_pairs(to_pairs(form)) == form
        assert from_pairs((("name", "王"), ("new_field", "x"), ("headcount", "x"))) == VisitForm(name="王")

    def test_tabs_keep_their_words_and_shift_f2_goes_round(
        self, desk: MainWindow, context: Context, qtbot: QtBot
    ) -> None:
        first = new(desk, qtbot)
        fill(first, name="郑某", subject="路面塌陷")
        first.view.head.open.click()
        fill(first, request="尽快修")
        second = new(desk, qtbot)
        fill(second, name="孙某")
        qtbot.keyClick(desk, Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
        assert first.view.isVisible()
        assert first.view.values().request == "尽快修"
        qtbot.keyClick(desk, Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
        # What was typed has gone into the record as its tab was left.
        assert ("save", "v312") in context.services.visits.said
        assert second.view.values().name == "孙某"

    def test_an_empty_form_is_closed_without_a_question(
        self, desk: MainWindow, context: Context, qtbot: QtBot
    ) -> None:
        case = new(desk, qtbot)
        case.view.head.drop.click()
        assert cases(desk) == []
        case = new(desk, qtbot)
        fill(case, name="郑某")
        case.view.head.drop.click()
        assert isinstance(context.notices, RecordingNotices)
        assert context.notices.said[-1][0] == "ask"

    def test_the_lock_keeps_half_typed_words_sec02(self, desk: MainWindow, qtbot: QtBot) -> None:
        case = new(desk, qtbot)
        commit(field(case, "statement"), "写到一半")
        qtbot.keyClick(desk, Qt.Key.Key_L, CONTROL)
        assert not case.view.isVisible()
        desk.covers.uncover()
        assert case.view.values().statement == "写到一半"
