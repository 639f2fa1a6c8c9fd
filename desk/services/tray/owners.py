"""Which record a page shows a part on, what it is called in a clerk's words, and who may see and settle it.

A conflict on a part is seen by those only who may read the whole: the words of a safe visit, a case or a
consultation never reach a role without them, not in this list and not in its count.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy.orm import Session as Rows

from desk.errors import AccessProblem
from desk.models import plain, row_reader
from desk.models.consultation import Consultation
from desk.models.mediation import Mediation
from desk.models.visit import Visit
from desk.rules import field_words, rights
from desk.rules.masking import mask_name
from desk.services import visit_safety
from desk.services.consultation import access as consultation_access
from desk.services.mediation import access as mediation_access
from desk.services.session import Session
from desk.services.tray.values import Mark
from desk.text import _
from desk.wire.records import RECORDS

_UP: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    **dict.fromkeys(("companion", "receiver", "receipt"), (("visit_id", "visit"),)),
    "matter": (("visit_id", "visit"),),
    "consent": (("visit_id", "visit"), ("consultation_id", "consultation")),
    "report": (("visit_id", "visit"), ("mediation_id", "mediation")),
    "rating": (("visit_id", "visit"), ("matter_id", "matter")),
    **dict.fromkeys(("reply", "proposal"), (("matter_id", "matter"),)),
    **dict.fromkeys(
        (
            *("claim", "case_mediator", "participant", "extension", "party", "agent", "inquiry", "sitting"),
            *("presence", "agreement", "agreement_term", "signature", "follow_up", "confirmation"),
        ),
        (("mediation_id", "mediation"),),
    ),
    **dict.fromkeys(("opponent", "citation"), (("consultation_id", "consultation"),)),
    "mandate": (("deputy_id", "deputy"),),
    "mediator": (("committee_id", "committee"),),
    "joint_seat": (("joint_day_id", "joint_day"),),
}
"""Parts and where they hang: column and noun, the first that is filled."""

_BY_NOUN: Final = {"attachment": "target_id", "local_value": "target_id", "conflict_check": "for_id"}
"""Parts that name the noun they hang on themselves."""

_CALLED: Final[Mapping[str, str]] = {
    "visit": "number",
    "mediation": "coalesce(nullif(case_no, ''), number)",
    "consultation": "number",
    **dict.fromkeys(("person", "deputy", "user", "station", "committee", "device"), "name"),
    "joint_day": "held_on",
    "sweep": "swept_on",
    "duty": "name_told",
    "print_job": "number",
    "interest": "name",
}
"""By what a record is called beside its noun."""

_MASKED: Final = frozenset({"person", "interest"})


def owner_of(rows: Rows, noun: str, record_id: str) -> Mark:
    """Return the record a page shows this one on; itself where it is a whole, or where the way up is lost."""
    seen = {(noun, record_id)}
    here = (noun, record_id)
    while (up := _parent(rows, *here)) is not None and up not in seen:
        seen.add(up)
        here = up
    return here


def title(rows: Rows, session: Session, owner: Mark, noun: str, field: str) -> str:
    """Return what a clerk calls it: 来访 LF2026-A0288 · 反映问题."""
    what = field_words.field(noun, field) if field else ""
    part = field_words.noun(noun) if owner[0] != noun and noun != "matter" else ""
    return " · ".join(filter(None, (called(rows, session, owner), part, what)))


def called(rows: Rows, session: Session, owner: Mark) -> str:
    """Return the noun and the number or name of a record; names starred for who does not see them whole."""
    noun, record_id = owner
    asked = _CALLED.get(noun)
    found = plain.ask(rows, f"SELECT {asked} FROM {noun} WHERE record_id = ?", (record_id,)) if asked else []  # noqa: S608 - our own names
    name = str(found[0][0] or "") if found else ""
    if name and noun in _MASKED and not session.may("reveal", "person"):
        name = mask_name(name)
    return " ".join(filter(None, (field_words.noun(noun), name)))


def may_see(rows: Rows, session: Session, owner: Mark, noun: str) -> bool:
    """Tell whether whoever is at the desk may read this part of this record."""
    if session.locked or session.password_expired:
        return False
    guard = _GUARDS.get(owner[0])
    if guard is not None:
        return guard(rows, session, owner[1])
    return _has(session, "read", group_of(noun)) and _has(session, "read", group_of(owner[0]))


def may_settle(session: Session, noun: str, field: str, *, whole: bool) -> bool:
    """Tell whether they may choose the value of this field: by the field's group (SEC-04).

    `whole`: the record is one a page shows as a whole; whether it is void needs the right to make it so.
    """
    record = RECORDS.get(noun)
    if record is None or field not in record.by_name:
        return False
    group = group_of(noun) if field.startswith("void") else record.by_name[field].group
    return _has(session, "void" if whole and field.startswith("void") else "write", group)


def require_reveal(rows: Rows, session: Session, owner: Mark) -> None:
    """Let pass who may see a number of this record in clear; of a safe visit its receiver or the head.

    Where nobody has such a right of their own (mediators, declared interests) they are shown to those
    who may write them. Raises AccessProblem.
    """
    group = group_of(owner[0])
    has_own = any(group in verbs.get("reveal", ()) for verbs in rights.RIGHTS.values())
    session.require("reveal" if has_own else "write", group)
    visit = row_reader.get(rows, Visit, owner[1]) if owner[0] == "visit" else None
    if visit is not None and visit_safety.is_safe(visit):
        reader = visit_safety.reader_of(rows, session)
        received = visit_safety.is_receiver(rows, reader, visit)
        session.require("reveal", "safe_visit", is_receiver=received)


def may_write(session: Session, noun: str) -> bool:
    """Tell whether they may change records of this noun."""
    return _has(session, "write", group_of(noun))


def group_of(noun: str) -> str:
    """Return the group whose right a noun follows; "" for one of a newer desk."""
    if noun in rights.GROUPS:
        return noun
    record = RECORDS.get(noun)
    return next(iter(record.fields)).group if record is not None else ""


def _has(session: Session, verb: str, group: str) -> bool:
    return group in rights.GROUPS and session.may(verb, group)


def _parent(rows: Rows, noun: str, record_id: str) -> Mark | None:
    if noun in _BY_NOUN:
        asked = f"SELECT noun, {_BY_NOUN[noun]} FROM {noun} WHERE record_id = ?"  # noqa: S608 - our own names
        found = plain.ask(rows, asked, (record_id,))
        known = found and found[0][0] in RECORDS and found[0][1]
        return (found[0][0], found[0][1]) if known else None
    for column, up in _UP.get(noun, ()):
        found = plain.ask(rows, f"SELECT {column} FROM {noun} WHERE record_id = ?", (record_id,))  # noqa: S608 - our own names
        if found and found[0][0]:
            return up, found[0][0]
    return None


def _visit(rows: Rows, session: Session, record_id: str) -> bool:
    row = row_reader.get(rows, Visit, record_id)
    if row is None or not session.may("read", "visit"):
        return False
    return visit_safety.may_read(rows, visit_safety.reader_of(rows, session), row)


def _case(table: Any, access: Any) -> Callable[[Rows, Session, str], bool]:
    def check(rows: Rows, session: Session, record_id: str) -> bool:
        row = row_reader.get(rows, table, record_id)
        try:
            return row is not None and bool(access.may_read(access.reader_of(session), row))
        except AccessProblem:
            return False

    return check


_GUARDS: Final[Mapping[str, Callable[[Rows, Session, str], bool]]] = {
    "visit": _visit,
    "mediation": _case(Mediation, mediation_access),
    "consultation": _case(Consultation, consultation_access),
}


def who(rows: Rows, user_id: str) -> str:
    """Return the name of a user of this station; somebody else is 县里或其他站的人."""
    if not user_id:
        return ""
    found = plain.ask(rows, "SELECT name FROM user WHERE record_id = ?", (user_id,))
    return str(found[0][0]) if found and found[0][0] else _("县里或别的电脑的用户")
