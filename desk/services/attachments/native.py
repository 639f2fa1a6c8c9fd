"""The other process: decodes what was handed in and answers in bytes; foreign code runs nowhere else."""

from desk.errors import InputProblem
from desk.rules.attachments import PICTURES
from desk.services import child
from desk.services.attachments import documents, pictures, refusals
from desk.services.attachments.apart import Answer, Errand, dumped, refused


def answer(errand: Errand, data: bytes) -> bytes:
    """Return what was asked for or the refusal, for `apart.loaded`; a damaged file may end the process."""
    child.limit()
    try:
        return dumped(_done(errand, data))
    except InputProblem as problem:
        return refused(problem)
    except MemoryError:
        return refused(refusals.broken_reading())


def _done(errand: Errand, data: bytes) -> Answer:
    if errand.verb == "page":
        return documents.drawn_page(data, errand.number, errand.longest)
    if errand.kind in PICTURES:
        return pictures.taken(
            data, errand.kind, side=errand.side, quality=errand.quality, most_pixels=errand.pixels
        )
    if errand.kind == "pdf":
        return documents.taken_pdf(data, errand.pages)
    if errand.kind == "zip":
        return documents.taken_package(data)
    return Answer("text", content=data)
