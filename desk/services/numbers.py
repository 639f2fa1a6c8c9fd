"""Numbers given inside the caller's write block, after the computer's clock was found plausible.

A printed number runs per kind, PC and year and is spent once; the number said over the phone is drawn at
random and is one of its kind in the store.
"""

from datetime import date, datetime
from functools import lru_cache
from typing import Final, Literal

from sqlalchemy import select, update
from sqlalchemy.orm import Session as Rows

from desk import clock, ids
from desk.errors import ClockProblem
from desk.models import plain
from desk.models.local import Pad
from desk.models.meta import ROW, Meta
from desk.models.receipt import Receipt
from desk.models.store import Store
from desk.models.visit import Visit
from desk.rules import clock_check
from desk.rules.numbers import SPOKEN_RANDOM, Number, NumberPattern, new_spoken
from desk.services import audit, station
from desk.services.outcome import Done
from desk.services.profiles import Profiles
from desk.services.session import Session
from desk.text import _
from desk.wire.codecs import instant_text

BUILT_ON: Final = date(2026, 11, 1)
"""The release's date: a clock that shows an earlier day is wrong."""

_CHECKED = "clock_checked"
# Plain words: these are in the way of every reception and every finished visit.
_LAST_SEEN = "SELECT last_seen_time FROM meta"
_SEEN = "UPDATE meta SET last_seen_time = ?"
_TAKE_NUMBER = (
    "INSERT INTO number_counter (kind, letter, year, last) VALUES (?, ?, ?, 1)"
    " ON CONFLICT (kind, letter, year) DO UPDATE SET last = last + 1 RETURNING last"
)

Kind = Literal["visit", "proposal", "mediation", "consultation"]
_HELD: Final = {
    "visit": "SELECT 1 FROM visit WHERE number = ? LIMIT 1",
    "proposal": "SELECT 1 FROM proposal WHERE number = ? LIMIT 1",
    "mediation": "SELECT 1 FROM mediation WHERE number = ? LIMIT 1",
    "consultation": "SELECT 1 FROM consultation WHERE number = ? LIMIT 1",
}


class Numbers:
    """Gives numbers and watches the clock they are made with."""

    def __init__(self, store: Store, session: Session, profiles: Profiles) -> None:
        self._store = store
        self._session = session
        self._profiles = profiles
        self._confirmed_on: date | None = None

    def next(self, rows: Rows, kind: Kind) -> str:
        """Spend the next number of a kind: this PC's letter, the local day's year, the profile's pattern.

        Raises ClockProblem for an implausible clock, StoreProblem if this PC has no letter.
        """
        now = self.check_clock(rows)
        pattern = _pattern(self._profiles.current().text(f"number.{kind}", now.date()))
        letter = station.letter(rows, self._store.device_id)
        while True:
            n: int = plain.write(rows, _TAKE_NUMBER, (kind, letter, now.year))[0][0]
            text = pattern.format(Number(now.year, n, letter))
            # A store that came back from a backup may have forgotten numbers it has since pulled.
            if not _exists(rows, kind, text):
                return text

    def spoken(self, rows: Rows) -> str:
        """Draw a spoken number that no visit, receipt or blank form of this store has."""
        while True:
            drawn = new_spoken(ids.random_bytes(SPOKEN_RANDOM))
            columns = (Visit.spoken, Receipt.spoken, Pad.spoken)
            if not any(rows.scalar(select(column).where(column == drawn).limit(1)) for column in columns):
                return drawn

    def check_clock(self, rows: Rows) -> datetime:
        """Return now, remembered as the last time seen, before a number or a deadline is made with it.

        Once in a block is enough. Raises ClockProblem if it must be confirmed first (`confirm_clock`).
        """
        known: datetime | None = rows.info.get(_CHECKED)
        if known is not None:
            return known
        now = clock.now()
        profile, day = self._profiles.current(), now.date()
        limits = clock_check.ClockLimits(
            profile.number("clock.max_back", day), profile.number("clock.max_ahead", day)
        )
        seen: str | None = plain.ask(rows, _LAST_SEEN)[0][0]
        last = datetime.fromisoformat(seen) if seen else None
        built_on = min(BUILT_ON, self._confirmed_on or BUILT_ON)
        doubt = clock_check.doubt(now, last=last, built_on=built_on, limits=limits)
        if doubt is not None:
            raise ClockProblem(
                doubt.sentence, way_out=_("时间不对请先改正；时间没错，请确认后继续。"), field=doubt.kind
            )
        if last is None or now > last:
            plain.write(rows, _SEEN, (instant_text(now),))
        rows.info[_CHECKED] = now
        return now

    def confirm_clock(self) -> Done[None]:
        """Take the user's word that the computer's time is right until the program ends; written down."""
        now = clock.now()
        with self._store.write(self._session.user.id) as rows:
            rows.execute(update(Meta).where(Meta.row == ROW).values(last_seen_time=now))
            audit.append(rows, "clock_confirm", user_id=self._session.user.id)
        self._confirmed_on = now.date()
        return Done(None)


@lru_cache(maxsize=16)
def _pattern(text: str) -> NumberPattern:
    return NumberPattern(text)


def _exists(rows: Rows, kind: Kind, number: str) -> bool:
    return bool(plain.ask(rows, _HELD[kind], (number,)))
