"""All services of 矛盾调解 in one frozen bundle."""

from dataclasses import dataclass

from desk.services.mediation.case_desk import CaseDesk
from desk.services.mediation.cases import Cases


@dataclass(frozen=True)
class Mediations:
    """What can be done with disputes, by noun."""

    cases: Cases


def mediations(desk: CaseDesk) -> Mediations:
    """Build the services over one desk."""
    return Mediations(cases=Cases(desk))
