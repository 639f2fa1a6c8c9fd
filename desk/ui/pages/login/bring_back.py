"""从备份恢复: a copy of the store and the recovery code, on this PC or a new one."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desk.text import _
from desk.ui.notices import Notices
from desk.ui.pages.login.form import WayIn
from desk.ui.parts.boxes import column, label, row
from desk.ui.parts.card import Card
from desk.ui.parts.columns import scrolled
from desk.ui.parts.fields import LineField
from desk.ui.parts.form_row import FormRow
from desk.ui.tasks import Tasks

_LEAST = 560

Restore = Callable[[Path, str], object]
"""Puts a copy in the place of the store, with the recovery code; what was there is set aside."""


class BringBack(WayIn):
    """Asks for the copy and the code; `opened` carries what the restore returned."""

    def __init__(self, restore: Restore, tasks: Tasks, notices: Notices) -> None:
        super().__init__(tasks)
        self._restore = restore
        self._notices = notices
        self._copy: Path | None = None
        self._file = label(_("还没有选"), "soft", wrap=True)
        self.choose = QPushButton(_("选备份文件…"))
        self.choose.clicked.connect(self._on_choose)
        self.code = LineField(_("恢复码"), limit=60, hint="XXXX-XXXX-XXXX-…", digits=True)
        self.code.returnPressed.connect(self._on_enter)
        self.enter.setText(_("恢复"))
        self.enter.clicked.connect(self._on_enter)
        back = QPushButton(_("返回"))
        back.setProperty("kind", "link")
        back.clicked.connect(self.back)
        card = Card(_("从备份恢复"))
        card.setMinimumWidth(_LEAST)
        for part in (
            label(_("现在的数据会改名放在一边，不会删除。"), "soft", wrap=True),
            row(self.choose, None),
            self._file,
            FormRow(_("恢复码（在站长锁存的恢复单上）"), self.code),
            self.enter,
            self.line,
            row(back, None),
        ):
            card.add(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        middle = QWidget()
        middle.setLayout(column(None, row(None, card, None), None))
        whole.addWidget(scrolled(middle))

    def _on_choose(self) -> None:
        self._notices.choose_file(_("选备份文件"), _("接待台备份 (*.db)"), self._on_chosen)

    def _on_chosen(self, copy: Path) -> None:
        self._copy = copy
        self._file.setText(str(copy))
        self.code.setFocus()

    def _on_enter(self) -> None:
        copy, code, restore = self._copy, self.code.value(), self._restore
        if copy is None:
            self.say_problem(_("请先选备份文件"))
        elif not code:
            self.say_problem(_("请输入恢复码"))
        else:
            self.attempt(lambda: restore(copy, code), _("正在恢复…"))
