"""Behind a strip: lets files be taken in, lists them, opens, moves and brings them back."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desk.services.attachments.values import Attachment, Source
from desk.text import _
from desk.ui.attachments.camera_offers import CameraOffers
from desk.ui.attachments.kinds import Kinds
from desk.ui.attachments.queue import AddingQueue, Target
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
        self._target = Target()
        self._kinds = Kinds()
        self._homeless: list[Source] = []
        self._choose_next = False
        self._shown: tuple[Attachment, ...] = ()
        self._last_removed = ""
        self._queue = AddingQueue(context, self)
        self._camera = CameraOffers(context, strip, self)
        self.viewer: Viewer | None = None
        self._camera.accepted.connect(self.add)
        self._queue.moved.connect(self._on_queue)
        self._queue.ended.connect(lambda source, kept: self._camera.ended(source, kept=kept))
        self._queue.emptied.connect(self._on_emptied)
        strip.wanted.connect(self.choose)
        strip.given.connect(self.add)
        strip.opened.connect(self.open)
        strip.moved.connect(self._on_moved)
        strip.stopped.connect(self._queue.stop)
        strip.brought_back.connect(self._on_brought_back)
        strip.shown.connect(self._on_in_view)
        context.live.changed.connect(self._on_changed)

    def set_target(
        self, noun: str, record_id: str, *, slot: str = "", party_id: str = "", sheet: str = ""
    ) -> None:
        """Say which record things hang on ("" for none yet), and what new ones are to it and whose.

        `sheet` tells one form without a number from the next: what was given to one is not for the other.
        """
        before, now = self._target, Target(noun, record_id, slot, party_id, sheet)
        self._target = now
        if before.is_same(now):
            return
        self._on_list(now, ())
        self._forget_removed()
        self._on_in_view(self._strip.add.isVisible())
        self._queue.tell()
        if record_id:
            self.load()
        homeless, self._homeless = self._homeless, []
        choose_next, self._choose_next = self._choose_next, False
        if not before.became(now):
            self._say_left([each.name for each in homeless], _("放进来的那张表还没有给号"))
        elif homeless:
            self._queue.put(now, homeless)
        elif choose_next:
            self.choose()

    def set_kinds(self, kinds: Kinds) -> None:
        """Offer these for what a thing is to its record; without, those every record has."""
        self._kinds = kinds
        self._strip.show_attachments(self._named())

    def load(self) -> None:
        """Ask for what hangs on the record."""
        services, target = self._context.services, self._target
        if target.id:
            self._context.tasks.run(
                lambda: services.attachments.list(target.noun, target.id),
                done=lambda found: self._on_list(target, found),
                owner=self,
                topic="list",
            )

    def choose(self) -> None:
        """Let the person choose files, once there is a record."""
        target = self._target
        if not target.id:
            self._choose_next = True
            self.target_wanted.emit()
            return
        # While the question is open another record may come into view: they are for the one it was asked on.
        self._context.notices.choose_files(
            _("添加附件"), _(PATTERN), lambda paths: self._queue.put(target, from_paths(paths))
        )

    def add(self, sources: Sequence[Source]) -> None:
        """Take files in, one after the other; the rest waits and can be called off."""
        if self._target.id:
            self._queue.put(self._target, sources)
        else:
            self._homeless.extend(sources)
            self.target_wanted.emit()

    def open(self, attachment_id: str) -> None:
        """Show one in a window of its own."""
        self.viewer = Viewer(self._context, self._shown, attachment_id, self._kinds, self._strip.window())
        self.viewer.removed.connect(self._on_removed)
        self.viewer.open()
        self.viewer.start()

    def stop(self) -> None:
        """Look and add no more: the page is closing. What still waited is said."""
        self._camera.watch(on=False)
        left = [*self._queue.stop(), *(each.name for each in self._homeless)]
        self._homeless = []
        self._say_left(left, _("这一页已经关上"))

    def _say_left(self, names: Sequence[str], why: str) -> None:
        if names:
            words = _("“{name}”没有添加：{why}，请打开后再放一次。")
            if len(names) > 1:
                words = _("“{name}”等 {n} 个文件没有添加：{why}，请打开后再放一次。")
            self._context.notices.warn(words.format(name=names[0], n=len(names), why=why))

    def _on_queue(self, done: int, of: int, target: Target) -> None:
        self._strip.show_progress(done, of, elsewhere=not target.is_same(self._target))

    def _on_emptied(self, refused: Sequence[str]) -> None:
        self._strip.show_progress(0, 0)
        if refused:
            self._context.notices.warn("\n".join(refused))
        self.load()
        self._camera.ask_about_originals()

    def _on_list(self, target: Target, attachments: tuple[Attachment, ...]) -> None:
        if not target.is_same(self._target):
            return  # an answer about what was in view before
        self._shown = attachments
        self._strip.show_attachments(self._named())
        self.counted.emit(len(attachments))
        for each in attachments:
            if self._strip.lacks_picture(each.id):
                self._ask_picture(each.id)

    def _named(self) -> list[Attachment]:
        """Return what is shown, each with the words for what it is to this record."""
        return [replace(each, slot_label=self._kinds.words(each)) for each in self._shown]

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
        service, target = self._context.services.attachments, self._target
        self._context.tasks.run(
            lambda: service.reorder(target.noun, target.id, order),
            done=lambda _done: self.load(),
            owner=self,
            lane="write",
        )

    def _on_removed(self, attachment: Attachment) -> None:
        if (attachment.noun, attachment.target_id) == (self._target.noun, self._target.id):
            self._last_removed = attachment.id
            self._strip.show_removed(attachment.name)
            self.load()

    def _forget_removed(self) -> None:
        self._last_removed = ""
        self._strip.show_removed("")

    def _on_brought_back(self) -> None:
        service, attachment_id = self._context.services.attachments, self._last_removed
        self._forget_removed()
        self._context.tasks.run(
            lambda: service.bring_back(attachment_id),
            done=lambda _done: self.load(),
            owner=self,
            lane="write",
        )

    def _on_in_view(self, in_view: bool) -> None:
        self._camera.watch(on=in_view and bool(self._target.id))

    def _on_changed(self, kinds: frozenset[str]) -> None:
        if "attachment" in kinds and not self._queue.busy and self._strip.add.isVisible():
            self.load()
