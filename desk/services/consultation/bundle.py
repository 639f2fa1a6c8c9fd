"""All services of 法律咨询 in one frozen bundle."""

from dataclasses import dataclass

from desk.models.store import Store
from desk.services.consultation.advice import Advice
from desk.services.consultation.checks import Checks
from desk.services.consultation.consultation_desk import ConsultationDesk
from desk.services.consultation.consultations import Consultations
from desk.services.consultation.interests import Interests
from desk.services.consultation.joint_days import JointDays
from desk.services.consultation.library import ImportedTexts, Library
from desk.services.consultation.papers import ConsultationPapers
from desk.services.numbers import Numbers
from desk.services.print_jobs import PrintJobs
from desk.services.profiles import Profiles
from desk.services.session import Session
from desk.services.statutes import Statutes


@dataclass(frozen=True)
class ConsultationServices:
    """What can be done at the lawyer's desk, by noun."""

    consultations: Consultations
    checks: Checks
    advice: Advice
    interests: Interests
    library: Library
    joint_days: JointDays
    papers: ConsultationPapers


def build(store: Store, session: Session, profiles: Profiles, numbers: Numbers) -> ConsultationServices:
    """Build the services over one desk; the statutes are the shipped ones and what the station imported."""
    statutes = Statutes(ImportedTexts(store))
    desk = ConsultationDesk(store, session, profiles, numbers, statutes)
    joint_days = JointDays(store, session)
    return ConsultationServices(
        consultations=Consultations(desk),
        checks=Checks(desk),
        advice=Advice(desk),
        interests=Interests(store, session),
        library=Library(store, session, statutes),
        joint_days=joint_days,
        papers=ConsultationPapers(desk, joint_days, PrintJobs(store, session)),
    )
