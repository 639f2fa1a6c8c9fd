"""The window that shows what hangs on a record: pages to turn, rotation, two sizes, name, note, removal."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from desk.services.attachments.values import Attachment, Opened
from desk.services.outcome import Done
from desk.text import _
from desk.ui import style
from desk.ui.attachments.kinds import Kinds
from desk.ui.attachments.leaves import Leaves
from desk.ui.context import Context
from desk.ui.notices import WindowNotices
from desk.ui.parts.boxes import WIDE, column, label, row
from desk.ui.parts.combo import Combo
from desk.ui.parts.fields import LineField
from desk.ui.parts.key_hint import KeyButton
from desk.ui.preview.pane import PreviewPane

_SIZE = (860, 700)
_TEXT = "text/plain"
_WORDS_SHOWN = 2000
_KIND, _PAPER = 10, 16  # characters that the choices of what it is have room for


class Viewer(QDialog):
    """One attachment at a time, with the way to the others.

    Signals:
        removed: the `Attachment` that was taken off its record.
    """

    removed = Signal(object)

    def __init__(
        self,
        context: Context,
        attachments: Sequence[Attachment],
        first: str,
        kinds: Kinds,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        notices = WindowNotices(self) if isinstance(context.notices, WindowNotices) else context.notices
        self._context = Context(context.services, context.tasks, notices, context.navigator, context.live)
        self._all = list(attachments)
        self._at = next((at for at, each in enumerate(self._all) if each.id == first), 0)
        self._opened: Opened | None = None
        self._reason = ""
        self._kinds = kinds
        self._kept = ("", "")
        self.preview = PreviewPane(context.tasks)
        self._place = label("", "label")
        self.name = LineField(_("附件名称"), limit=80)
        self.note = LineField(_("附件说明"), limit=200, hint=_("说明（可不填）"))
        self.slot = Combo(kinds.offered())
        self.slot.setAccessibleDescription(_("这是什么材料"))
        self.paper = Combo()
        self.paper.setAccessibleDescription(_("这份扫描件是"))
        self.before, self.after = (
            KeyButton(_("上一份"), "Alt ←", "row"),
            KeyButton(_("下一份"), "Alt →", "row"),
        )
        self.left = KeyButton(_("左转"), "Ctrl [", "row")
        self.right = KeyButton(_("右转"), "Ctrl ]", "row")
        self.remove_button = KeyButton(_("移除"))
        self.save_button = KeyButton(_("另存…"))
        self.close_button = KeyButton(_("关闭"), "Esc")
        self._lay_out()
        self._connect()

    @property
    def shown(self) -> Attachment:
        """What is in view."""
        return self._all[self._at]

    def start(self) -> None:
        """Show the first one."""
        self._show()
        self.preview.view.setFocus()

    def step(self, by: int) -> None:
        """Go on to another one, as far as there are any."""
        to = max(0, min(self._at + by, len(self._all) - 1))
        if to != self._at:
            # By key or button the field keeps the focus: what is typed there belongs to the one in view.
            self._on_described()
            self._at = to
            self._show()

    def turn(self, by: int) -> None:
        """Turn it by quarter turns clockwise; everybody sees it so from now on."""
        self._on_described()
        service, attachment_id = self._context.services.attachments, self.shown.id
        self._write(lambda: service.turn(attachment_id, by))

    def remove(self) -> None:
        """Ask why, and take it off its record; the strip offers to undo it."""
        service, shown = self._context.services.attachments, self.shown

        def go(reason: str) -> None:
            self._context.tasks.run(
                lambda: service.remove(shown.id, reason),
                done=lambda _done: self._on_removed(shown),
                owner=self,
                lane="write",
            )

        self._context.notices.ask_text(_("为什么移除“{name}”？").format(name=shown.name), go)

    def save(self) -> None:
        """Write it in clear where the person says."""
        service, shown, reason = self._context.services.attachments, self.shown, self._reason

        def go(path: Path) -> None:
            self._context.tasks.run(
                lambda: service.save_to(shown.id, path, reason),
                done=lambda _done: self._context.notices.warn(
                    _("已另存。存出的文件没有加密，用完请删掉（已记入审计）。")
                ),
                owner=self,
                lane="free",
            )

        ending = Path(shown.name).suffix
        self._context.notices.save_file(_("另存附件"), shown.name, f"*{ending}", go)

    def done(self, result: int) -> None:
        """Close, and keep what is typed."""
        if self._all:
            self._on_described()
        super().done(result)

    def _lay_out(self) -> None:
        box = column(
            row(self.before, self._place, self.after, None, self.left, self.right, gap=8), gap=WIDE, margin=16
        )
        box.addWidget(self.preview, 1)
        about = row(self.name, self.note, gap=8)
        about.setStretch(0, 2)
        about.setStretch(1, 3)
        box.addLayout(about)
        for choice, characters in ((self.slot, _KIND), (self.paper, _PAPER)):
            choice.setMinimumContentsLength(characters)
        box.addLayout(row(self.slot, self.paper, None, gap=8))
        box.addLayout(row(self.close_button, None, self.save_button, self.remove_button))
        self.setLayout(box)
        for button in (self.close_button, self.save_button, self.remove_button, self.before, self.after):
            button.setAutoDefault(False)
        for button in (self.left, self.right):
            button.setAutoDefault(False)
        wide, high = (side * style.current().percent // 100 for side in _SIZE)
        room = self.screen().availableSize()
        self.resize(min(wide, room.width() - 40), min(high, room.height() - 60))

    def _connect(self) -> None:
        self.before.clicked.connect(lambda: self.step(-1))
        self.after.clicked.connect(lambda: self.step(1))
        self.left.clicked.connect(lambda: self.turn(-1))
        self.right.clicked.connect(lambda: self.turn(1))
        self.remove_button.clicked.connect(self.remove)
        self.save_button.clicked.connect(self.save)
        self.close_button.clicked.connect(self.reject)
        for field in (self.name, self.note):
            field.editingFinished.connect(self._on_described)
        for choice in (self.slot, self.paper):
            choice.activated.connect(lambda _at: self._on_filed())
        for keys, verb in (
            ("Alt+Left", partial(self.step, -1)),
            ("Alt+Right", partial(self.step, 1)),
            ("Ctrl+[", partial(self.turn, -1)),
            ("Ctrl+]", partial(self.turn, 1)),
        ):
            QShortcut(QKeySequence(keys), self, verb)

    def _show(self) -> None:
        shown = self.shown
        self._opened, self._reason = None, ""
        self._kept = (self.name.value(), self.note.value())
        self._paint()
        self.preview.say(_("正在打开…"))
        if shown.protected:
            self.preview.say(_("这是身份证件，写明理由才能看（会记入审计）。"))
            self._context.notices.ask_text(_("为什么要看这份身份证件？（会记入审计）"), self._ask)
        else:
            self._ask("")

    def _paint(self) -> None:
        shown, many = self.shown, len(self._all)
        self.setWindowTitle(shown.name)
        self._place.setText(_("第 {number} / {count} 份").format(number=self._at + 1, count=many))
        self.before.setEnabled(self._at > 0)
        self.after.setEnabled(self._at < many - 1)
        # A line that says something else than was last kept is being typed in.
        for field, kept, words in zip(
            (self.name, self.note), self._kept, (shown.name, shown.note), strict=True
        ):
            if field.value() == kept:
                field.setText(words)
        self._kept = (shown.name, shown.note)
        if self.slot.findData(shown.slot) < 0:
            self.slot.addItem(shown.slot_label, shown.slot)
        self.slot.set_value(shown.slot)
        filings = self._kinds.filings.get(shown.slot, ())
        self.paper.set_choices([("", _("还没说明是哪一份")), *filings])
        self.paper.set_value(shown.party_id)
        self.paper.setVisible(bool(filings))

    def _ask(self, reason: str) -> None:
        service, attachment_id = self._context.services.attachments, self.shown.id
        self._reason = reason
        self._context.tasks.run(
            lambda: service.open(attachment_id, reason),
            done=self._on_opened,
            failed=lambda problem: self.preview.say(f"{problem.sentence}\n{problem.way_out}"),
            owner=self,
        )

    def _on_opened(self, opened: Opened) -> None:
        if opened.attachment.id != self.shown.id:
            return
        self._opened = opened
        leaves = Leaves(self._context.services.attachments, opened, self.shown.turn)
        for turning in (self.left, self.right):
            turning.setEnabled(leaves.count > 0)
        if leaves.count:
            self.preview.show_sheets(leaves, keep_place=True)
        elif opened.attachment.mime == _TEXT:
            self.preview.say(_words(opened.content))
        else:
            self.preview.say(_("这种文件不能在这里看。\n请“另存…”后用办公软件打开；存出的文件没有加密。"))

    def _on_described(self) -> None:
        shown, name, note = self.shown, self.name.value(), self.note.value()
        if name and (name, note) != (shown.name, shown.note):
            self._kept = (name, note)
            service = self._context.services.attachments
            self._write(lambda: service.describe(shown.id, name, note))

    def _on_filed(self) -> None:
        shown, slot, party_id = self.shown, self.slot.value(), self.paper.value()
        if slot != shown.slot:
            party_id = self._kinds.moved_to(slot, shown.party_id)
        elif self.paper.isHidden():
            party_id = shown.party_id
        if (slot, party_id) != (shown.slot, shown.party_id):
            service = self._context.services.attachments
            self._write(lambda: service.file_under(shown.id, slot, party_id))

    def _write(self, work: Callable[[], Any]) -> None:
        self._context.tasks.run(work, done=self._on_changed, owner=self, lane="write")

    def _on_changed(self, done: Done[Attachment]) -> None:
        at = next((at for at, each in enumerate(self._all) if each.id == done.value.id), -1)
        if at < 0:
            return
        is_turned = self._all[at].turn != done.value.turn
        self._all[at] = done.value
        if at == self._at:
            self._paint()
            if is_turned and self._opened is not None:
                self._on_opened(self._opened)

    def _on_removed(self, attachment: Attachment) -> None:
        self._all = [each for each in self._all if each.id != attachment.id]
        self.removed.emit(attachment)
        if not self._all:
            self.accept()
            return
        self._at = min(self._at, len(self._all) - 1)
        self._show()


def _words(content: bytes) -> str:
    for charset in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(charset)
        except UnicodeDecodeError:
            continue
        return text if len(text) <= _WORDS_SHOWN else text[:_WORDS_SHOWN] + "……"
    return ""
