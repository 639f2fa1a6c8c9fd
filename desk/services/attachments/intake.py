"""What is handed in becomes what is kept: looked at by its bytes, refused early, decoded apart, then hashed.

The Qt thread's process does no more than read the file and look at its head; everything native happens in the
process of `apart`.
"""

import stat
from pathlib import Path

from desk.rules.attachments import MIMES, PICTURES, TEXT_ENDINGS, Limits, kept_name, sniff
from desk.services.attachments import apart, pictures, refusals
from desk.services.attachments.values import FILE, PDF, PHOTO, Prepared, Source

_KINDS = {"jpeg": PHOTO, "png": PHOTO, "pdf": PDF}
_HEAD = 1 << 16
_OPENED = {"zip": ("docx", "xlsx")}


def prepare(source: Source, limits: Limits) -> Prepared:
    """Return what is to be kept of a file; may take seconds for a large one.

    Raises InputProblem with what is wrong with it: empty, too large, not whole, locked, or not allowed.
    """
    kind, data = _read(source, limits)
    if kind in PICTURES:
        pictures.measured(data, kind, limits.pixels)
    errand = apart.Errand(
        "take", kind, pixels=limits.pixels, side=limits.side, quality=limits.quality, pages=limits.pages
    )
    answer = apart.ask(errand, data) if kind != "text" else apart.Answer("text", content=data)
    if answer.kind not in limits.types and kind not in limits.types:
        raise refusals.not_allowed()
    return Prepared(
        content=answer.content,
        kind=_KINDS.get(answer.kind, FILE),
        mime=MIMES[answer.kind],
        name=kept_name(source.name, answer.kind),
        width=answer.width,
        height=answer.height,
        pages=answer.pages,
        thumb=answer.thumb,
    )


def _read(source: Source, limits: Limits) -> tuple[str, bytes]:
    """Return what the file is and its bytes; the size is known before it is read."""
    if source.path is None:
        data = source.make() if source.make is not None else source.data
        kind = _allowed(data[:_HEAD], limits)
        _check_size(len(data), limits.most_bytes(kind))
        _check_words(kind, source.name, data)
        return kind, data
    try:
        size = _size(source.path)
        with source.path.open("rb") as file:
            kind = _allowed(file.read(_HEAD), limits)
            most = limits.most_bytes(kind)
            _check_size(size, most)
            file.seek(0)
            # It may grow meanwhile: no more than is allowed is ever read.
            data = file.read(most + 1)
    except OSError as error:
        raise refusals.unreachable() from error
    _check_size(len(data), most)
    _check_words(kind, source.name, data)
    return kind, data


def _size(path: Path) -> int:
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise refusals.unreachable()
    return found.st_size


def _allowed(head: bytes, limits: Limits) -> str:
    if not head:
        raise refusals.empty()
    # A character may be cut in two where the head ends; then the last bytes are no matter.
    kind = sniff(head) or next((sniff(head[:-cut]) for cut in (1, 2, 3) if sniff(head[:-cut])), "")
    if kind not in PICTURES and kind not in MIMES and kind not in _OPENED:
        raise refusals.foreign(kind)
    if not limits.types & {kind, *_OPENED.get(kind, ())}:
        raise refusals.not_allowed()
    return kind


def _check_words(kind: str, name: str, data: bytes) -> None:
    """Let words pass that are words to the last byte and are not called something else."""
    if kind == "text" and (sniff(data) != "text" or not name.lower().endswith(TEXT_ENDINGS)):
        raise refusals.foreign("")


def _check_size(size: int, most: int) -> None:
    if size == 0:
        raise refusals.empty()
    if size > most:
        raise refusals.too_heavy(size, most)
