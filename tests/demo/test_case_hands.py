"""What is read off a case and how its papers are called; the rest is played in tests/e2e/test_demo.py."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desk.demo import case_hands, disputes, eyes
from desk.demo.case_hands import CaseHands
from desk.demo.probe import LoopProbe
from desk.demo.record import CaseMade, Record
from desk.demo.stage import Stage
from tests.demo.test_hands import play


def shown(qtbot: QtBot, words: str) -> QLabel:
    label = QLabel(words)
    qtbot.addWidget(label)
    label.show()
    return label


def test_the_new_number_in_view_is_noted(qtbot: QtBot, tmp_path: Path) -> None:
    label = shown(qtbot, "〔2026〕示例人调字第11号的案件，〔2026〕示例人调字第12号 · 示例镇人民调解委员会")
    record = Record(tmp_path, cases=[CaseMade("另一件", "〔2026〕示例人调字第11号")])
    play(qtbot, CaseHands(Stage(record, LoopProbe())).note(disputes.FENCE))
    label.close()
    made = record.cases[-1]
    assert (made.why, made.number) == (disputes.FENCE.why, "〔2026〕示例人调字第12号")


@pytest.mark.parametrize(
    ("kind", "words"), [("f07", "人民调解协议书"), ("f10", "司法确认申请书"), ("dossier", "卷宗")]
)
def test_a_paper_is_called_as_its_form(kind: str, words: str) -> None:
    assert case_hands._called(kind) == words


def test_nothing_scrolls_where_there_is_nothing(qtbot: QtBot) -> None:
    label = shown(qtbot, "申请日期")
    assert eyes.sees("申请日期")
    assert not case_hands.can_scroll("申请日期", eyes.ANY)
    assert not case_hands.can_scroll("没有", eyes.ANY)
    label.close()
