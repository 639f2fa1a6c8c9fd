"""Saves a store of the present version, to be opened by every later one: `python -m tests.old.save`.

Run it once for each release, before its number is raised. It keeps a data folder as it lies on the disk: the
encrypted file and the slot file, opened with the password of `tests.e2e.station`.
"""

from datetime import date
from pathlib import Path

from desk import __version__
from desk.services.seed import case_run
from desk.services.seed.case_run import CasePlan
from tests.e2e import station
from tests.sign_on import MemorySecrets

HERE = Path(__file__).parent
CASES = 12


def save(folder: Path) -> None:
    """Make a station with the deputies of the town, three finished visits and one half-written, two more that
    ended in a mediation and a consultation, and cases in every state.
    """
    door = station.Login(folder, secrets=MemorySecrets(works=False), cost=station.keys.FLOOR)
    opened = door.first_start(station.SETUP)
    services = station.kit.build(opened, door)
    services.roster.apply(services.roster.plan(services.roster.understand(station.ROSTER)))
    services.duty.start(services.deputies.list()[0].id, vouched=True)
    made = station.Station(door, opened, services)
    for name, outcome in (("王𬱖某", "answered"), ("欧阳某", "proposed"), ("买买提·某", "triage")):
        station.receive(made, name=name, outcome=outcome, level="town" if outcome == "proposed" else "")
    services.visits.open(station.full_form(made, name="陈某某", subject="路灯不亮"))
    for name, outcome in (("赵某某", "mediation"), ("孙某某", "consultation")):
        station.receive(made, name=name, outcome=outcome)
    profile = services.profiles.current()
    case_run.fill(opened.store, opened.session.user.id, profile, CasePlan(CASES, 7, date(2026, 11, 22)))
    opened.store.close()


if __name__ == "__main__":
    save(HERE / __version__)
