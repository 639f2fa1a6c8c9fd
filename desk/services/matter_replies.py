"""What the matter of a visit is told by the mediation or consultation that came of it: how it ended, no more.

The words of either stay in their room (product.md); the reply lights the six ones of the visit.
"""

from typing import Final

from desk.models.base import alive
from desk.models.matter import Matter
from desk.models.reply import Reply
from desk.services.visit_rows import Act

_TOLD: Final = frozenset({"matter", "reply", "visit"})


def tell(act: Act, matter: Matter | None, words: str, *, by: str, close: bool) -> frozenset[str]:
    """Write how it went onto the matter as the reply of `by`, once; `close` ends the matter.

    Returns the nouns touched: none where there is no visit to tell.
    """
    if matter is None or matter.void:
        return frozenset()
    replies = alive(Reply).where(Reply.matter_id == matter.record_id)
    last = act.rows.scalars(replies.order_by(Reply.replied_at.desc()).limit(1)).first()
    if last is None or last.text != words:
        act.rows.add(
            Reply(matter_id=matter.record_id, replied_at=act.at, way="onsite", text=words, by_name=by)
        )
    if close:
        matter.state, matter.closed_at = "closed", act.at
        matter.tell_by, matter.tell_by_rule = None, ""
    return _TOLD


def open_again(matter: Matter | None) -> frozenset[str]:
    """Open the matter again whose case goes on; return the nouns touched."""
    if matter is None or matter.void or matter.state != "closed":
        return frozenset()
    matter.state, matter.closed_at = "open", None
    return frozenset({"matter", "visit"})
