"""The morning: which steps are played, in order."""

from desk.demo.looking_round import LookingRound
from desk.demo.play import Step
from desk.demo.reception import Reception
from desk.demo.setting_up import SettingUp
from desk.demo.stage import Stage


def steps(stage: Stage) -> list[Step]:
    """Return every step in order."""
    return [*SettingUp(stage).steps(), *Reception(stage).steps(), *LookingRound(stage).steps()]
