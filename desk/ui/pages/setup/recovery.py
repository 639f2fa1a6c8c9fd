"""Page 5 of the wizard: the recovery code. It is shown once and must be acknowledged."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from desk.services import paper_files
from desk.text import _
from desk.ui.notices import Notices
from desk.ui.pages.setup.step import Step
from desk.ui.parts.boxes import label, row
from desk.ui.tasks import Tasks

if TYPE_CHECKING:
    from desk.services.papers import Paper

Sheet = Callable[[], "Paper"]
"""Draws the recovery sheet, in the background."""

ShowPaper = Callable[["Paper", QWidget], object]
"""Opens the window of a paper, with preview, printing and saving, over a widget."""


class RecoveryStep(Step):
    """The code in large letters, ways to print and to save the sheet, and the tick without which it stays.

    Signals:
        acknowledged: whether the tick is set.
    """

    acknowledged = Signal(bool)

    def __init__(self, tasks: Tasks, notices: Notices) -> None:
        super().__init__(
            _("恢复单"),
            _(
                "忘了密码、换了电脑，只有恢复码能打开本站数据。它只显示这一次，请打印或抄下来，由站长锁进柜子。"
            ),
        )
        self._tasks = tasks
        self._notices = notices
        self._sheet: Sheet | None = None
        self._show: ShowPaper | None = None
        self._shown = label("", "banner", wrap=True)
        self._shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.print_button = QPushButton(_("预览和打印恢复单…"))
        self.print_button.clicked.connect(self._on_print)
        self.save_button = QPushButton(_("存为 PDF…"))
        self.save_button.clicked.connect(self._on_save)
        self._tick = QCheckBox(_("已打印或抄好，交站长锁存"))
        self._tick.toggled.connect(self.acknowledged)
        self.box.addSpacing(6)
        self.box.addWidget(self._shown)
        self.box.addLayout(row(self.print_button, self.save_button, None, gap=8))
        self.box.addSpacing(6)
        self.box.addWidget(self._tick)
        self.box.addStretch(1)

    def show_code(self, code: str, sheet: Sheet, show: ShowPaper) -> None:
        """Show the code, four groups in a line, and offer its sheet."""
        self._sheet, self._show = sheet, show
        groups = code.split("-")
        lines = ["-".join(groups[at : at + 4]) for at in range(0, len(groups), 4)]
        self._shown.setText("\n".join(lines))

    def begin(self) -> None:
        """Begin at the print button."""
        self.print_button.setFocus()

    def is_good(self) -> bool:
        """Only with the tick."""
        return self._tick.isChecked()

    def _on_print(self) -> None:
        assert self._sheet is not None, "show_code comes first"
        self._tasks.run(self._sheet, done=self._on_sheet, owner=self, lane="free")

    def _on_sheet(self, paper: "Paper") -> None:
        assert self._show is not None, "show_code comes first"
        self._show(paper, self.window())

    def _on_save(self) -> None:
        self._notices.save_file(_("保存恢复单"), _("恢复单.pdf"), "PDF (*.pdf)", self._write)

    def _write(self, path: Path) -> None:
        sheet, notices = self._sheet, self._notices
        assert sheet is not None, "show_code comes first"
        self._tasks.run(
            lambda: paper_files.save(path, sheet().pdf),
            done=lambda _none: notices.info(_("恢复单已保存，请打印后删除文件")),
            owner=self,
            lane="free",
        )
