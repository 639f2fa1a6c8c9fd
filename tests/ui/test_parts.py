"""The reusable parts: fields that take Chinese, tables that fetch on demand, choices, pills, tabs."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desk.ui import style
from desk.ui.parts.boxes import column, label, row, rule, swap, tell
from desk.ui.parts.card import Card
from desk.ui.parts.chips import Chips
from desk.ui.parts.columns import Columns, scrolled, stack
from desk.ui.parts.combo import Combo
from desk.ui.parts.empty import EmptyState
from desk.ui.parts.fields import LineField, LongField, shorten
from desk.ui.parts.flow import FlowLayout
from desk.ui.parts.form_row import FormRow
from desk.ui.parts.key_hint import KeyButton, KeyHint
from desk.ui.parts.pill import TONES, Pill
from desk.ui.parts.six_ones import SixDots, SixRail
from desk.ui.parts.tabs import TabStrip
from desk.ui.parts.veil import BusyVeil

RARE = "𬱖"


def compose(field: QWidget, preedit: str, commit: str = "") -> None:
    """Let an input method compose `preedit` in the field, or put `commit` in."""
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(field, event)


ELIDE = Qt.TextElideMode.ElideRight


@dataclass(frozen=True)
class Lamp:
    key: str
    label: str
    state: str
    hint: str


LIGHTS = tuple(
    Lamp(key, words, state, "10:30")
    for key, words, state in (
        ("smile", "一张笑脸", "done"),
        ("tea", "一杯热茶", "done"),
        ("record", "一份记录", "now"),
        ("comfort", "一句安慰", "todo"),
        ("feedback", "一个反馈", "waiting"),
        ("satisfied", "一个满意", "waiting"),
    )
)


class TestLineField:
    def test_what_was_typed_is_read_from_its_beginning_once_it_is_left(self, qtbot: QtBot) -> None:
        field = LineField("住址")
        qtbot.addWidget(field)
        field.setText("河东社区二弄六号，小卖部往里走第三家")
        field.setCursorPosition(9)
        QApplication.sendEvent(field, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.OtherFocusReason))
        assert field.cursorPosition() == 9, "under the lock"
        QApplication.sendEvent(field, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))
        assert field.cursorPosition() == 0

    def test_length_counts_characters_not_utf16_units_nm06(self, qtbot: QtBot) -> None:
        field = LineField("姓名", limit=3)
        qtbot.addWidget(field)
        compose(field, "", RARE * 5)
        assert field.value() == RARE * 3
        assert shorten("王" + RARE * 4, 3) == "王" + RARE * 2

    def test_composing_is_told_and_not_yet_text(self, qtbot: QtBot) -> None:
        field = LineField("姓名")
        qtbot.addWidget(field)
        told: list[bool] = []
        field.composed.connect(told.append)
        compose(field, "wang")
        assert (field.composing, field.value(), told) == (True, "", [True])
        compose(field, "", "王")
        assert (field.composing, field.value(), told) == (False, "王", [True, False])

    def test_full_width_digits_become_plain_when_the_field_is_left(self, qtbot: QtBot) -> None:
        field = LineField("电话", digits=True)
        qtbot.addWidget(field)
        compose(field, "", "１３８")
        assert (field.text(), field.value()) == ("１３８", "138")
        QApplication.sendEvent(field, QFocusEvent(QEvent.Type.FocusOut))
        assert field.text() == "138"

    def test_a_wrong_field_is_marked(self, qtbot: QtBot) -> None:
        field = LineField("电话")
        qtbot.addWidget(field)
        field.set_wrong(True)
        assert field.property("wrong") is True
        field.set_wrong(False)
        assert field.property("wrong") is False


class TestLongField:
    @pytest.mark.parametrize("percent", style.PERCENTS)
    @pytest.mark.parametrize("lines", [2, 3, 6])
    def test_its_lines_fit_without_a_scroll_bar(
        self, qtbot: QtBot, qapp: QApplication, percent: int, lines: int
    ) -> None:
        style.load_fonts("NotoSansSC-Regular.ttf")
        style.apply(qapp, percent)
        field = LongField("反映问题", lines=lines)
        qtbot.addWidget(field)
        field.resize(400, field.minimumHeight())
        field.show()
        field.setPlainText("\n".join(["路灯不亮"] * lines))
        qapp.processEvents()
        assert field.verticalScrollBar().maximum() == 0
        field.appendPlainText("又一行")
        qapp.processEvents()
        assert field.verticalScrollBar().maximum() > 0

    def test_length_counts_characters(self, qtbot: QtBot) -> None:
        field = LongField("反映问题", limit=4)
        qtbot.addWidget(field)
        compose(field, "", RARE * 6)
        assert field.value() == RARE * 4

    def test_tab_leaves_the_field(self, qtbot: QtBot) -> None:
        assert LongField("反映问题").tabChangesFocus()

    def test_control_enter_is_left_to_the_page(self, qtbot: QtBot) -> None:
        field = LongField("反映问题")
        qtbot.addWidget(field)
        field.set_text("一句话")
        qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert field.toPlainText() == "一句话"


class TestCombo:
    def test_words_that_are_too_long_end_in_dots(self, qtbot: QtBot) -> None:
        long, short = Combo([("a", "被申请人示例市东风路公司")]), Combo([("a", "")])
        for combo in (long, short):
            qtbot.addWidget(combo)
            combo.resize(110, 36)
        room = 110 - 36
        short.setItemText(0, long.fontMetrics().elidedText("被申请人示例市东风路公司", ELIDE, room))
        assert short.currentText().endswith("…")
        assert long.grab().toImage() == short.grab().toImage()


class TestBoxes:
    def test_a_label_takes_no_room_for_nothing(self, qtbot: QtBot) -> None:
        line = label("", "problem")
        qtbot.addWidget(line)
        tell(line, "请填写姓名。")
        assert (line.isHidden(), line.text()) == (False, "请填写姓名。")
        tell(line, "")
        assert line.isHidden()

    def test_one_widget_takes_the_place_of_another(self, qtbot: QtBot) -> None:
        around, old, fresh = QWidget(), QPushButton("旧"), QPushButton("新")
        qtbot.addWidget(around)
        box = column(label("上"), old, label("下"))
        around.setLayout(box)
        assert swap(box, old, fresh) is fresh
        assert box.itemAt(1).widget() is fresh
        assert old.isHidden()


class TestFormRow:
    def test_the_check_speaks_while_typing_but_not_about_an_empty_field(self, qtbot: QtBot) -> None:
        field = LineField("电话")
        form_row = FormRow(
            "电话", field, needed=True, check=lambda text: "" if len(text) == 3 else "应为三位"
        )
        qtbot.addWidget(form_row)
        field.setText("12")
        assert field.property("wrong") is True
        assert field.accessibleDescription() == "应为三位"
        field.setText("")
        assert field.property("wrong") is False
        assert form_row.problem() == "应为三位"
        field.setText("123")
        assert form_row.problem() == ""

    def test_the_field_has_the_labels_name(self, qtbot: QtBot) -> None:
        field = QLineEdit()
        form_row = FormRow("电话", field, hint="用于反馈")
        qtbot.addWidget(form_row)
        assert field.accessibleName() == "电话"

    def test_what_was_too_long_is_said_until_there_is_less(self, qtbot: QtBot) -> None:
        for field in (LineField("姓名", limit=4), LongField("反映问题", limit=4)):
            form_row = FormRow("姓名", field)
            qtbot.addWidget(form_row)
            form_row.show()
            QGuiApplication.clipboard().setText("一二三四五")
            field.paste()
            assert field.value() == "一二三四"
            assert form_row._line.text() == "最多 4 个字，后面的没有收进来。"
            form_row.set_problem("")
            assert form_row._line.isVisible(), "a form that is looked through does not take it away"
            if isinstance(field, LineField):
                field.setText("一二")
            else:
                field.set_text("一二")
            assert not form_row._line.isVisible()
        QGuiApplication.clipboard().clear()


class TestChoices:
    def test_chips_hold_one_choice(self, qtbot: QtBot) -> None:
        chips = Chips("处理方式", [("answered", "当场答复"), ("proposed", "拟交办")])
        qtbot.addWidget(chips)
        assert chips.value() == ""
        with qtbot.waitSignal(chips.chosen) as told:
            qtbot.mouseClick(chips.button("proposed"), Qt.MouseButton.LeftButton)
        assert told.args == ["proposed"]
        with qtbot.waitSignal(chips.chosen):
            chips.button("answered").toggle()  # as a screen reader does
        assert chips.value() == "answered"
        chips.button("answered").click()
        assert chips.value() == "answered"
        assert chips.button("answered").accessibleName() == "处理方式 当场答复"

    def test_combo_keeps_its_code_when_the_list_changes(self, qtbot: QtBot) -> None:
        combo = Combo([("a", "甲"), ("b", "乙")])
        qtbot.addWidget(combo)
        combo.set_value("b")
        combo.set_choices([("b", "乙二"), ("c", "丙")])
        assert (combo.value(), combo.currentText()) == ("b", "乙二")
        assert not combo.isEditable()
        assert Combo().value() == ""

    def test_chips_wrap(self, qtbot: QtBot) -> None:
        chips = Chips("处理方式", [(str(n), "当场答复") for n in range(6)])
        qtbot.addWidget(chips)
        flow = chips.layout()
        assert isinstance(flow, FlowLayout)
        assert flow.heightForWidth(200) > flow.heightForWidth(2000)
        assert flow.itemAt(99) is None

    def test_what_flows_stands_in_the_middle_of_its_line(self, qtbot: QtBot) -> None:
        holder = QWidget()
        qtbot.addWidget(holder)
        flow = FlowLayout(holder, gap=6)
        low, high, next_line = QWidget(), QWidget(), QWidget()
        for each, size in ((low, (40, 10)), (high, (50, 30)), (next_line, (60, 12))):
            each.setFixedSize(*size)
            flow.addWidget(each)
        flow.setGeometry(QRect(0, 0, 100, 100))
        assert (low.y(), high.y(), next_line.y()) == (10, 0, 36)
        assert (high.x(), next_line.x()) == (46, 0)
        assert flow.heightForWidth(100) == 48
        assert FlowLayout().heightForWidth(100) == 0

    def test_what_flows_keeps_its_margins(self, qtbot: QtBot) -> None:
        holder = QWidget()
        qtbot.addWidget(holder)
        flow = FlowLayout(holder, gap=6)
        flow.setContentsMargins(12, 8, 12, 8)
        word = QWidget()
        word.setFixedSize(60, 20)
        flow.addWidget(word)
        assert flow.heightForWidth(200) == 36
        assert flow.minimumSize().width() == 84
        flow.setGeometry(QRect(0, 0, 200, 36))
        assert (word.x(), word.y()) == (12, 8)


class TestSmallParts:
    def test_a_state_is_always_said_in_words(self, qtbot: QtBot) -> None:
        dots, steps = SixDots(LIGHTS), SixRail()
        qtbot.addWidget(dots)
        qtbot.addWidget(steps)
        assert "一张笑脸 已完成" in dots.accessibleName()
        steps.show_lights(LIGHTS)
        pressed: list[str] = []
        steps.pressed.connect(pressed.append)
        step = steps.layout().itemAt(3).widget()
        qtbot.keyClick(step, Qt.Key.Key_Space)
        qtbot.mouseClick(step, Qt.MouseButton.LeftButton)
        assert pressed == ["comfort", "comfort"]
        steps.resize(170, 400)
        steps.grab()
        dots.grab()

    @pytest.mark.parametrize("tone", TONES)
    def test_pill(self, qtbot: QtBot, tone: str) -> None:
        pill = Pill("满意")
        qtbot.addWidget(pill)
        pill.say("黄 逾期 2 天", tone)
        assert pill.property("tone") == tone
        assert not pill.accessibleName()  # a name would hide the text from screen readers

    def test_a_button_is_named_without_its_key(self, qtbot: QtBot) -> None:
        button = KeyButton("新来访", "F2", kind="main")
        plain = KeyButton("新来访", kind="main")
        qtbot.addWidget(button)
        qtbot.addWidget(plain)
        assert button.accessibleName() == "新来访"
        assert button.sizeHint().width() > plain.sizeHint().width()
        button.grab()
        qtbot.addWidget(KeyHint("F2"))

    def test_empty_state_offers_its_action(self, qtbot: QtBot) -> None:
        empty = EmptyState("还没有人来", "按 F2 开始接待", "新来访", "F2")
        qtbot.addWidget(empty)
        assert empty.button is not None
        assert EmptyState("没有").button is None

    def test_tabs_never_stay_on_the_invitation(self, qtbot: QtBot) -> None:
        tabs = TabStrip("来访", "＋ 新来访 F2")
        qtbot.addWidget(tabs)
        tabs.set_tabs([("a", "陈某某"), ("b", "赵某")], "b")
        assert tabs.current() == "b"
        tabs.next()
        assert tabs.current() == "a"
        with qtbot.waitSignal(tabs.invited):
            tabs.setCurrentIndex(2)
        assert tabs.current() == "a"
        tabs.set_words("a", "陈某某 · 积水")
        assert tabs.tabText(0) == "陈某某 · 积水"

    def test_the_side_folds_under_where_room_is_short(self, qtbot: QtBot) -> None:
        columns = Columns(Card("左", "2 批"), stack(Card("右")), fold_below=900)
        qtbot.addWidget(columns)
        columns.resize(1200, 600)
        columns.show()
        assert not columns.folded
        columns.resize(800, 600)
        assert columns.folded
        card = Card()
        qtbot.addWidget(card)
        card.set_title("题")
        card.set_aside("旁")
        card.add(label("内", "soft"))
        card.add(row(rule(), None))
        card.add(column(label("一")))
        qtbot.addWidget(scrolled(QWidget()))

    def test_the_veil_covers_and_gives_the_focus_back(self, qtbot: QtBot) -> None:
        under = QWidget()
        qtbot.addWidget(under)
        field = QLineEdit(under)
        under.resize(500, 300)
        under.show()
        field.setFocus()
        veil = BusyVeil(under)
        veil.cover("正在导入…", can_cancel=True)
        veil.progress(3, 10)
        under.resize(600, 300)
        assert veil.width() == 600
        with qtbot.waitSignal(veil.cancelled):
            qtbot.mouseClick(veil.findChild(QPushButton), Qt.MouseButton.LeftButton)
        with qtbot.waitSignal(veil.cancelled):
            qtbot.keyClick(veil, Qt.Key.Key_Escape)
        veil.grab()
        veil.lift()
        assert not veil.isVisible()
        assert under.focusWidget() is field
