"""The morning: which steps are played, in order."""

from desk.demo import consulting
from desk.demo.consulting import Consulting
from desk.demo.looking_round import LookingRound
from desk.demo.mediations import Mediations
from desk.demo.one_dispute import OneDispute
from desk.demo.play import Step
from desk.demo.reception import Reception
from desk.demo.setting_up import SettingUp
from desk.demo.stage import Stage


def steps(stage: Stage) -> list[Step]:
    """Return every step in order: the morning's first part, its second, and a look three weeks later."""
    setting_up, dispute, mediations = SettingUp(stage), OneDispute(stage), Mediations(stage)
    advice = Consulting(stage, *consulting.LAWYERS)
    return [
        *(*setting_up.steps(), *mediations.first_steps(), *advice.first_steps()),
        *(*Reception(stage).steps(), *LookingRound(stage).steps()),
        *(*dispute.steps(), *mediations.steps(), *advice.steps()),
        *(*setting_up.last_steps(), *dispute.last_steps(), *mediations.last_steps()),
    ]
