"""The line under the pages: where the records are, the last backup, the last autosave, and the keys."""

from datetime import datetime

from PySide6.QtWidgets import QFrame, QHBoxLayout

from desk import clock
from desk.text import _
from desk.ui import style
from desk.ui.parts.boxes import label


class Footer(QFrame):
    """Tells that everything typed is safe, without asking for attention."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "foot")
        self._store = label(_("本机加密存储"))
        self._backup = label("")
        self._saved = label("")
        self._keys = label("")
        box = QHBoxLayout(self)
        box.setContentsMargins(18, 0, 18, 0)
        box.setSpacing(20)
        for part in (self._store, self._backup, self._saved):
            box.addWidget(part)
        box.addStretch(1)
        box.addWidget(self._keys)
        self._saved.hide()
        self.fit()

    def show_backup(self, at: datetime | None) -> None:
        """Show when the last backup was made; None says that there is none yet."""
        self._backup.setText(_("上次备份 {when}").format(when=said(at)) if at else _("还没有备份"))

    def show_saved(self, at: datetime) -> None:
        """Show when the last draft reached the disk."""
        self._saved.setText(_("自动保存 {time}").format(time=f"{at:%H:%M:%S}"))
        self._saved.show()

    def show_keys(self, words: str) -> None:
        """Show the keys of the page in view."""
        self._keys.setText(words)

    def fit(self) -> None:
        """Take the height of the text size in use."""
        self.setFixedHeight(style.size("foot"))


def said(at: datetime) -> str:
    """Return a moment as a clerk says it: 今天 08:30, 昨天 21:30, 11-20 08:30."""
    days = (clock.today() - at.date()).days
    word = {0: _("今天"), 1: _("昨天")}.get(days, f"{at:%m-%d}")
    return f"{word} {at:%H:%M}"
