"""The bytes behind the rows: put before a row names them, read, made small, cleared away after a crash."""

from sqlalchemy import select
from sqlalchemy.orm import Session as Rows

from desk.errors import StoreProblem
from desk.models import plain
from desk.models.attachment import Attachment as Row
from desk.models.sealed_files import THUMB, Unsound, is_half
from desk.models.store import Store
from desk.rules import attachments as rules
from desk.services.attachments import apart
from desk.services.attachments.values import PDF, PHOTO, Attachment
from desk.text import _


class Contents:
    """The sealed files of a store with what its rows say about them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._files = store.sealed_files()

    def put(self, content: bytes) -> str:
        """Make a content durable and return its SHA-256. Raises StoreProblem: the disk is full or fails."""
        return self._files.put(content)

    def keep(self, made: Attachment, thumb: bytes) -> None:
        """Put what a committed row names in its lasting place, with its small picture."""
        self._files.settle(made.sha256)
        if thumb and not made.protected:
            self._files.put(thumb, THUMB, sha256=made.sha256)

    def read(self, found: Attachment) -> bytes:
        """Return the bytes. Raises StoreProblem: the file is missing, damaged, or the disk fails."""
        try:
            return self._files.read(found.sha256)
        except Unsound as error:
            if self._is_elsewhere(found.sha256):
                raise StoreProblem(
                    _("附件“{name}”还在站里的另一台电脑上").format(name=found.name),
                    way_out=_("请到添加它的那台电脑上打开。"),
                    field="elsewhere",
                ) from error
            raise StoreProblem(
                _("附件“{name}”的文件缺失或已损坏").format(name=found.name),
                way_out=_("原件还在的，请再添加一次就能补好；否则请从备份恢复。"),
                field="damaged",
            ) from error

    def small(self, found: Attachment, limits: rules.Limits) -> bytes:
        """Return the small picture, b"" for a file without one; one that is lost is made again."""
        if found.kind not in {PHOTO, PDF}:
            return b""
        try:
            return self._files.read(found.sha256, THUMB)
        except Unsound:
            if self._is_elsewhere(found.sha256):
                return b""
            thumb = apart.ask(_again(found, limits), self.read(found)).thumb
        self._files.put(thumb, THUMB, sha256=found.sha256)
        return thumb

    def _is_elsewhere(self, sha256: str) -> bool:
        if self._files.path(sha256).exists():
            return False
        with self._store.read() as rows:
            return bool(plain.ask(rows, "SELECT 1 FROM awaited_file WHERE sha256 = ?", (sha256,)))

    def forget_small(self, found: Attachment) -> None:
        """Take a small picture away."""
        self._files.forget_small(found.sha256)

    @staticmethod
    def arrived(rows: Rows, sha256: str) -> None:
        """Know that a content is here now, whatever other PC it was awaited from."""
        plain.write(rows, "DELETE FROM awaited_file WHERE sha256 = ?", (sha256,))

    def settle(self) -> int:
        """Clear away what a crash left between a file and its row; return how many files that were."""
        waiting = self._files.waiting()
        if not waiting:
            return 0
        cleared = 0
        # In a block that writes, so that nobody adds at the same moment.
        with self._store.write_local() as rows:
            named = {self._files.name(sha256): sha256 for sha256 in rows.scalars(select(Row.sha256))}
            for path in waiting:
                sha256 = named.get(path.stem)
                if sha256 is not None and not is_half(path):
                    self._files.settle(sha256)
                else:
                    cleared += self._files.clear(path)
        return cleared


def _again(found: Attachment, limits: rules.Limits) -> apart.Errand:
    kind = "pdf" if found.kind == PDF else "png" if found.mime == rules.MIMES["png"] else "jpeg"
    # What was taken in once is not refused now, whatever the limits have become.
    pixels, pages = max(limits.pixels, found.width * found.height), max(limits.pages, found.pages)
    return apart.Errand("take", kind, pixels=pixels, side=limits.side, quality=limits.quality, pages=pages)
