"""The sums over cases: the figures of a period (§3.8), and the yearly list of 以案定补."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, literal_column, select
from sqlalchemy.orm import Session as Rows

from desk.errors import InputProblem
from desk.models.committee import Committee, Mediator
from desk.models.mediation import CaseMediator, Mediation
from desk.models.party import Party
from desk.rules import dispute_codes as codes
from desk.rules import mediation_rules, mediation_statistics
from desk.rules.agreement_money import figures as money
from desk.rules.agreement_money import in_ten_thousands
from desk.rules.dossier_grade import GRADE, Graded, is_own_grade, subsidy_lines, sums_by_mediator
from desk.rules.masking import mask_phone
from desk.rules.mediation_statistics import Figures
from desk.services.mediation import case_terms
from desk.services.mediation.case_desk import CaseDesk
from desk.services.mediation.facts import Period, case_facts, sweep_facts
from desk.services.mediation.statistics_values import (
    PeriodStatistics,
    StatisticLine,
    SubsidyList,
    SubsidyRow,
)
from desk.services.pdf.decode import Told
from desk.services.pdf.ledger_values import Rate, shown
from desk.text import _

_TABLES: Final = {
    "committee": ("committees", codes.COMMITTEE_KIND),
    "source": ("sources", codes.SOURCE),
    "type": ("types", codes.DISPUTE_TYPE),
    "parent_type": ("parent_types", codes.PARENT_TYPE),
    "form": ("forms", codes.AGREEMENT_FORM),
    "performance": ("performance", codes.PERFORMANCE),
    "confirmation": ("confirmation", codes.CONFIRMATION),
}


class CaseStatistics:
    """Adds cases up; what it returns names nobody."""

    def __init__(self, desk: CaseDesk) -> None:
        self._desk = desk

    def period(self, day_from: date, day_to: date, committee_id: str = "") -> PeriodStatistics:
        """Return the figures of the cases accepted in a period, both days included (§3.8).

        Raises InputProblem for days the wrong way round, AccessProblem without the right to cases or
        statistics.
        """
        return next(iter(self.periods([Period(day_from, day_to, committee_id)])))

    def periods(self, wanted: Sequence[Period], told: Told | None = None) -> tuple[PeriodStatistics, ...]:
        """Return the figures of several periods, or committees, as of one moment: the parts add up.

        `told(done, of)` hears how far it is and may call the work off by raising. Raises as `period`.
        """
        if not self._desk.session.may("read", "mediation"):
            self._desk.session.require("read", "statistics")
        if any(period.day_to < period.day_from for period in wanted):
            raise InputProblem(_("结束日期早于开始日期，请核对。"), field="day_to")
        found = []
        with self._desk.store.read() as rows:
            for place, period in enumerate(wanted, 1):
                folded = mediation_statistics.figures(case_facts(rows, period), sweep_facts(rows, period))
                days = (period.day_from, period.day_to)
                found.append(PeriodStatistics(*days, folded, tuple(_lines(folded))))
                if told is not None:
                    told(place, len(wanted))
        return tuple(found)

    def subsidies(self, year: int, committee_id: str = "") -> SubsidyList:
        """Return what the dossiers first archived in a year earn their mediators, by grade and difficulty.

        One that was opened again and filed anew stays in the year it was first filed in: it is paid once. A
        dossier without a grade is listed and earns nothing yet. Raises AccessProblem.
        """
        self._desk.session.require("read", "mediation")
        profile = self._desk.profiles.current()
        with self._desk.store.read() as rows:
            filed = _filed(rows, year, committee_id)
            names = _names(rows, filed)
        lines = subsidy_lines(map(_graded, filed), mediation_rules.subsidy_rates(profile, date(year, 12, 31)))
        shown = tuple(_row(each, line.fen) for each, line in zip(filed, lines, strict=True))
        total = sum(line.fen for line in lines)
        sums = tuple(replace(each, mediator=names[each.mediator]) for each in sums_by_mediator(lines))
        return SubsidyList(year, shown, sums, total, money(total))


def _lines(folded: Figures) -> Iterator[StatisticLine]:
    totals = (
        ("cases", _("调解案件总数"), folded.cases),
        *((code, label, folded.results[code]) for code, label in codes.RESULT.items()),
        ("hard", _("疑难复杂案件"), folded.hard),
        ("not_accepted", _("登记未受理"), folded.not_accepted),
    )
    for code, label, count in totals:
        yield StatisticLine("total", code, label, count, _("{n} 件").format(n=count))
    people = _("{n} 人").format(n=folded.people)
    yield StatisticLine("total", "people", _("涉及当事人数"), folded.people, people)
    solved = folded.results["success"]
    rate = shown(Rate(solved, solved + folded.results["failed"])).replace("\n", "　")
    yield StatisticLine("total", "success_rate", _("调解成功率"), solved, rate)
    words = _("{n} 万元").format(n=in_ten_thousands(folded.fen))
    yield StatisticLine("total", "fen", _("协议涉及金额"), folded.fen, words)
    for group, (name, table) in _TABLES.items():
        counted = getattr(folded, name)
        for code, label in table.items():
            yield StatisticLine(group, code, label, counted[code], _("{n} 件").format(n=counted[code]))
    for code, kept in folded.kept.items():
        words = _("{cases} 件 {people} 人").format(cases=kept.cases, people=kept.people)
        yield StatisticLine("kept", code, codes.PREVENTED[code], kept.cases, words)
    swept = (
        ("sweeps", _("排查次数"), folded.sweeps),
        ("found", _("发现纠纷"), folded.found),
        ("prevented", _("预防纠纷"), folded.prevented),
    )
    for code, label, count in swept:
        yield StatisticLine("sweep", code, label, count, str(count))


@dataclass(frozen=True)
class _Filed:
    """One archived dossier: its columns, its mediators, and its parties where it has no title of its own.

    `mediators` are (key, name): the key is their record's id, or the name of somebody who has none.
    """

    case: Row[*tuple[Any, ...]]
    mediators: Sequence[tuple[str, str]]
    parties: Sequence[Row[*tuple[Any, ...]]]


def _filed(rows: Rows, year: int, committee_id: str) -> list[_Filed]:
    """Return the dossiers first archived in a year, by day and number: three queries, however many."""
    wanted = [
        Mediation.state == "archived",
        Mediation.void.is_(False),
        Mediation.first_archived_on >= date(year, 1, 1),
        Mediation.first_archived_on <= date(year, 12, 31),
    ]
    if committee_id:
        wanted.append(Mediation.committee_id == committee_id)
    cases = select(
        *(Mediation.record_id, Mediation.case_no, Mediation.title, Mediation.dispute_type),
        *(Mediation.difficulty, Mediation.grade, Mediation.graded_by, Mediation.first_archived_on),
    ).where(*wanted)
    mediators: dict[str, list[tuple[str, str]]] = {}
    columns = (CaseMediator.mediation_id, CaseMediator.mediator_id, CaseMediator.name)
    seated = select(*columns).where(CaseMediator.role == "mediator")
    for case_id, mediator_id, name in rows.execute(_below(seated, CaseMediator, wanted)):
        mediators.setdefault(case_id, []).append((mediator_id or name, name))
    parties: dict[str, list[Row[*tuple[Any, ...]]]] = {}
    named = select(Party.mediation_id, Party.side, Party.name)
    for party in rows.execute(_below(named, Party, [*wanted, Mediation.title == ""])):
        parties.setdefault(party.mediation_id, []).append(party)
    return [
        _Filed(case, mediators.get(case.record_id, ()), parties.get(case.record_id, ()))
        for case in rows.execute(cases.order_by(Mediation.first_archived_on, Mediation.case_no))
    ]


def _below(query: Any, table: Any, wanted: Sequence[ColumnElement[bool]]) -> Any:
    """Narrow a query to what belongs to the cases wanted, in the order it was written down."""
    joined = query.join(Mediation, Mediation.record_id == table.mediation_id)
    order = (table.n,) if hasattr(table, "n") else ()
    place: Any = literal_column(f"{table.__tablename__}.rowid")
    return joined.where(table.void.is_(False), *wanted).order_by(*order, place)


def _graded(each: _Filed) -> Graded:
    keys = tuple(key for key, _name in each.mediators)
    return Graded(each.case.case_no, each.case.difficulty, each.case.grade, keys)


def _names(rows: Rows, filed: Sequence[_Filed]) -> dict[str, str]:
    """Return what each mediator is called in the sums: two of one name with committee and telephone."""
    names = dict(pair for each in filed for pair in each.mediators)
    met = Counter(names.values())
    alike = [key for key, name in names.items() if met[name] > 1]
    query = (
        select(Mediator.record_id, Committee.name, Mediator.phone)
        .join(Committee, Committee.record_id == Mediator.committee_id)
        .where(Mediator.record_id.in_(alike))
    )
    for key, committee, phone in rows.execute(query) if alike else ():
        told = "，".join(filter(None, (committee, mask_phone(phone))))
        names[key] = _("{name}（{told}）").format(name=names[key], told=told)
    return names


def _row(each: _Filed, fen: int) -> SubsidyRow:
    case = each.case
    label = GRADE.get(case.grade, _("未评"))
    own = is_own_grade(case.graded_by, (name for _key, name in each.mediators))
    return SubsidyRow(
        case_id=case.record_id,
        case_no=case.case_no,
        title=case_terms.title(case, each.parties),
        mediators_text="、".join(name for _key, name in each.mediators),
        archived_on=case.first_archived_on,
        difficulty_label=codes.DIFFICULTY.get(case.difficulty, ""),
        grade=case.grade,
        grade_label=_("{grade}（自评）").format(grade=label) if own else label,
        own_grade=own,
        fen=fen,
    )
