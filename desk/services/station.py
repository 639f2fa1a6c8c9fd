"""The station this desk stands in, and the letter of this PC."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date

from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.errors import AccessProblem, InputProblem, StoreProblem
from desk.models import plain
from desk.models.base import alive
from desk.models.device import Device
from desk.models.own import own
from desk.models.recorder import block_of
from desk.models.station import Station as StationRow
from desk.models.store import Store
from desk.rules.numbers import LETTERS
from desk.rules.numerals import plain_date
from desk.services import audit, overtaken
from desk.services.outcome import Done
from desk.services.session import Session
from desk.text import _


@dataclass(frozen=True)
class Station:
    """What papers, boards and screens say about the station; `device_letter` is this PC's and fixed."""

    name: str = ""
    code: str = ""
    kind: str = ""
    level: str = ""
    area: str = ""
    address: str = ""
    phone: str = ""
    open_hours: str = ""
    parent: str = ""
    notice_version: str = ""
    notice_text: str = ""
    device_letter: str = ""


@dataclass(frozen=True)
class OtherStation:
    """A station whose records a desk of the county holds: its scope, the id of its card, its name.

    changeable: whether its card may be changed from here; an auditor only looks.
    """

    scope: str
    id: str
    name: str
    changeable: bool = True


_OTHERS = "SELECT scope_id, record_id, name FROM station WHERE void = 0 AND scope_id != ? ORDER BY code, name"
_LETTER = "SELECT letter FROM device WHERE record_id = ?"
_STORED = tuple(field.name for field in fields(Station) if field.name != "device_letter")


class Stations:
    """Reads and changes the station of this desk; at a desk of the county, the cards of its stations too."""

    def __init__(self, store: Store, session: Session) -> None:
        self._store = store
        self._session = session

    def others(self) -> tuple[OtherStation, ...]:
        """Return the stations a desk of the county looks at; none at a station's desk."""
        may = self._session.may_there("write", "station")
        with self._store.read() as rows:
            return tuple(replace(each, changeable=may) for each in others(rows))

    def get(self, station_id: str = "") -> Station:
        """Return this desk's station, or one it looks at. Raises StoreProblem if it was never set up."""
        with self._store.read() as rows:
            return current_station(rows, self._store.device_id, station_id)

    def update(self, station: Station, station_id: str = "", base: Station | None = None) -> Done[Station]:
        """Save what changed; a new notice text without a new version gets today's date as one (PI-03).

        `base` is the station as it was read. Raises InputProblem for a missing name, AccessProblem without
        the right, Overtaken.
        """
        self._session.require("write", "station")
        if station_id and not self._session.may_there("write", "station"):
            raise AccessProblem(_("这台电脑只能查看站点的资料"), way_out=_("请联系站点或县里修改"))
        with self._store.write(self._session.user.id) as rows:
            row = _row(rows, station_id)
            standing = current_station(rows, self._store.device_id, station_id)
            station = overtaken.over(rows, "station", base, station, standing)
            if not station.name.strip():
                raise InputProblem(_("请填写站点名称。"), field="name")
            ready = _with_version(station, row)
            changed = [name for name in _STORED if getattr(row, name) != getattr(ready, name)]
            for name in changed:
                setattr(row, name, getattr(ready, name))
            if changed:
                user_id = self._session.user.id
                audit.append(
                    rows,
                    "setting_change",
                    user_id=user_id,
                    noun="station",
                    target_id=row.record_id,
                    fields=",".join(changed),
                )
            value = current_station(rows, self._store.device_id, station_id)
        return Done(value, frozenset({"station"} if changed else ()))


def letter(rows: Rows, device_id: str) -> str:
    """Return the letter of this PC in printed numbers. Raises StoreProblem if the PC has none yet."""
    found = plain.ask(rows, _LETTER, (device_id,))
    if not found or not found[0][0]:
        raise StoreProblem(
            _("本机还没有编号字母，不能给号"), way_out=_("请站长在设置里登记这台电脑。"), field="letter"
        )
    return str(found[0][0])


def next_letter(used: Iterable[str]) -> str:
    """Return a letter for another PC: after the highest ever seen, so that none is given away twice.

    Raises:
        StoreProblem: all are used up.
    """
    highest = max((LETTERS.find(each) for each in used), default=-1)
    if highest + 1 >= len(LETTERS):
        raise StoreProblem(_("电脑字母已经用完"), way_out=_("请联系上级平台换发站点代码。"), field="letter")
    return LETTERS[highest + 1]


def current_notice(rows: Rows) -> str:
    """Return the version of the notice in force at the station, or "" before it is set up."""
    row = rows.scalars(own(rows, StationRow).limit(1)).first()
    return row.notice_version if row is not None else ""


def _with_version(station: Station, row: StationRow) -> Station:
    text_changed = station.notice_text != row.notice_text
    if not text_changed or station.notice_version != row.notice_version:
        return station
    return replace(station, notice_version=dated_version(clock.today()))


def dated_version(day: date) -> str:
    """Return the name of a notice text that was written on a day."""
    return f"{plain_date(day)}版"


def others(rows: Rows) -> tuple[OtherStation, ...]:
    """Return the stations whose records lie beside this desk's own, inside the caller's block."""
    return tuple(OtherStation(*row) for row in plain.ask(rows, _OTHERS, (block_of(rows).identity.scope_id,)))


def names(rows: Rows) -> Mapping[str, str]:
    """Return the names of those stations by their scope: what a list says in its column 站点."""
    return {each.scope: each.name for each in others(rows)}


def _row(rows: Rows, station_id: str = "") -> StationRow:
    query = (
        alive(StationRow).where(StationRow.record_id == station_id) if station_id else own(rows, StationRow)
    )
    row = rows.scalars(query.limit(1)).first()
    if row is None:
        raise StoreProblem(
            _("还没有站点资料"), way_out=_("请先完成首次设置，或从备份恢复。"), field="missing"
        )
    return row


def current_station(rows: Rows, device_id: str, station_id: str = "") -> Station:
    """Return the station inside the caller's block, with the letter of a PC. Raises StoreProblem."""
    row = _row(rows, station_id)
    device = rows.get(Device, device_id)
    stored = {name: getattr(row, name) for name in _STORED}
    return Station(**stored, device_letter=device.letter if device else "")
