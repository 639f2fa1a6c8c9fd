"""Behind a strip: takes files in one after the other, lists them, opens, moves and brings them back."""

from collections import deque
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desk.errors import Problem
from desk.services.attachments.values import Attachment, Source
from desk.text import _
from desk.ui.attachments.camera_offers import CameraOffers
from desk.ui.attachments.sources import PATTERN, from_paths
from desk.ui.attachments.strip import AttachmentStrip
from desk.ui.attachments.viewer import Viewer
from desk.ui.context import Context


class Collector(QObject):
    """What a page has of attachments; the page says which record they hang on.

    Signals:
        target_wanted: there are files, or some are to be chosen, and no record yet.
        counted: how many hang on the record.
    """

    target_wanted = Signal()
    counted = Signal(int)

    def __init__(self, context: Context, strip: AttachmentStrip, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._strip = strip
        self._noun = self._id = self._slot = self._party_id = ""
        self._slots: Sequence[tuple[str, str]] = ()
        self._waiting: deque[Source] = deque()
        self._count, self._done = 0, 0
        self._adding = self._choose_next = False
        self._refused: list[str] = []
        self._shown: tuple[Attachment, ...] = ()
        self._last_removed = ""
        self._camera = CameraOffers(context, strip, self)
        self.viewer: Viewer | None = None
        self._camera.accepted.connect(self.add)
        strip.wanted.connect(self.choose)
        strip.given.connect(self.add)
        strip.opened.connect(self.open)
        strip.moved.connect(self._on_moved)
        strip.stopped.connect(self._waiting.clear)
        strip.brought_back.connect(self._on_brought_back)
        strip.shown.connect(self._on_in_view)
        context.live.changed.connect(self._on_changed)

    def set_target(self, noun: str, record_id: str, *, slot: str = "", party_id: str = "") -> None:
        """Say which record things hang on ("" for none yet), and what new ones are to it and whose."""
        is_other = (noun, record_id) != (self._noun, self._id)
        self._noun, self._id, self._slot, self._party_id = noun, record_id, slot, party_id
        if not is_other:
            return
        self._on_list(())
        self._on_in_view(self._strip.add.isVisible())
        if record_id:
            self.load()
            self._go_on()

    def set_slots(self, slots: Sequence[tuple[str, str]]) -> None:
        """Offer these (code, words) for what a thing is to its record; without, those every record has."""
        self._slots = slots

    def load(self) -> None:
        """Ask for what hangs on the record."""
        services, noun, record_id = self._context.services, self._noun, self._id
        if record_id:
            self._context.tasks.run(
                lambda: services.attachments.list(noun, record_id), done=self._on_list, owner=self
            )

    def choose(self) -> None:
        """Let the person choose files, once there is a record."""
        if not self._id:
            self._choose_next = True
            self.target_wanted.emit()
            return
        self._choose_next = False
        self._context.notices.choose_files(
            _("添加附件"), _(PATTERN), lambda paths: self.add(from_paths(paths))
        )

    def add(self, sources: Sequence[Source]) -> None:
        """Take files in, one after the other; the rest waits and can be called off."""
        self._waiting.extend(sources)
        self._count += len(sources)
        if not self._id:
            self.target_wanted.emit()
        elif not self._adding:
            self._next()

    def open(self, attachment_id: str) -> None:
        """Show one in a window of its own."""
        self.viewer = Viewer(self._context, self._shown, attachment_id, self._slots, self._strip.window())
        self.viewer.removed.connect(self._on_removed)
        self.viewer.open()
        self.viewer.start()

    def stop(self) -> None:
        """Look and add no more: the page is closing."""
        self._camera.watch(on=False)
        self._waiting.clear()

    def _go_on(self) -> None:
        if self._waiting:
            self._next()
        elif self._choose_next:
            self.choose()

    def _next(self) -> None:
        if not self._waiting:
            self._finish()
            return
        self._adding = True
        source, service = self._waiting.popleft(), self._context.services.attachments
        noun, record_id, slot, party_id = self._noun, self._id, self._slot, self._party_id
        self._strip.show_progress(self._done, self._count)
        self._context.tasks.run(
            lambda: service.add(noun, record_id, source, slot=slot, party_id=party_id),
            done=lambda _done: self._camera.ended(source, kept=True),
            failed=lambda problem: self._on_refused(source, problem),
            ended=self._on_ended,
            owner=self,
            lane="free",
        )

    def _on_ended(self) -> None:
        self._done += 1
        self._next()

    def _on_refused(self, source: Source, problem: Problem) -> None:
        self._camera.ended(source, kept=False)
        words = "。".join(word for word in (problem.sentence, problem.way_out) if word)
        self._refused.append(_("“{name}”没有添加：{words}").format(name=source.name, words=words))

    def _finish(self) -> None:
        self._adding = False
        self._count = self._done = 0
        self._strip.show_progress(0, 0)
        refused, self._refused = self._refused, []
        if refused:
            self._context.notices.warn("\n".join(refused))
        self.load()
        self._camera.ask_about_originals()

    def _on_list(self, attachments: tuple[Attachment, ...]) -> None:
        self._shown = attachments
        self._strip.show_attachments(attachments)
        self.counted.emit(len(attachments))
        for each in attachments:
            if self._strip.lacks_picture(each.id):
                self._ask_picture(each.id)

    def _ask_picture(self, attachment_id: str) -> None:
        service = self._context.services.attachments
        self._context.tasks.run(
            lambda: QImage.fromData(service.thumbnail(attachment_id)),
            done=lambda picture: self._strip.show_picture(attachment_id, picture),
            # A damaged file is said when somebody opens it, not each time the page is shown.
            failed=lambda _problem: None,
            owner=self,
            topic=f"picture {attachment_id}",
        )

    def _on_moved(self, attachment_id: str, by: int) -> None:
        order = [each.id for each in self._shown]
        at = order.index(attachment_id)
        order.insert(max(0, at + by), order.pop(at))
        service, noun, record_id = self._context.services.attachments, self._noun, self._id
        self._context.tasks.run(
            lambda: service.reorder(noun, record_id, order),
            done=lambda _done: self.load(),
            owner=self,
            lane="write",
        )

    def _on_removed(self, attachment: Attachment) -> None:
        self._last_removed = attachment.id
        self._strip.show_removed(attachment.name)
        self.load()

    def _on_brought_back(self) -> None:
        service, attachment_id = self._context.services.attachments, self._last_removed
        self._strip.show_removed("")
        self._context.tasks.run(
            lambda: service.bring_back(attachment_id),
            done=lambda _done: self.load(),
            owner=self,
            lane="write",
        )

    def _on_in_view(self, in_view: bool) -> None:
        self._camera.watch(on=in_view and bool(self._id))

    def _on_changed(self, kinds: frozenset[str]) -> None:
        if "attachment" in kinds and not self._adding and self._strip.add.isVisible():
            self.load()
