"""A station at work for the journeys: set up through the real services at the cost of tests.

`python -m tests.e2e.station FOLDER` makes one with the keyring of the session it runs in.
"""

import sys
from dataclasses import dataclass, replace
from pathlib import Path

from desk.services import keys, kit
from desk.services.kit import Services
from desk.services.login import FirstStart, Login
from desk.services.opening import Opened
from desk.services.visit_values import VisitForm

ROOT = Path(__file__).resolve().parent.parent.parent
ROSTER = ROOT / "tests/real/代表花名册-示例镇.xlsx"
PASSWORD = "willow-wind-in-june-88"
SETUP = FirstStart(
    station_name="示例镇人大代表联络站",
    station_code="330106-004",
    level="town",
    area="示例镇",
    phone="0571-63301234",
    user_name="周某某",
    password=PASSWORD,
    pin="274159",
    notice_text="本站登记您的姓名和电话，用于办理和回复。",
    backup_folder="",
)


class FileSecrets:
    """A keyring that is a file, for tests that start several processes without a Secret Service."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, store_id: str) -> bytes | None:
        """Return the secret, or None."""
        kept = self._folder / store_id
        return kept.read_bytes() if kept.is_file() else None

    def write(self, store_id: str, secret: bytes) -> None:
        """Keep the secret."""
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / store_id).write_bytes(secret)

    def forget(self, store_id: str) -> None:
        """Remove the secret."""
        (self._folder / store_id).unlink(missing_ok=True)


@dataclass(frozen=True)
class Station:
    """Somebody has signed on."""

    login: Login
    opened: Opened
    services: Services

    @property
    def deputy_id(self) -> str:
        """Who is on duty."""
        return self.services.duty.current()[0].deputy_id


def login(folder: Path, secrets: FileSecrets | None = None) -> Login:
    """Return the door of a data folder; without `secrets` it asks the keyring of the session."""
    return Login(folder, secrets=secrets, cost=keys.FLOOR)


def make(folder: Path, secrets: FileSecrets | None = None) -> Station:
    """Set up a station with the deputies of the real roster, one of them on duty."""
    door = login(folder, secrets)
    opened = door.first_start(SETUP)
    services = kit.build(opened, door)
    services.users.recovery_kept()
    services.roster.apply(services.roster.plan(services.roster.understand(ROSTER)))
    services.duty.start(services.deputies.list()[0].id, vouched=True)
    return Station(door, opened, services)


def enter(folder: Path, secrets: FileSecrets | None = None) -> Station:
    """Sign on as the first user."""
    door = login(folder, secrets)
    opened = door.sign_on(door.state().users[0].id, PASSWORD)
    return Station(door, opened, kit.build(opened, door))


def full_form(station: Station, **changes: object) -> VisitForm:
    """Return a form that may be finished."""
    form = VisitForm(
        name="陈某某",
        subject="小区雨后积水",
        category="urban/排水",
        statement="一下雨楼下就积水。",
        request="尽快疏通。",
        notice_told=True,
        receiver_ids=(station.deputy_id,),
        outcome="answered",
        answer_text="已请社区物业当天疏通。",
    )
    return replace(form, **changes)  # type: ignore[arg-type]  # the fields of a form, whatever they hold


def receive(station: Station, **changes: object) -> str:
    """Receive and finish a visit; return its id."""
    form = full_form(station, **changes)
    visit_id = station.services.visits.open(form).value.id
    station.services.visits.finish(visit_id, form)
    return visit_id


def main() -> None:
    """Make a station with one finished visit of 张三."""
    station = make(Path(sys.argv[1]))
    receive(station, name="张三")
    station.opened.store.close()


if __name__ == "__main__":
    main()
