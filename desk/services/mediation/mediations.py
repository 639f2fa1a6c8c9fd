"""All services of 矛盾调解 in one frozen bundle."""

from dataclasses import dataclass

from desk.services.mediation.aftercare import Aftercare
from desk.services.mediation.agreements import Agreements
from desk.services.mediation.blank_forms import BlankCaseForms
from desk.services.mediation.case_desk import CaseDesk
from desk.services.mediation.cases import Cases
from desk.services.mediation.endings import Endings
from desk.services.mediation.ledgers import CaseLedgers
from desk.services.mediation.mediator_check import MediatorChecks
from desk.services.mediation.proceedings import Proceedings
from desk.services.mediation.statistics import CaseStatistics
from desk.services.mediation.steps import Steps
from desk.services.mediation.sweeps import Sweeps


@dataclass(frozen=True)
class Mediations:
    """What can be done with disputes, by noun."""

    cases: Cases
    steps: Steps
    proceedings: Proceedings
    agreements: Agreements
    aftercare: Aftercare
    endings: Endings
    statistics: CaseStatistics
    sweeps: Sweeps
    ledgers: CaseLedgers
    blank_forms: BlankCaseForms
    checks: MediatorChecks


def mediations(desk: CaseDesk) -> Mediations:
    """Build the services over one desk."""
    statistics, sweeps = CaseStatistics(desk), Sweeps(desk)
    return Mediations(
        cases=Cases(desk),
        steps=Steps(desk),
        proceedings=Proceedings(desk),
        agreements=Agreements(desk),
        aftercare=Aftercare(desk),
        endings=Endings(desk),
        statistics=statistics,
        sweeps=sweeps,
        ledgers=CaseLedgers(desk, statistics, sweeps),
        blank_forms=BlankCaseForms(desk),
        checks=MediatorChecks(desk),
    )
