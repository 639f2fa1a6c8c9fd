"""The morning: which steps are played, and what is read back afterwards."""

from desk.demo.play import Step
from desk.demo.record import Record
from desk.demo.setting_up import SettingUp
from desk.demo.stage import Stage


def steps(stage: Stage) -> list[Step]:
    """Return every step in order."""
    return [*SettingUp(stage).steps()]


def read_back(record: Record) -> None:
    """Read the finished papers and the store."""
