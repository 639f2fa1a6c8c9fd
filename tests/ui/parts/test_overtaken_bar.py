"""The bar that asks which value holds."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desk.services.overtaken import Overtaken, Overtaking
from desk.ui.parts.overtaken_bar import OvertakenBar

ONE = Overtaking(("title",), "名称", "漏水", "渗水")
TWO = Overtaking(("remark",), "备注", "甲", "乙")


def test_it_asks_for_each_field_and_answers_once_all_are_chosen(qtbot: QtBot) -> None:
    bar, theirs = OvertakenBar(), object()
    qtbot.addWidget(bar)
    answers: list[tuple[object, object]] = []
    bar.answered.connect(lambda *told: answers.append(told))
    bar.ask(Overtaken((ONE, TWO), theirs))
    bar.show()
    assert "名称：您填的是“漏水”，现在是“渗水”" in [each.text() for each in bar.findChildren(QLabel)]
    mine, yields = bar.choices[("title",)]
    assert (mine.accessibleName(), yields.accessibleName()) == ("名称：用我填的", "名称：用现在的")
    yields.click()
    mine.click()
    yields.click()
    assert yields.isChecked()
    assert not mine.isChecked()
    assert answers == []
    bar.choices[("remark",)][0].click()
    assert answers == [(theirs, frozenset({("title",)}))]
    assert (bar.isHidden(), bar.choices) == (True, {})


def test_a_word_can_be_put_away_and_covers_no_question(qtbot: QtBot) -> None:
    bar = OvertakenBar()
    qtbot.addWidget(bar)
    bar.say("刚才在别处改过。")
    assert bar.words() == "刚才在别处改过。"
    bar.close_button.click()
    assert bar.words() == ""
    bar.ask(Overtaken((ONE,), None))
    bar.say("")
    bar.say("又改了。")
    assert "选定用哪个" in bar.words()
    assert bar.close_button.isHidden()


def test_many_questions_scroll_and_do_not_push_the_form_out_of_view(qtbot: QtBot) -> None:
    bar = OvertakenBar()
    qtbot.addWidget(bar)
    bar.resize(700, 40)
    bar.ask(Overtaken((ONE,), None))
    few = bar.sizeHint().height()
    long = "楼上漏水，天花板和衣柜都泡坏了，要求赔偿。" * 6
    many = tuple(Overtaking((f"f{n}",), f"第 {n} 处", long, long[:-1]) for n in range(30))
    bar.ask(Overtaken(many, None))
    line = bar.fontMetrics().lineSpacing()
    qtbot.waitUntil(lambda: few < bar.sizeHint().height() <= few + 10 * line)
    last = bar.choices[("f29",)][0]
    last.setFocus()
    bar._area.ensureWidgetVisible(last)
    at = last.mapTo(bar._area.viewport(), last.rect().center())
    assert bar._area.viewport().rect().contains(at)
    bar.ask(Overtaken((ONE,), None))
    qtbot.waitUntil(lambda: bar.sizeHint().height() <= few)
