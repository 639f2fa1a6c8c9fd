"""The way between desk and the process that decodes: one head of JSON, then the bytes that belong to it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from desk.errors import InputProblem
from desk.services import child
from desk.services.attachments import refusals

LOOK_AT_FILE = "look-at-file"
"""The command of `desk` that the other process runs."""

_HEAD = 4  # bytes of the length before a head


@dataclass(frozen=True)
class Errand:
    """What is to be done: `take` a file in by the limits, or draw one `page` of a PDF (`number` from 0).

    `kind` is what the bytes were found to be; `longest` the longest side of a drawn page in pixels.
    """

    verb: str
    kind: str
    pixels: int = 0
    side: int = 0
    quality: int = 0
    pages: int = 0
    number: int = 0
    longest: int = 0

    def as_json(self) -> str:
        """Return the errand for the command line; it names no file and no person."""
        return json.dumps(asdict(self))

    @staticmethod
    def from_json(text: str) -> "Errand":
        """Read it back in the other process."""
        return Errand(**json.loads(text))


@dataclass(frozen=True)
class Answer:
    """What the other process found, with the bytes to keep and the small picture, or the drawn page."""

    kind: str = ""
    width: int = 0
    height: int = 0
    pages: int = 0
    content: bytes = b""
    thumb: bytes = b""


def ask(errand: Errand, data: bytes) -> Answer:
    """Let the other process look at the bytes.

    Raises InputProblem with what is wrong with them, however badly that went.
    """
    try:
        said = child.run([LOOK_AT_FILE, errand.as_json()], data)
    except child.TookTooLong as error:
        raise refusals.took_too_long() from error
    if said is None:
        raise refusals.broken_reading()
    return loaded(said)


def dumped(answer: Answer) -> bytes:
    """Return an answer as bytes for the way between the processes."""
    head = {
        "kind": answer.kind,
        "width": answer.width,
        "height": answer.height,
        "pages": answer.pages,
        "parts": [len(answer.content), len(answer.thumb)],
    }
    return _with_head(head, answer.content, answer.thumb)


def refused(problem: InputProblem) -> bytes:
    """Return a refusal as bytes for the way between the processes."""
    return _with_head({"refused": [problem.sentence, problem.way_out, problem.field]})


def loaded(said: bytes) -> Answer:
    """Return the answer behind the bytes, or raise the InputProblem they stand for."""
    start = _HEAD + int.from_bytes(said[:_HEAD], "big")
    head = json.loads(said[_HEAD:start])
    if "refused" in head:
        sentence, way_out, field = head["refused"]
        raise InputProblem(sentence, way_out=way_out, field=field)
    content, thumb = _cut(said[start:], head["parts"])
    return Answer(head["kind"], head["width"], head["height"], head["pages"], content, thumb)


def _with_head(head: object, *parts: bytes) -> bytes:
    said = json.dumps(head).encode()
    return b"".join((len(said).to_bytes(_HEAD, "big"), said, *parts))


def _cut(data: bytes, lengths: Sequence[int]) -> tuple[bytes, bytes]:
    first, second = lengths
    return data[:first], data[first : first + second]
