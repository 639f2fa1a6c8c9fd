"""Frozen values of the sums over cases: statistics of a period, the yearly 以案定补 list, 排查."""

from dataclasses import dataclass
from datetime import date

from desk.rules.dossier_grade import MediatorSum
from desk.rules.mediation_statistics import Figures


@dataclass(frozen=True)
class StatisticLine:
    """One figure of the statistics: its group, code and label, the value and how it is shown.

    Groups: total, committee, source, type, form, performance, confirmation, kept, sweep.
    """

    group: str
    code: str
    label: str
    value: int
    text: str


@dataclass(frozen=True)
class PeriodStatistics:
    """The sums of §3.8 over a period, both days included: as the rule folds them, and line by line."""

    day_from: date
    day_to: date
    figures: Figures
    lines: tuple[StatisticLine, ...]


@dataclass(frozen=True)
class SubsidyRow:
    """One dossier of 以案定补: the case, its difficulty, its grade and what the profile pays, in fen.

    `own_grade`: one of its mediators gave it, which its label says too.
    """

    case_id: str
    case_no: str
    title: str
    mediators_text: str
    archived_on: date | None
    difficulty_label: str
    grade: str
    grade_label: str
    fen: int
    own_grade: bool = False


@dataclass(frozen=True)
class SubsidyList:
    """The yearly list of 以案定补: dossiers in the order of their archive, sums by mediator, the total.

    Sums are by person, not by name: two who share one are told apart in words.
    """

    year: int
    rows: tuple[SubsidyRow, ...]
    sums: tuple[MediatorSum, ...]
    total_fen: int
    total_text: str


@dataclass(frozen=True)
class SweepRow:
    """排查 as shown."""

    id: str
    committee_id: str
    committee_name: str
    swept_on: date | None
    place: str
    found: int
    prevented: int
    handled: int
    by_names: str
    note: str
