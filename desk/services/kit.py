"""Builds every service once, for whoever has signed on: the frozen bundle that the pages receive.

What the first page and the frame need is built at once. The large services of single pages come with their
page (docs/decisions/0004): together they are a third of all the code.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sqlalchemy.orm import configure_mappers

from desk.errors import StoreProblem
from desk.models.store import Store
from desk.rules.rights import LOOKING_DESKS
from desk.services import adoption, draft_stars, entry_codes
from desk.services.attachments.camera import Camera
from desk.services.attachments.service import Attachments
from desk.services.committees import Committees
from desk.services.deputies import Deputies
from desk.services.drafts import Drafts
from desk.services.duty import Duties
from desk.services.local_values import LocalValues
from desk.services.login import Login
from desk.services.numbers import Numbers
from desk.services.opening import Opened
from desk.services.pads import Pads
from desk.services.people import People
from desk.services.print_jobs import PrintJobs
from desk.services.profiles import Profiles
from desk.services.receipts import Receipts
from desk.services.safekeeping import Backups, Verifier
from desk.services.search import Search
from desk.services.session import Session
from desk.services.settings import Settings
from desk.services.station import Stations
from desk.services.sync.enrolment import Enrolment
from desk.services.sync.rounds import Rounds
from desk.services.today import TodayDesk
from desk.services.tray.tray import ConflictTray
from desk.services.users import Users
from desk.services.visits import Visits

if TYPE_CHECKING:
    from desk.services.audit_log import AuditLog
    from desk.services.consultation.bundle import ConsultationServices
    from desk.services.mediation.case_desk import CaseDesk
    from desk.services.mediation.mediations import Mediations
    from desk.services.mediation.papers import CasePapers
    from desk.services.old_ledger.imports import OldLedgers
    from desk.services.papers import Papers
    from desk.services.roster.imports import RosterImports

LATE: Final = ("mediation", "case_papers", "consultation", "papers", "roster", "old_ledger", "audit_log")
"""The services that are imported and built when they are first asked for."""


@dataclass(frozen=True)
class Services:
    """What the product does, by noun. Everything they return is a frozen value, never a row of a table.

    Those of `LATE` come when they are first asked for; whoever asks on the Qt thread has called `ready` off
    it before.
    """

    visits: Visits
    people: People
    today: TodayDesk
    search: Search
    drafts: Drafts
    station: Stations
    profiles: Profiles
    numbers: Numbers
    pads: Pads
    deputies: Deputies
    duty: Duties
    committees: Committees
    local_values: LocalValues
    attachments: Attachments
    camera: Camera
    print_jobs: PrintJobs
    receipts: Receipts
    users: Users
    backup: Backups
    verify: Verifier
    settings: Settings
    sync: Rounds
    enrolment: Enrolment
    tray: ConflictTray
    _store: Store
    _session: Session

    def ready(self, nouns: Iterable[str]) -> None:
        """Import and build these services now: up to 0.1 s each, so never on the Qt thread."""
        for noun in nouns:
            getattr(self, noun)

    @cached_property
    def mediation(self) -> "Mediations":
        """矛盾调解 in all its steps."""
        from desk.services.mediation.mediations import mediations

        return mediations(self._case_desk)

    @cached_property
    def case_papers(self) -> "CasePapers":
        """The papers of a case and its bound dossier."""
        from desk.services.mediation.papers import CasePapers

        return CasePapers(self._case_desk, self.mediation.cases, self.attachments, self.print_jobs)

    @cached_property
    def consultation(self) -> "ConsultationServices":
        """法律咨询, the statutes and the conflict check."""
        from desk.services.consultation import bundle

        return bundle.build(self._store, self._session, self.profiles, self.numbers)

    @cached_property
    def papers(self) -> "Papers":
        """Receipts, ledgers, boards and cards on paper."""
        from desk.services.papers import Papers

        return Papers(
            self._store,
            self._session,
            profiles=self.profiles,
            receipts=self.receipts,
            print_jobs=self.print_jobs,
            pads=self.pads,
        )

    @cached_property
    def audit_log(self) -> "AuditLog":
        """The audit to be read, for those with the right."""
        from desk.services.audit_log import AuditLog

        return AuditLog(self._store, self._session)

    @cached_property
    def roster(self) -> "RosterImports":
        """The deputies' roster from a sheet."""
        from desk.services.roster.imports import RosterImports

        return RosterImports(self._store, self._session)

    @cached_property
    def old_ledger(self) -> "OldLedgers":
        """The station's old register from a sheet."""
        from desk.services.old_ledger.imports import OldLedgers

        return OldLedgers(self._store, self._session, self.profiles, self.numbers)

    @cached_property
    def _case_desk(self) -> "CaseDesk":
        from desk.services.mediation.case_desk import CaseDesk

        return CaseDesk(self._store, self._session, self.profiles, self.numbers)


def prepare() -> None:
    """Do ahead of sign-on what needs no store: let the tables know each other."""
    configure_mappers()


def build(opened: Opened, login: Login) -> Services:
    """Build the services over an open store; sign-on follows the profile, forgotten duties end, and what an
    older version left is taken over.
    """
    store, session = opened.store, opened.session
    profiles = Profiles(store, session, lambda profile: login.follow(profile, session))
    login.follow(profiles.current(), session)
    settings = Settings(store, session)
    numbers = Numbers(store, session, profiles)
    receipts = Receipts(store, profiles)
    duties = Duties(store, session, opened.pins)
    duties.close_forgotten()
    if session.desk not in LOOKING_DESKS:
        adoption.adopt(store, session.user, profiles.current())
        # A nicety: where the disk is full somebody still signs on, and it is done the next time.
        with suppress(StoreProblem):
            draft_stars.star(store)
    return Services(
        visits=Visits(store, session, profiles, numbers, receipts),
        people=People(store, session),
        today=TodayDesk(store, session, profiles),
        search=Search(store, session),
        drafts=Drafts(store, session),
        station=Stations(store, session),
        profiles=profiles,
        numbers=numbers,
        pads=Pads(store, session, numbers),
        deputies=Deputies(store, session),
        duty=duties,
        committees=Committees(store, session, profiles),
        local_values=LocalValues(store, session, profiles),
        attachments=Attachments(store, session, profiles),
        camera=Camera(settings),
        print_jobs=PrintJobs(store, session),
        receipts=receipts,
        users=Users(store, session, login.box, opened.pins, profiles.current),
        backup=Backups(store, session, settings, profiles),
        verify=Verifier(store),
        settings=settings,
        sync=Rounds(store, session, came=_took_up(opened, login)),
        enrolment=Enrolment(store, session),
        tray=ConflictTray(store, session),
        _store=store,
        _session=session,
    )


def _took_up(opened: Opened, login: Login) -> Callable[[frozenset[str]], None]:
    """Return what looks, after every round, whether somebody may now sign on at this PC too.

    Whatever the round has brought: an earlier one may have brought a code behind the lock.
    """

    def look(_nouns: frozenset[str]) -> None:
        entry_codes.take_up(opened.store, opened.session, login.box)

    return look
