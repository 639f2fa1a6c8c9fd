"""The first window says when it is painted and shows what it is given."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desk.ui.front_door import FrontDoor


def test_it_tells_once_that_it_is_there(qtbot: QtBot) -> None:
    door = FrontDoor()
    qtbot.addWidget(door)
    with qtbot.waitSignal(door.painted):
        door.show()
    with qtbot.assertNotEmitted(door.painted):
        door.repaint()
    page = QLabel("开站")
    door.show_page(page)
    door.show_page(page)
    assert page.isVisible()
    door.show_problem("数据文件损坏", "请用备份恢复")
    assert not page.isVisible()
    with qtbot.waitSignal(door.closing):
        door.close()
