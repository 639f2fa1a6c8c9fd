"""What the camera's folder has new: offered on a strip, taken in on a word, originals deleted on another."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desk.services.attachments.values import Source
from desk.text import _
from desk.ui.attachments.strip import AttachmentStrip
from desk.ui.context import Context

if TYPE_CHECKING:
    from desk.services.attachments.camera import Offer

_LOOK_MS = 4000


class CameraOffers(QObject):
    """Looks at the folder while the strip is in view.

    Signals:
        accepted: a tuple of `Source` that a person wants taken in.
    """

    accepted = Signal(object)

    def __init__(self, context: Context, strip: AttachmentStrip, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._strip = strip
        self._offers: tuple[Offer, ...] = ()
        self._on_their_way: dict[Source, Offer] = {}
        self._originals: list[Offer] = []
        self._timer = QTimer(self)
        self._timer.setObjectName("camera")
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        strip.taken.connect(self._on_taken)
        strip.put_aside.connect(self._on_put_aside)

    def watch(self, *, on: bool) -> None:
        """Look from now on, or no more."""
        if on:
            self.look()
            self._timer.start()
        else:
            self._timer.stop()

    def look(self) -> None:
        """Ask what is new."""
        camera = self._context.services.camera
        self._context.tasks.run(camera.news, done=self._on_news, owner=self, topic="camera")

    def ended(self, source: Source, *, kept: bool) -> None:
        """Hear what became of a file that was accepted; of others this knows nothing."""
        offer = self._on_their_way.pop(source, None)
        if offer is not None:
            self._context.services.camera.put_aside((offer,))
            if kept:
                self._originals.append(offer)

    def ask_about_originals(self) -> None:
        """Ask whether the plain originals of what is kept are to be deleted."""
        originals, self._originals = tuple(self._originals), []
        if originals:
            words = _("{count} 张照片已加密收好。相机文件夹里的原图没有加密，要删掉吗？")
            self._context.notices.ask(
                words.format(count=len(originals)),
                _("删掉原图"),
                _("留着"),
                lambda: self._delete(originals),
            )

    def _on_news(self, offers: "tuple[Offer, ...]") -> None:
        self._offers = offers
        self._strip.show_offers(len(offers))

    def _on_taken(self) -> None:
        sources = {Source(offer.name, offer.path): offer for offer in self._offers}
        self._on_their_way.update(sources)
        self._on_news(())
        self.accepted.emit(tuple(sources))

    def _on_put_aside(self) -> None:
        self._context.services.camera.put_aside(self._offers)
        self._on_news(())

    def _delete(self, originals: "tuple[Offer, ...]") -> None:
        camera = self._context.services.camera

        def say(gone: int) -> None:
            if gone < len(originals):
                words = _("有 {left} 张原图没有删成，请手动删除。")
                self._context.notices.warn(words.format(left=len(originals) - gone))

        self._context.tasks.run(lambda: camera.delete(originals), done=say, owner=self, lane="write")
