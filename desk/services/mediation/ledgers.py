"""The ledgers of mediation, printed or as workbooks: statistics of a period, 以案定补 and 排查 of a year."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from sqlalchemy import select

from desk import clock
from desk.models.base import alive
from desk.models.committee import Committee
from desk.models.own import own
from desk.models.station import Station
from desk.rules.statistic_spans import Span, spans
from desk.services import audit, ledger_workbook
from desk.services.mediation import statistics_ledger, yearly_ledgers
from desk.services.mediation.case_desk import CaseDesk
from desk.services.mediation.facts import Period
from desk.services.mediation.statistics import CaseStatistics
from desk.services.mediation.statistics_ledger import Reported
from desk.services.mediation.sweeps import Sweeps
from desk.services.papers import Paper
from desk.services.pdf import faces, ledger_sheet, render
from desk.services.pdf.decode import Told
from desk.services.pdf.ledger_values import LedgerSheet
from desk.text import _

Ledger = Literal["case_statistics", "subsidies", "sweeps"]

_GROUP: Final = "statistics"


@dataclass(frozen=True)
class LedgerAsk:
    """Which ledger of which days, both included, and of which committee ("": all).

    The yearly ledgers are of the year of `first`; 排查 is always of all committees.
    """

    ledger: Ledger
    first: date
    last: date
    committee_id: str = ""

    @property
    def target(self) -> str:
        """What the print ledger and the audit chain call it by."""
        return f"{self.days}/{self.committee_id}" if self.committee_id else self.days

    @property
    def days(self) -> str:
        """The first and the last day, or the year of a yearly ledger."""
        return f"{self.first}/{self.last}" if self.ledger == "case_statistics" else str(self.first.year)


class CaseLedgers:
    """Makes them for whoever may print or export statistics."""

    def __init__(self, desk: CaseDesk, statistics: CaseStatistics, sweeps: Sweeps) -> None:
        """Use the services that count."""
        self._desk = desk
        self._statistics = statistics
        self._sweeps = sweeps

    def paper(self, ask: LedgerAsk, told: Told | None = None) -> Paper:
        """Return a ledger on the official sheet. `told(done, of)` hears how far the counting is.

        Raises AccessProblem without the right to print statistics or to read what is counted, InputProblem
        for days the wrong way round, PaperProblem when a character has no glyph.
        """
        self._desk.session.require("print", _GROUP)
        sheet = self._sheet(ask, told)
        profile, today = self._desk.profiles.current(), clock.today()
        pdf = ledger_sheet.draw(sheet, today, faces.of_profile(profile, today))
        return Paper(ask.ledger, sheet.title, pdf, render.page_count(pdf), ask.target)

    def workbook(self, ask: LedgerAsk, told: Told | None = None) -> bytes:
        """Return the same ledger as XLSX; the export is written down (SEC-05). Raises as `paper`."""
        self._desk.session.require("export", _GROUP)
        sheet = self._sheet(ask, told)
        user_id = self._desk.session.user.id
        with self._desk.store.write(user_id) as rows:
            audit.append(rows, "export", user_id=user_id, noun=ask.ledger, target_id=ask.target)
        return ledger_workbook.write(sheet)

    def _sheet(self, ask: LedgerAsk, told: Told | None) -> LedgerSheet:
        who = self._who(ask.committee_id if ask.ledger != "sweeps" else "")
        if ask.ledger == "subsidies":
            return yearly_ledgers.subsidies(self._statistics.subsidies(ask.first.year, ask.committee_id), who)
        if ask.ledger == "sweeps":
            return yearly_ledgers.sweeps(ask.first.year, self._sweeps.list(ask.first.year), who)
        parts = spans(ask.first, ask.last) if ask.first <= ask.last else ()
        committees = self._committees() if not ask.committee_id else ()
        wanted = [
            *(Period(part.first, part.last, ask.committee_id) for part in parts),
            Period(ask.first, ask.last, ask.committee_id),
            *(Period(ask.first, ask.last, committee_id) for committee_id, _name in committees),
        ]
        counted = [each.figures for each in self._statistics.periods(wanted, told)]
        reported = Reported(
            who=who,
            whole=Span(_("合计"), ask.first, ask.last),
            figures=counted[len(parts)],
            parts=tuple(zip(parts, counted[: len(parts)], strict=True)),
            committees=tuple(
                (name, figures)
                for (_id, name), figures in zip(committees, counted[len(parts) + 1 :], strict=True)
            ),
        )
        return statistics_ledger.ledger(reported)

    def _committees(self) -> tuple[tuple[str, str], ...]:
        """Return id and name of the committees by name, none where one figure is that of all.

        One that was made void is among them: what it mediated stays in the figures.
        """
        query = select(Committee).order_by(Committee.name, Committee.record_id)
        with self._desk.store.read() as rows:
            found = tuple((row.record_id, row.name) for row in rows.scalars(query))
        return found if len(found) > 1 else ()

    def _who(self, committee_id: str) -> str:
        """Return who reports: the committee asked for, the only one there is, or the station."""
        with self._desk.store.read() as rows:
            named = {row.record_id: row.name for row in rows.scalars(alive(Committee))}
            if committee_id in named:
                return named[committee_id]
            if len(named) == 1:
                return next(iter(named.values()))
            station = rows.scalars(own(rows, Station)).first()
            return station.name if station is not None else ""
