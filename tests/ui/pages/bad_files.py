"""Files as they come to a desk: cut off, too long, too heavy, of no known kind; a hand that drops them."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.unit.services.attachments import samples

REFUSED = [
    ("truncated.jpg", "照片不完整或已损坏"),
    ("not-a-photo.jpg", "这不是照片"),
    ("坏扫描.pdf", "PDF 文件不完整或已损坏"),
    ("三百页.pdf", "这份 PDF 有 300 页，最多 200 页"),
    ("六十兆.pdf", "文件太大（60 MB），最多 50 MB"),
    ("不知道.xyz", "这不是照片、扫描件或能收的文件"),
    ("空的.jpg", "文件是空的"),
]
"""Each file that cannot be kept, and the beginning of the sentence that says why."""


def drop(onto: QWidget, *paths: Path) -> None:
    """Drop files as a hand does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(onto, QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, left, none))
    QApplication.sendEvent(onto, QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, left, none))


@pytest.fixture
def bad(tmp_path: Path) -> dict[str, Path]:
    """Lay them and the real photos down; a module of tests takes it by `bad = bad_files.bad`."""
    contents = {
        "坏扫描.pdf": samples.pdf(3)[:400],
        "三百页.pdf": samples.pdf(300),
        "不知道.xyz": bytes(range(256)) * 8,
        "空的.jpg": b"",
    }
    made = {name: tmp_path / name for name in contents}
    for name, content in contents.items():
        made[name].write_bytes(content)
    heavy = tmp_path / "六十兆.pdf"
    with heavy.open("wb") as file:
        file.write(b"%PDF-1.4\n")
        file.truncate(60 << 20)
    return made | {"六十兆.pdf": heavy} | {each.name: each for each in samples.PHOTOS.iterdir()}
