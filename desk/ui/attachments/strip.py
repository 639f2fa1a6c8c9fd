"""The strip of what hangs on a record: a button to add, one button for each with its small picture."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QIcon,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPixmap,
    QShortcut,
    QTransform,
)
from PySide6.QtWidgets import QPushButton, QToolButton, QVBoxLayout, QWidget

from desk.services.attachments.values import Attachment
from desk.text import _
from desk.ui import style
from desk.ui.attachments.sources import has_any, sources_of
from desk.ui.parts.boxes import label
from desk.ui.parts.flow import FlowLayout
from desk.ui.parts.key_hint import KeyButton

_LONG = 18  # characters of a name on a button
_LARGE = 2  # heights of a control that a picture has where there is room


class AttachmentStrip(QWidget):
    """Widgets only; `Collector` tells it what to show and hears what a person does.

    Signals:
        wanted: files are to be chosen.
        given: a tuple of `Source` was dropped or pasted.
        opened: the id of one to look at.
        moved: the id of one to put further on (+1) or back (-1).
        stopped: no more of the waiting files are to be added.
        taken, put_aside: what the camera has new is to be taken in, or not to be offered.
        brought_back: the last removal is to be undone.
        shown: whether it is in view.
    """

    wanted = Signal()
    given = Signal(object)
    opened = Signal(str)
    moved = Signal(str, int)
    stopped = Signal()
    taken = Signal()
    put_aside = Signal()
    brought_back = Signal()
    shown = Signal(bool)

    def __init__(
        self, *, compact: bool = False, around: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        """Args: `compact` puts names beside small pictures and leaves `add` to be placed by the page;
        `around` is what files may be dropped on and pasted into, the strip itself without one."""
        super().__init__(parent)
        self.add = KeyButton(_("＋ 照片 / 高拍仪"), kind="row")
        self.add.setToolTip(_("选文件，也可以拖进来或按 Ctrl V 粘贴。拍来访人本人要另行征得同意。"))
        self.add.clicked.connect(self.wanted)
        self.add.installEventFilter(self)
        self._compact = compact
        self._things: dict[str, QToolButton] = {}
        self._pictures: dict[str, QImage] = {}
        self._pieces = QWidget()
        self._flow = FlowLayout(self._pieces, gap=8)
        if not compact:
            self._flow.addWidget(self.add)
        self._empty = label(_("还没有附件：点“＋”选文件，或把照片拖到这里。"), "label", wrap=True)
        self._progress, self._stop = label("", "label"), _row_button(_("不再添加"), self.stopped)
        self._offer, self._aside = (
            _row_button(_("收进来"), self.taken),
            _row_button(_("不用"), self.put_aside),
        )
        self._removed, self._undo = label("", "label"), _row_button(_("撤销移除"), self.brought_back)
        self._tail = (self._progress, self._stop, self._offer, self._aside, self._removed, self._undo)
        for each in self._tail:
            # Before anything is settled: shown without a parent it would be a window of its own.
            each.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self._pieces)
        box.addWidget(self._empty)
        self.setAccessibleName(_("附件"))
        self._listen(around or self)
        self.show_attachments(())

    def show_attachments(self, attachments: Sequence[Attachment]) -> None:
        """Show one button for each, in order; the focus stays on the same one."""
        before, focused = self._things, self.focusWidget()
        cursor = next((each for each, thing in before.items() if thing is focused), "")
        for widget in (*before.values(), *self._tail):
            self._flow.removeWidget(widget)
        self._pictures = {
            each.id: self._pictures[each.id] for each in attachments if each.id in self._pictures
        }
        self._things = {each.id: self._thing(each) for each in attachments}
        for widget in (*self._things.values(), *self._tail):
            self._flow.addWidget(widget)
        for thing in self._things.values():
            thing.show()
        if cursor in self._things:
            self._things[cursor].setFocus(Qt.FocusReason.OtherFocusReason)
        for thing in before.values():
            thing.hide()
            thing.deleteLater()
        self._settle()

    def show_picture(self, attachment_id: str, picture: QImage) -> None:
        """Show the small picture of one, upright as it was turned."""
        thing = self._things.get(attachment_id)
        if thing is not None and not picture.isNull():
            self._pictures[attachment_id] = picture
            self._paint(thing)

    def lacks_picture(self, attachment_id: str) -> bool:
        """Tell whether the small picture of one is still to be asked for."""
        return attachment_id in self._things and attachment_id not in self._pictures

    def show_progress(self, done: int, of: int, *, elsewhere: bool = False) -> None:
        """Say how many of the given files are in, or that they go to what was in view before (`elsewhere`);
        nothing once all are."""
        words = _("正在给先前那件添加 {done} / {of}") if elsewhere else _("正在添加 {done} / {of}")
        self._progress.setText(words.format(done=done + 1, of=of))
        self._progress.setVisible(of > 0)
        self._stop.setVisible(of > 1)
        self._settle()

    def show_offers(self, count: int) -> None:
        """Say that the camera has new pictures."""
        words = _("相机里有 {count} 张新照片，收进来").format(count=count)
        self._offer.setText(words)
        self._offer.setAccessibleName(words)
        self._offer.setVisible(count > 0)
        self._aside.setVisible(count > 0)
        self._settle()

    def show_removed(self, name: str) -> None:
        """Say what was removed last and offer to undo it; "" for nothing."""
        self._removed.setText(_("已移除“{name}”").format(name=_short(name)))
        self._removed.setVisible(bool(name))
        self._undo.setVisible(bool(name))
        self._settle()

    def names(self) -> list[str]:
        """Return the words on the buttons, in order."""
        return [thing.text() for thing in self._things.values()]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is dropped, hear the keys of the buttons, and notice coming into view."""
        if watched is self.add and event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self.shown.emit(event.type() == QEvent.Type.Show)
        if (
            isinstance(event, QDragEnterEvent | QDragMoveEvent)
            and self._takes()
            and has_any(event.mimeData())
        ):
            event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            sources = sources_of(event.mimeData()) if self._takes() else ()
            if sources:
                event.acceptProposedAction()
                self.given.emit(sources)
                return True
        if isinstance(event, QKeyEvent) and isinstance(watched, QToolButton):
            return self._on_key(watched, event)
        return super().eventFilter(watched, event)

    def paste(self) -> None:
        """Take the files or the picture of the clipboard."""
        sources = sources_of(QGuiApplication.clipboard().mimeData()) if self._takes() else ()
        if sources:
            self.given.emit(sources)

    def _takes(self) -> bool:
        """Tell whether things may be added: not where a page hides the strip; a compact one hides itself."""
        return self._compact or not self.isHidden()

    def _listen(self, around: QWidget) -> None:
        around.setAcceptDrops(True)
        around.installEventFilter(self)
        # A field with the focus pastes its words itself; only what it leaves comes here.
        keys = QShortcut(QKeySequence.StandardKey.Paste, around, self.paste)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _thing(self, attachment: Attachment) -> QToolButton:
        thing = QToolButton()
        thing.setProperty("kind", "attachment")
        pages = _(" · {pages} 页").format(pages=attachment.pages) if attachment.pages > 1 else ""
        thing.setText(_short(attachment.name) + pages)
        words = [_("附件"), attachment.name + pages, attachment.slot_label, attachment.note]
        thing.setAccessibleName(" ".join(word for word in words if word))
        thing.setToolTip("\n".join(word for word in (*words[1:], _("回车打开，Ctrl ← → 挪动")) if word))
        thing.setProperty("attachment", attachment.id)
        thing.setProperty("turn", attachment.turn)
        thing.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        side = style.size("control") * (1 if self._compact else _LARGE)
        thing.setIconSize(QSize(side, side) if not self._compact else QSize(side * 2 // 3, side * 2 // 3))
        beside, under = (
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon,
            Qt.ToolButtonStyle.ToolButtonTextUnderIcon,
        )
        thing.setToolButtonStyle(beside if self._compact else under)
        thing.clicked.connect(lambda: self.opened.emit(attachment.id))
        thing.installEventFilter(self)
        self._paint(thing)
        return thing

    def _paint(self, thing: QToolButton) -> None:
        picture = self._pictures.get(str(thing.property("attachment")))
        if picture is not None:
            turned = picture.transformed(QTransform().rotate(int(thing.property("turn"))))
            thing.setIcon(QIcon(QPixmap.fromImage(turned)))

    def _on_key(self, thing: QToolButton, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        is_press = event.type() == QEvent.Type.KeyPress
        if is_press and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(str(thing.property("attachment")))
            return True
        if is_press and event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in steps:
            self.moved.emit(str(thing.property("attachment")), steps[Qt.Key(event.key())])
            return True
        return False

    def _settle(self) -> None:
        """Take no room where there is nothing to show."""
        said = [not each.isHidden() for each in self._tail]
        self._empty.setVisible(not self._compact and not self._things and not any(said))
        self._pieces.setVisible(not self._compact or bool(self._things) or any(said))
        if self._compact:
            self.setVisible(bool(self._things) or any(said))


def _short(name: str) -> str:
    if len(name) <= _LONG:
        return name
    return name[: _LONG - 6] + "…" + name[-5:]


def _row_button(words: str, pressed: object) -> QPushButton:
    made = QPushButton(words)
    made.setProperty("kind", "row")
    made.clicked.connect(pressed)
    return made
