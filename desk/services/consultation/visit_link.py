"""Between a visit and the consultation that came of it: people and words go over, the outcome comes back.

The words of a consultation stay in its room: what the matter of the visit is told is only how it ended.
"""

from collections.abc import Iterable

from sqlalchemy.orm import Session as Rows

from desk.errors import InputProblem
from desk.models.base import alive
from desk.models.consultation import Citation, Consultation, Opponent
from desk.models.joint_day import JointDay
from desk.models.matter import Matter
from desk.models.mediation import Mediation
from desk.models.rating import Rating
from desk.models.visit import Visit
from desk.rules.consultation_codes import DISPOSITION
from desk.services import conflicts, matter_replies, search_index
from desk.services.consultation import terms
from desk.services.consultation.access import state_of
from desk.services.consultation.rows import citations_of, opponents_of
from desk.services.visit_rows import Act
from desk.services.visit_safety import is_safe
from desk.text import _

_BY_PHONE = ("phone",)
_BY_NETWORK = ("wechat", "message")
_UNTAKEN = ("opened", "appointed")


def carry_over(act: Act, row: Consultation, visit: Visit, matter: Matter) -> None:
    """Fill what a new consultation lacks from its visit: the visitor asks, in their own words.

    What is written on it already stays: a visit finished again only fills the gaps. Of a safe visit it is out
    of its registrar's view like the visit itself.
    """
    row.state = state_of(row)
    row.conflict = row.conflict or "unchecked"
    row.consulted_at = row.consulted_at or visit.finished_at or act.at
    row.registrar_id = "" if is_safe(visit) else row.registrar_id or act.user.id
    row.profile_version = row.profile_version or act.profile.version
    row.joint_day_id = row.joint_day_id or joint_day_id(act.rows, row)
    row.channel = row.channel or _channel(visit)
    row.question = row.question or "\n".join(filter(None, (matter.statement, matter.request)))
    if not row.name_told and not row.identity_refused:
        row.identity_refused = visit.anonymous
        row.name_told = visit.name_told
        row.sex_told = visit.sex_told
        row.phone_told, row.id_no_told = visit.phone_told, visit.id_no_told
        row.address_told, row.person_id = visit.address_told, visit.person_id
    conflicts.file_consultation(act.rows, row, opponents_of(act.rows, row))
    search_index.put(act.rows, "consultation", row.record_id, row.consulted_at, terms.terms(act.rows, row))


def is_referral(linked: Iterable[object], one: object) -> bool:
    """Tell whether a linked record is the mediation that one of these consultations was referred to."""
    return isinstance(one, Mediation) and any(
        isinstance(row, Consultation) and row.mediation_id == one.record_id for row in linked
    )


def joint_day_id(rows: Rows, row: Consultation) -> str:
    """Return the joint reception day this consultation belongs to, "" if none was held on its day."""
    if row.consulted_at is None:
        return ""
    query = alive(JointDay).where(JointDay.held_on == row.consulted_at.date()).limit(1)
    day = rows.scalars(query).first()
    return day.record_id if day is not None else ""


def void_consultation(rows: Rows, row: Consultation, reason: str) -> None:
    """Make a consultation void with what is below it; its number is never given again.

    Raises InputProblem once somebody has begun to answer it, whatever became of its check since, or has sent
    it on: then it is ended where it stands.
    """
    if state_of(row) not in _UNTAKEN or row.answer:
        raise InputProblem(
            _("由这次来访转出的咨询（{number}）已经有人解答或者已经转出，不能改处理方式或者作废。").format(
                number=row.number
            ),
            way_out=_("请到“法律咨询”里办理。"),
            field="outcome",
        )
    take_out(rows, row, reason)


def take_out(rows: Rows, row: Consultation, reason: str) -> None:
    """Make the rows void and take them out of search and check."""
    below: list[Opponent | Citation] = [*opponents_of(rows, row), *citations_of(rows, row)]
    for each in below:
        each.tombstone(reason)
        if isinstance(each, Opponent):
            conflicts.forget(rows, "consultation", each.record_id)
    row.state = "void"
    row.tombstone(reason)
    conflicts.forget(rows, "consultation", row.record_id)
    search_index.drop(rows, "consultation", row.record_id)


def tell(act: Act, row: Consultation, mediation_number: str = "") -> frozenset[str]:
    """Write how the consultation ended onto the matter of its visit as the reply; none of its words.

    The matter is closed unless somebody here goes on with it: an appointment, a mediation. Returns the nouns
    touched; a consultation without a visit has nobody to tell this way.
    """
    matter = act.rows.get(Matter, row.matter_id) if row.matter_id else None
    by = row.adviser_name or act.user.name
    close = row.disposition not in ("appointed", "mediation")
    return matter_replies.tell(act, matter, _outcome(row, mediation_number), by=by, close=close)


def open_again(rows: Rows, row: Consultation) -> frozenset[str]:
    """Open the matter again whose consultation goes on; return the nouns touched."""
    return matter_replies.open_again(rows.get(Matter, row.matter_id) if row.matter_id else None)


def rated(act: Act, row: Consultation, value: str) -> frozenset[str]:
    """Count the client's rating as that of the result of the visit's matter."""
    matter = act.rows.get(Matter, row.matter_id) if row.matter_id else None
    if matter is None or matter.void or not matter.visit_id:
        return frozenset()
    act.rows.add(
        Rating(
            about="result",
            visit_id=matter.visit_id,
            matter_id=matter.record_id,
            value=value,
            asked_at=act.at,
            rated_at=act.at,
        )
    )
    return frozenset({"rating", "visit"})


def _channel(visit: Visit) -> str:
    if visit.kind in _BY_PHONE:
        return "phone"
    return "network" if visit.kind in _BY_NETWORK else "visit"


def _outcome(row: Consultation, mediation_number: str) -> str:
    """Return the words of the reply: where it went, nothing of what was asked or advised."""
    if row.disposition == "mediation":
        return _("法律咨询 {number} 已转人民调解 {case}。").format(number=row.number, case=mediation_number)
    if row.state == "appointed" and row.appointment_at is not None:
        return _("法律咨询 {number} 已解答，另约 {day} 再来。").format(
            number=row.number, day=row.appointment_at.date()
        )
    answered = _("已解答") if row.state == "finished" else _("已办理")
    way = DISPOSITION.get(row.disposition, "")
    return _("法律咨询 {number} {answered}（{way}）。").format(number=row.number, answered=answered, way=way)
