"""Which papers of a mediation are due to be printed now (F-01…F-13): one key prints them all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from desk.rules.agreement import copies
from desk.rules.dossier import PAPER
from desk.rules.mediation_states import OPEN_TO_REGISTRAR

_ENDED: Final = frozenset({"performed", "followed_up", "refused", "terminated", "referred_out", "rejected"})

_FAILED: Final = frozenset({"refused", "terminated"})


@dataclass(frozen=True)
class Stage:
    """How far a case has come, as far as its papers look at it.

    `form` is that of the agreement drafted or made, "" while there is none; `simple` whether it is the small
    oral case of one page; the numbers count parties, agents, investigations, sessions and follow-ups.
    `confirmation`: the court was asked; `may_confirm`: it may be, and there is something to be kept yet.
    """

    state: str
    source: str = "application"
    form: str = ""
    simple: bool = False
    parties: int = 2
    agents: int = 0
    investigations: int = 0
    sessions: int = 0
    follow_ups: int = 0
    confirmation: bool = False
    may_confirm: bool = False
    accepted: bool = False


@dataclass(frozen=True)
class DuePaper:
    """One form to print: its code, words, how many sheets of it (sessions…) and copies of each."""

    code: str
    label: str
    count: int
    copies: int


def papers_due(stage: Stage, printed: Mapping[str, int]) -> tuple[DuePaper, ...]:
    """Return what should be printed now and is not yet, in the order of the forms.

    A visit is written down and then printed (F-09); both sides sign the application before the court is asked
    (F-10, MED-16), so it comes with the agreement; the closing report comes when the case is over (F-11).
    `printed` counts for each form how many of its sheets were printed; a third session asks for a third F-06.
    """
    wanted = _wanted(stage)
    return tuple(
        DuePaper(code, label, wanted[code] - printed.get(code, 0), _copies(code, stage))
        for code, label in PAPER.items()
        if wanted.get(code, 0) > printed.get(code, 0)
    )


def _wanted(stage: Stage) -> dict[str, int]:
    small = stage.simple and stage.form == "oral"
    agreed = stage.state not in {*OPEN_TO_REGISTRAR, "refused", "terminated", "referred_out"}
    return {
        "F-01": int(stage.source == "application" and not small),
        "F-02": int(stage.accepted),
        "F-03": int(stage.accepted and not small) * stage.parties,
        "F-04": stage.agents,
        "F-05": stage.investigations,
        "F-06": 0 if small else stage.sessions,
        "F-07": int(stage.form == "written" and agreed),
        "F-08": int(stage.form == "oral" and agreed),
        "F-09": stage.follow_ups,
        # The application, and the committee's proof that goes with it (SQ-03).
        "F-10": 2 * int(stage.confirmation or stage.may_confirm),
        "F-11": int(stage.accepted and stage.state in _ENDED),
        # To the parties the notice of the end; to the organ in charge the letter that hands the case on.
        "F-12": int(stage.state == "referred_out" or (stage.accepted and stage.state in _FAILED)),
        "F-13": int(stage.state in _ENDED),
    }


def _copies(code: str, stage: Stage) -> int:
    """Return one for the file, and one more a party of what each of them gets (MED-08, MED-12)."""
    return copies(stage.parties) if code in {"F-07", "F-12"} else 1
