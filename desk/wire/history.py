"""All that was ever accepted of one record, page by page, for whoever wants to look back (sync.md 2.3)."""

from dataclasses import dataclass

import orjson

from desk.wire import reading
from desk.wire.codecs import WireError
from desk.wire.messages import PROTOCOL, revision_bytes, revisions_in
from desk.wire.revision import Revision

MOST_HISTORY = 100
"""Most revisions of one answer."""

Place = tuple[int, int]
"""Version and ord."""

FIRST: Place = (0, -1)
"""Before all of them."""


@dataclass(frozen=True)
class History:
    """Revisions of one record in their order. after: where the next page goes on, empty after the last."""

    scope: str
    record: str
    revisions: tuple[Revision, ...]
    after: str = ""

    def encode(self) -> bytes:
        """Write the message; the ops go in as the bytes they are kept in."""
        head = {"v": PROTOCOL, "scope": self.scope, "record": self.record, "after": self.after}
        revisions = b",".join(revision_bytes(each) for each in self.revisions)
        return orjson.dumps(head)[:-1] + b',"revisions":[' + revisions + b"]}"

    @staticmethod
    def decode(raw: bytes) -> "History":
        """Read the message. Raises WireError."""
        body = reading.parse(raw)
        return History(
            scope=reading.text(body, "scope"),
            record=reading.text(body, "record"),
            revisions=revisions_in(body, MOST_HISTORY),
            after=reading.text(body, "after", ""),
        )


def written(place: Place) -> str:
    """Write where a page ends."""
    return f"{place[0]}.{place[1]}"


def place_in(text: str) -> Place:
    """Read where a page begins, "" for the first. Raises WireError."""
    if not text:
        return FIRST
    version, _dot, ord_ = text.partition(".")
    if not all(each.isascii() and each.isdigit() and len(each) <= 15 for each in (version, ord_)):
        raise WireError("after: version and place are expected")
    return int(version), int(ord_)
