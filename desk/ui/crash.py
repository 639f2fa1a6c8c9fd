"""The crash window: what a person sees when the program itself has erred. What was typed stays."""

import traceback
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desk import __version__
from desk.text import _


def details(error: BaseException) -> str:
    """Return where the program erred: kinds and places only; a message may hold somebody's words."""
    lines = [_("接待台 {version}").format(version=__version__)]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(type(seen).__name__)
        lines.extend(
            f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(seen.__traceback__)
        )
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines)


class CrashWindow(QDialog):
    """Says in Chinese that something went wrong, keeps everything open, and offers the details to copy."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("程序出了差错"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(520)
        words = QLabel(
            _(
                "刚才的操作没有完成。已经填写的内容还在，草稿已自动保存，可以关闭本窗口再试一次。\n"
                "如果反复出现，请把下面的技术信息交给维护人员（不含来访人信息）。"
            ),
            self,
        )
        words.setWordWrap(True)
        self._details = QPlainTextEdit(details(error), self)
        self._details.setReadOnly(True)
        self._details.setAccessibleName(_("技术信息"))
        copy = QPushButton(_("复制技术信息"), self)
        copy.clicked.connect(self._on_copy)
        close = QPushButton(_("关闭，继续使用"), self)
        close.setProperty("kind", "main")
        close.clicked.connect(self.accept)
        close.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addWidget(copy)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(12)
        column.addWidget(words)
        column.addWidget(self._details, 1)
        column.addLayout(buttons)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details.toPlainText())
