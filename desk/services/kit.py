"""Builds every service once, for whoever has signed on: the frozen bundle that the pages receive."""

from dataclasses import dataclass

from sqlalchemy.orm import configure_mappers

from desk.rules.rights import LOOKING_DESKS
from desk.services import adoption
from desk.services.attachments.camera import Camera
from desk.services.attachments.service import Attachments
from desk.services.committees import Committees
from desk.services.consultation import bundle as consultation_bundle
from desk.services.deputies import Deputies
from desk.services.drafts import Drafts
from desk.services.duty import Duties
from desk.services.local_values import LocalValues
from desk.services.login import Login
from desk.services.mediation.case_desk import CaseDesk
from desk.services.mediation.mediations import Mediations, mediations
from desk.services.mediation.papers import CasePapers
from desk.services.numbers import Numbers
from desk.services.old_ledger.imports import OldLedgers
from desk.services.opening import Opened
from desk.services.pads import Pads
from desk.services.papers import Papers
from desk.services.people import People
from desk.services.print_jobs import PrintJobs
from desk.services.profiles import Profiles
from desk.services.receipts import Receipts
from desk.services.roster.imports import RosterImports
from desk.services.safekeeping import Backups, Verifier
from desk.services.search import Search
from desk.services.settings import Settings
from desk.services.station import Stations
from desk.services.sync.enrolment import Enrolment
from desk.services.sync.rounds import Rounds
from desk.services.today import TodayDesk
from desk.services.tray.tray import ConflictTray
from desk.services.users import Users
from desk.services.visits import Visits


@dataclass(frozen=True)
class Services:
    """What the product does, by noun. Everything they return is a frozen value, never a row of a table."""

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
    roster: RosterImports
    old_ledger: OldLedgers
    committees: Committees
    mediation: Mediations
    case_papers: CasePapers
    local_values: LocalValues
    consultation: consultation_bundle.ConsultationServices
    papers: Papers
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
    pads = Pads(store, session, numbers)
    receipts = Receipts(store, profiles)
    print_jobs = PrintJobs(store, session)
    papers = Papers(store, session, profiles=profiles, receipts=receipts, print_jobs=print_jobs, pads=pads)
    case_desk = CaseDesk(store, session, profiles, numbers)
    mediation = mediations(case_desk)
    attachments = Attachments(store, session, profiles)
    duties = Duties(store, session, opened.pins)
    duties.close_forgotten()
    if session.desk not in LOOKING_DESKS:
        adoption.adopt(store, session.user, profiles.current())
    return Services(
        visits=Visits(store, session, profiles, numbers, receipts),
        people=People(store, session),
        today=TodayDesk(store, session, profiles),
        search=Search(store, session),
        drafts=Drafts(store, session),
        station=Stations(store, session),
        profiles=profiles,
        numbers=numbers,
        pads=pads,
        deputies=Deputies(store, session),
        duty=duties,
        roster=RosterImports(store, session),
        old_ledger=OldLedgers(store, session, profiles, numbers),
        committees=Committees(store, session),
        mediation=mediation,
        local_values=LocalValues(store, session, profiles),
        case_papers=CasePapers(case_desk, mediation.cases, attachments, print_jobs),
        consultation=consultation_bundle.build(store, session, profiles, numbers),
        papers=papers,
        attachments=attachments,
        camera=Camera(settings),
        print_jobs=print_jobs,
        receipts=receipts,
        users=Users(store, session, login.box, opened.pins, profiles.current),
        backup=Backups(store, session, settings, profiles),
        verify=Verifier(store),
        settings=settings,
        sync=Rounds(store, session),
        enrolment=Enrolment(store, session),
        tray=ConflictTray(store, session),
    )
