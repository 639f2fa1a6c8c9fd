"""Who is on duty (上岗): deputies come by PIN or because the clerk vouches for them, several at once."""

from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session as Rows

from desk import clock, errors
from desk.models.deputy import Deputy
from desk.models.duty import Duty
from desk.models.own import own
from desk.models.store import Store
from desk.services import audit
from desk.services.deputies import levels_of
from desk.services.deputy_form import ACTIVE
from desk.services.outcome import Done
from desk.services.pins import Pins
from desk.services.session import Session
from desk.text import _

_CHANGED = frozenset({"duty"})


@dataclass(frozen=True)
class OnDuty:
    """A deputy at the desk since `since`."""

    duty_id: str
    deputy_id: str
    name: str
    levels_text: str
    since: datetime


class Duties:
    """Begins and ends duty. A duty belongs to its day: one that nobody ended closes at midnight, marked."""

    def __init__(self, store: Store, session: Session, pins: Pins) -> None:
        self._store = store
        self._session = session
        self._pins = pins

    def current(self) -> tuple[OnDuty, ...]:
        """Return who is on duty today, in the order they came."""
        with self._store.read() as rows:
            return tuple(_shown(rows, duty) for duty in _open(rows) if not _is_forgotten(duty))

    def start(self, deputy_id: str, *, pin: str = "", vouched: bool = False) -> Done[OnDuty]:
        """Bring a deputy on duty by the deputy's own PIN, or `vouched` for by whoever is signed on.

        A deputy who is on duty already stays so and nothing changes.

        Raises:
            AccessProblem: wrong PIN, none set on this PC, or the signed-on user may not vouch.
            InputProblem: there is no such deputy in office.
        """
        self._session.require("write", "duty")
        if vouched:
            # Only who keeps the roster may answer for somebody else's presence.
            if not self._session.may("write", "roster"):
                raise errors.AccessProblem(
                    _("您的角色不能替代表办理上岗"),
                    way_out=_("请代表本人到“代表值班”（F7）用 PIN 上岗，或请工作人员办理"),
                )
        else:
            self._pins.check(deputy_id, pin)
        user_id = self._session.user.id
        with self._store.write(user_id) as rows:
            _close_forgotten(rows, user_id)
            deputy = rows.get(Deputy, deputy_id)
            if deputy is None or deputy.void or deputy.state != ACTIVE:
                raise errors.InputProblem(_("这位代表不在任，不能上岗。"), way_out=_("请核对代表名册。"))
            there = next((duty for duty in _open(rows) if duty.deputy_id == deputy_id), None)
            duty = there or Duty(
                deputy_id=deputy_id,
                name_told=deputy.name,
                started_at=clock.now(),
                vouched_by=user_id if vouched else "",
                by_pin=not vouched,
            )
            rows.add(duty)
            rows.flush()
            return Done(_shown(rows, duty), frozenset() if there else _CHANGED)

    def end(self, duty_id: str) -> Done[None]:
        """End a duty now; one that has ended already stays as it is."""
        self._session.require("write", "duty")
        with self._store.write(self._session.user.id) as rows:
            duty = rows.get(Duty, duty_id)
            if duty is None or duty.void or duty.ended_at is not None:
                return Done(None)
            duty.ended_at = clock.now()
        return Done(None, _CHANGED)

    def close_forgotten(self) -> Done[int]:
        """End the duties of earlier days at the last second of their day, and mark each in the audit.

        Call it when the desk opens and when the day changes. Returns how many there were.
        """
        user_id = self._session.user.id
        with self._store.write(user_id) as rows:
            count = _close_forgotten(rows, user_id)
        return Done(count, _CHANGED if count else frozenset())

    def set_pin(self, deputy_id: str, pin: str) -> Done[None]:
        """Set a deputy's six-digit PIN on this PC; raises InputProblem for one too simple."""
        self._session.require("write", "roster")
        user_id = self._session.user.id
        with self._store.write(user_id) as rows:
            self._pins.set(rows, deputy_id, pin)
            audit.append(rows, "pin_set", user_id=user_id, noun="deputy", target_id=deputy_id)
        return Done(None)

    def has_pin(self, deputy_id: str) -> bool:
        """Say whether a deputy has a PIN on this PC."""
        return self._pins.has(deputy_id)


def _open(rows: Rows) -> list[Duty]:
    query = own(rows, Duty).where(Duty.ended_at.is_(None)).order_by(Duty.started_at, Duty.record_id)
    return list(rows.scalars(query))


def _is_forgotten(duty: Duty) -> bool:
    return duty.started_at is None or duty.started_at.astimezone(clock.now().tzinfo).date() < clock.today()


def _close_forgotten(rows: Rows, user_id: str) -> int:
    forgotten = [duty for duty in _open(rows) if _is_forgotten(duty)]
    for duty in forgotten:
        started = duty.started_at or clock.now()
        # The last second of the day is the mark: nobody is on duty then.
        duty.ended_at = datetime.combine(started.date(), time(23, 59, 59), started.tzinfo)
        audit.append(
            rows, "duty_forgotten", user_id=user_id, noun="duty", target_id=duty.record_id, fields="ended_at"
        )
    return len(forgotten)


def _shown(rows: Rows, duty: Duty) -> OnDuty:
    deputy = rows.scalars(select(Deputy).where(Deputy.record_id == duty.deputy_id)).first()
    return OnDuty(
        duty_id=duty.record_id,
        deputy_id=duty.deputy_id,
        name=duty.name_told,
        levels_text=levels_of(rows, deputy) if deputy else "",
        since=duty.started_at or clock.now(),
    )
