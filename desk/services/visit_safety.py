"""Who may read which visit: safe ones (要求保密, 家庭暴力, 检举控告) are for receiver and head only.

Whoever writes a safe visit down keeps it in view until it is finished; then the rule holds for them too.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session as Rows

from desk.errors import AccessProblem
from desk.models import plain
from desk.models.visit import Receiver, Visit
from desk.rules.masking import mask_name
from desk.services.session import Session
from desk.text import _

OPEN_TO_ALL: Final = ("none", "")
"""Codes of `visit.safety` that hide nothing."""

_DEPUTY = "SELECT deputy_id FROM user WHERE record_id = ?"


@dataclass(frozen=True)
class Reader:
    """Who asks: the user, the deputy they are (or ""), and whether they see safe visits and whole names."""

    user_id: str
    deputy_id: str
    sees_safe: bool
    sees_names: bool

    def name(self, told: str, *, anonymous: bool) -> str:
        """Return a visitor's name as this reader sees it (§8, "Chinese name")."""
        if anonymous:
            return _("不愿透露")
        return told if self.sees_names else mask_name(told)


def reader_of(rows: Rows, session: Session) -> Reader:
    """Return who is at the desk. Raises AccessProblem when locked or without the right to read visits."""
    session.require("read", "visit")
    found = plain.ask(rows, _DEPUTY, (session.user.id,))
    return Reader(
        user_id=session.user.id,
        deputy_id=(found[0][0] if found else "") or "",
        sees_safe=session.may("read", "safe_visit"),
        sees_names=session.may("reveal", "visit"),
    )


def is_safe(visit: Visit) -> bool:
    """Tell whether the visit is one of the three safe kinds."""
    return visit.safety not in OPEN_TO_ALL


def contact_words(visit: Visit | None) -> str:
    """Say how somebody of a safe visit wants to be reached, "" for any other visit.

    It binds whoever goes on with the matter, who mediates or advises too (product.md, Safe).
    """
    if visit is None or not (is_safe(visit) or visit.safe_contact):
        return ""
    if not visit.safe_contact:
        return _("来自保密来访，没有留下安全的联系方式：请先问明再联系。")
    return _("来自保密来访，只能这样联系：{how}。").format(how=visit.safe_contact.rstrip("。"))


def listed(reader: Reader) -> ColumnElement[bool]:
    """Return the condition for lists, cards and counts: never void, and safe ones by right only."""
    alive = Visit.void.is_(False)
    if reader.sees_safe:
        return alive
    open_to_all = Visit.safety.in_(OPEN_TO_ALL)
    if not reader.deputy_id:
        return and_(alive, open_to_all)
    mine = select(Receiver.visit_id).where(Receiver.deputy_id == reader.deputy_id, Receiver.void.is_(False))
    return and_(alive, or_(open_to_all, Visit.record_id.in_(mine)))


def is_receiver(rows: Rows, reader: Reader, visit: Visit) -> bool:
    """Tell whether the reader receives this visit, or writes it down and it is not finished."""
    if visit.registrar_id == reader.user_id and visit.state != "finished":
        return True
    if not reader.deputy_id:
        return False
    received = exists().where(
        Receiver.visit_id == visit.record_id,
        Receiver.deputy_id == reader.deputy_id,
        Receiver.void.is_(False),
    )
    return bool(rows.scalar(select(received)))


def may_read(rows: Rows, reader: Reader, visit: Visit) -> bool:
    """Tell whether the reader may see this visit at all."""
    return not is_safe(visit) or reader.sees_safe or is_receiver(rows, reader, visit)


def require_read(rows: Rows, reader: Reader, visit: Visit) -> None:
    """Let pass who may read the visit. Raises AccessProblem."""
    if not may_read(rows, reader, visit):
        raise AccessProblem(_("这是保密来访，您不能查看"), way_out=_("请联系这次来访的接待代表或站长。"))
