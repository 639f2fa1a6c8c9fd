"""The write block of a case's verb: who is at the desk, what they may touch, and all rows of the case."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.errors import InputProblem
from desk.models.store import Store
from desk.services import audit, search_index
from desk.services.mediation import access, case_cards, case_terms, sheet
from desk.services.mediation.access import CaseReader
from desk.services.mediation.sheet import Sheet
from desk.services.mediation.values import CaseCard
from desk.services.numbers import Numbers
from desk.services.outcome import Done
from desk.services.profiles import Profiles
from desk.services.session import Session
from desk.services.visit_rows import Act
from desk.text import _

_CASE = frozenset({"mediation"})


@dataclass(frozen=True)
class CaseDesk:
    """What every verb of a case needs."""

    store: Store
    session: Session
    profiles: Profiles
    numbers: Numbers

    @contextmanager
    def writing(self, verb: str = "write") -> Iterator[tuple[Act, CaseReader]]:
        """Open a block for who may do `verb` on cases. Raises AccessProblem.

        One flush at the end makes one op per row, so nothing is flushed in between unasked.
        """
        self.session.require(verb, "mediation")
        profile = self.profiles.current()
        with self.store.write(self.session.user.id) as rows, rows.no_autoflush:
            yield Act(rows, self.session.user, clock.now(), profile), access.reader_of(self.session)

    @contextmanager
    def changing(
        self, case_id: str, *, verb: str = "write", deciding: bool = False, filed: bool = False
    ) -> Iterator[tuple[Act, Sheet]]:
        """Open a block on one case the user may see. Raises InputProblem, AccessProblem.

        `deciding`: what only mediators and the head do (LZ-01, LZ-04): whoever may not read cases may not.
        `filed`: also on an archived case, which is otherwise closed to every change.
        """
        if deciding:
            self.session.require("read", "mediation")
        with self.writing(verb) as (act, reader):
            case = sheet.found(act.rows, case_id)
            access.require_read(reader, case)
            if case.state == "archived" and verb == "write" and not filed:
                raise InputProblem(
                    _("本案已经归档，不能再改。"),
                    way_out=_("需要更正时，请写明理由重新打开案卷。"),
                    field="state",
                )
            yield act, sheet.load(act.rows, case)

    @contextmanager
    def reading(self, case_id: str) -> Iterator[tuple[Rows, Sheet]]:
        """Open a read block on one case the user may see. Raises InputProblem, AccessProblem."""
        reader = access.reader_of(self.session)
        with self.store.read() as rows:
            case = sheet.found(rows, case_id)
            access.require_read(reader, case)
            yield rows, sheet.load(rows, case)

    def looking(self, rows: Rows) -> Act:
        """Return who looks, when and by which profile, for a question that changes nothing."""
        return Act(rows, self.session.user, clock.now(), self.profiles.current())

    def card(self, case: Sheet, *, clear: bool = False) -> CaseCard:
        """Return the card of a case as the user may see it; `clear` shows phones and numbers whole."""
        view = case_cards.View(
            today=clock.today(),
            profile=self.profiles.current(),
            device_id=self.store.device_id,
            may_decide=self.session.may("read", "mediation"),
            judges=self.session.may("read", "conflict_check"),
            clear=clear,
        )
        return case_cards.card(case, view)

    def done(self, act: Act, case: Sheet, *touched: str) -> Done[CaseCard]:
        """Index the case anew, and return its card and what changed."""
        index(act, case)
        return Done(self.card(case), _CASE | set(touched))


def index(act: Act, case: Sheet) -> None:
    """Put the case into the search by numbers, title and parties, under the time it was registered."""
    at = case.case.registered_at or act.at
    search_index.put(act.rows, "mediation", case.case.record_id, at, case_terms.terms(case))


def audited(act: Act, case: Sheet, action: str, fields: str = "") -> None:
    """Write down who did what to a case; `fields` are names, never values."""
    audit.append(
        act.rows,
        action,
        user_id=act.user.id,
        noun="mediation",
        target_id=case.case.record_id,
        fields=fields,
    )
