"""联合接待日（信访+法律咨询）: who sits, and who came that day, visits and consultations together."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session as Rows

from desk.errors import InputProblem
from desk.models.base import alive
from desk.models.consultation import Consultation
from desk.models.joint_day import JointDay, JointSeat
from desk.models.matter import Matter
from desk.models.store import Store
from desk.models.visit import Visit
from desk.rules.consultation_codes import CHANNEL
from desk.rules.labels import VISIT_KIND
from desk.rules.masking import mask_name
from desk.rules.three_way import placed
from desk.services import overtaken
from desk.services.consultation.forms import JointDayForm, SeatForm
from desk.services.consultation.values import CameView, JointDayRow, JointDayView, SeatView
from desk.services.outcome import Done
from desk.services.session import Session
from desk.services.visit_list import day_bounds
from desk.services.visit_safety import OPEN_TO_ALL
from desk.text import _

ROLES = {
    "petition": "信访",
    "lawyer": "法律咨询",
    "deputy": "代表",
    "organ": "部门",
    "other": "其他",
}
"""What somebody sits there for."""

_CHANGED = frozenset({"joint_day"})


class JointDays:
    """Plans joint reception days and tells who came; a name is masked, no words of anybody are shown."""

    def __init__(self, store: Store, session: Session) -> None:
        self._store = store
        self._session = session

    def list(self) -> tuple[JointDayRow, ...]:
        """Return all joint days, the newest first. Raises AccessProblem."""
        self._session.require("read", "joint_day")
        with self._store.read() as rows:
            days = rows.scalars(alive(JointDay).order_by(JointDay.held_on.desc())).all()
            return tuple(_row(rows, day) for day in days)

    def get(self, day_id: str) -> JointDayView:
        """Return one joint day with its seats and who came. Raises InputProblem, AccessProblem."""
        self._session.require("read", "joint_day")
        with self._store.read() as rows:
            return _view(rows, _found(rows, day_id))

    def save(
        self, form: JointDayForm, day_id: str = "", base: JointDayForm | None = None
    ) -> Done[JointDayView]:
        """Plan a joint day or correct one that was read as `base`.

        Consultations of that day belong to it from then on. Raises InputProblem: no day, a day taken, no
        name; Overtaken.
        """
        self._session.require("write", "joint_day")
        if form.held_on is None:
            raise InputProblem(_("请选择联合接待的日期。"), field="held_on")
        with self._store.write(self._session.user.id) as rows, rows.no_autoflush:
            day = _found(rows, day_id) if day_id else JointDay()
            if day_id:
                form = overtaken.over(rows, "joint_day", base, form, _form(rows, day))
            taken = alive(JointDay).where(JointDay.held_on == form.held_on, JointDay.record_id != day_id)
            if rows.scalars(taken.limit(1)).first() is not None:
                raise InputProblem(_("这一天已经有联合接待日。"), field="held_on")
            if not day_id:
                rows.add(day)
            day.held_on, day.hours, day.place = form.held_on, form.hours.strip(), form.place.strip()
            day.theme, day.note = form.theme.strip(), form.note.strip()
            _put_seats(rows, day, form.seats)
            _claim(rows, day)
            rows.flush()
            shown = _view(rows, day)
        return Done(shown, _CHANGED)

    def drop(self, day_id: str, reason: str) -> Done[None]:
        """Make a joint day void that was not held. Raises InputProblem without a reason."""
        self._session.require("write", "joint_day")
        if not reason.strip():
            raise InputProblem(_("作废要写明理由。"), field="reason")
        with self._store.write(self._session.user.id) as rows:
            day = _found(rows, day_id)
            for seat in _seats(rows, day):
                seat.tombstone(reason.strip())
            for row in rows.scalars(alive(Consultation).where(Consultation.joint_day_id == day_id)):
                row.joint_day_id = ""
            day.tombstone(reason.strip())
        return Done(None, _CHANGED)


def _found(rows: Rows, day_id: str) -> JointDay:
    day = rows.get(JointDay, day_id)
    if day is None or day.void:
        raise InputProblem(_("没有找到这个联合接待日。"), field="joint_day")
    return day


def _seats(rows: Rows, day: JointDay) -> list[JointSeat]:
    return list(rows.scalars(alive(JointSeat).where(JointSeat.joint_day_id == day.record_id)))


def _put_seats(rows: Rows, day: JointDay, wanted: tuple[SeatForm, ...]) -> None:
    standing = [] if day in rows.new else _seats(rows, day)
    pairs, left = placed(standing, wanted, _told)
    for gone in left:
        gone.tombstone(_("登记更正"))
    for told, known in pairs:
        if not told.name.strip():
            raise InputProblem(_("请填写坐班人员的姓名。"), field="seats")
        if told.role not in ROLES:
            raise ValueError(f"unknown role: {told.role}")
        seat = known or JointSeat(joint_day_id=day.record_id)
        rows.add(seat)
        seat.name, seat.organisation = told.name.strip(), told.organisation.strip()
        seat.post, seat.role = told.post.strip(), told.role
        seat.user_id, seat.came = told.user_id, told.came


def _form(rows: Rows, day: JointDay) -> JointDayForm:
    """Return a joint day as it was typed."""
    seats = tuple(_told(seat) for seat in _seats(rows, day))
    return JointDayForm(day.held_on, day.hours, day.place, day.theme, day.note, seats)


def _told(seat: JointSeat) -> SeatForm:
    return SeatForm(seat.name, seat.organisation, seat.post, seat.role, seat.user_id, seat.came)


def _claim(rows: Rows, day: JointDay) -> None:
    """Let the consultations of that day belong to it, and no others."""
    assert day.held_on is not None, "asked before"
    start, end = day_bounds(day.held_on)
    of_day = alive(Consultation).where(Consultation.consulted_at >= start, Consultation.consulted_at < end)
    for row in rows.scalars(of_day):
        row.joint_day_id = day.record_id
    strangers = alive(Consultation).where(Consultation.joint_day_id == day.record_id)
    for row in rows.scalars(strangers):
        if row.consulted_at is None or not start <= row.consulted_at < end:
            row.joint_day_id = ""


def _row(rows: Rows, day: JointDay) -> JointDayRow:
    visits = consultations = 0
    if day.held_on is not None:
        start, end = day_bounds(day.held_on)
        count = select(func.count())
        visits = (
            rows.scalar(
                count.select_from(Visit).where(
                    Visit.received_at >= start, Visit.received_at < end, Visit.void.is_(False)
                )
            )
            or 0
        )
        consultations = (
            rows.scalar(
                count.select_from(Consultation).where(
                    Consultation.consulted_at >= start,
                    Consultation.consulted_at < end,
                    Consultation.void.is_(False),
                )
            )
            or 0
        )
    return JointDayRow(
        id=day.record_id,
        held_on=day.held_on,
        hours=day.hours,
        place=day.place,
        theme=day.theme,
        seats=len(_seats(rows, day)),
        visits=visits,
        consultations=consultations,
    )


def _view(rows: Rows, day: JointDay) -> JointDayView:
    return JointDayView(
        id=day.record_id,
        held_on=day.held_on,
        hours=day.hours,
        place=day.place,
        theme=day.theme,
        note=day.note,
        seats=tuple(_seat(seat) for seat in _seats(rows, day)),
        came=_came(rows, day),
    )


def _seat(seat: JointSeat) -> SeatView:
    return SeatView(
        id=seat.record_id,
        name=seat.name,
        organisation=seat.organisation,
        post=seat.post,
        role=seat.role,
        role_label=ROLES.get(seat.role, ""),
        user_id=seat.user_id,
        came=seat.came,
    )


def _came(rows: Rows, day: JointDay) -> tuple[CameView, ...]:
    """Return who came in the order they did; safe visits show their number only."""
    if day.held_on is None:
        return ()
    start, end = day_bounds(day.held_on)
    visits = alive(Visit).where(Visit.received_at >= start, Visit.received_at < end)
    consultations = alive(Consultation).where(
        Consultation.consulted_at >= start, Consultation.consulted_at < end
    )
    hidden = _of_safe_visits(rows, consultations)
    found = [
        CameView(
            "visit",
            visit.record_id,
            visit.number,
            visit.received_at,
            _shown(visit.name_told, hidden=visit.anonymous or visit.safety not in OPEN_TO_ALL),
            VISIT_KIND.get(visit.kind, ""),
        )
        for visit in rows.scalars(visits)
    ]
    found += [
        CameView(
            "consultation",
            row.record_id,
            row.number,
            row.consulted_at,
            _shown(row.name_told, hidden=row.identity_refused or row.record_id in hidden),
            CHANNEL.get(row.channel, ""),
        )
        for row in rows.scalars(consultations)
    ]
    return tuple(sorted(found, key=lambda came: (came.at or start, came.number)))


def _of_safe_visits(rows: Rows, consultations: Select[Consultation]) -> frozenset[str]:
    """Return the ids of those consultations that came of a visit not open to all (LZ-11)."""
    of_visit = (
        consultations.join(Matter, Matter.record_id == Consultation.matter_id)
        .join(Visit, Visit.record_id == Matter.visit_id)
        .where(Visit.safety.not_in(OPEN_TO_ALL))
    )
    return frozenset(rows.scalars(of_visit.with_only_columns(Consultation.record_id)))


def _shown(name: str, *, hidden: bool) -> str:
    return _("不愿透露") if hidden else mask_name(name)
