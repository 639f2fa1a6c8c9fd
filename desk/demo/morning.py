"""The morning: which steps are played, and what is read back afterwards."""

from desk.demo import folder, reading_back, setting_up
from desk.demo.looking_round import LookingRound
from desk.demo.play import Step
from desk.demo.reception import Reception
from desk.demo.record import Record
from desk.demo.setting_up import SettingUp
from desk.demo.stage import Stage


def steps(stage: Stage) -> list[Step]:
    """Return every step in order."""
    return [*SettingUp(stage).steps(), *Reception(stage).steps(), *LookingRound(stage).steps()]


def read_back(record: Record) -> None:
    """Read the finished papers and, signed on anew, the store. Raises DemoProblem if anything is missing."""
    from desk.services import kit
    from desk.services.login import Login

    reading_back.read_papers(record)
    login = Login(record.out / folder.DATA)
    opened = login.sign_on(login.state().users[0].id, setting_up.PASSWORD)
    try:
        reading_back.read_visits(record, kit.build(opened, login))
    finally:
        opened.store.close()
