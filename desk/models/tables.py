"""All tables in one place: importing this makes `Base.metadata` complete."""

from collections.abc import Mapping

from sqlalchemy import Connection

from desk.models import local, meta, outbox, revision, search
from desk.models.agreement import Agreement, AgreementTerm, Signature
from desk.models.attachment import Attachment
from desk.models.audit import Audit
from desk.models.base import Base, Synced
from desk.models.committee import Committee, Mediator
from desk.models.confirmation import Confirmation
from desk.models.conflict_check import ConflictCheck, Interest
from desk.models.consent import Consent
from desk.models.consultation import Citation, Consultation, Opponent
from desk.models.deputy import Deputy, Mandate
from desk.models.device import Device
from desk.models.duty import Duty
from desk.models.follow_up import FollowUp
from desk.models.joint_day import JointDay, JointSeat
from desk.models.local_value import LocalValue
from desk.models.matter import Matter
from desk.models.mediation import CaseMediator, Claim, Extension, Mediation, Participant
from desk.models.party import Agent, Party
from desk.models.person import Person
from desk.models.print_job import PrintJob
from desk.models.proposal import Proposal
from desk.models.rating import Rating
from desk.models.receipt import Receipt
from desk.models.reply import Reply
from desk.models.report import Report
from desk.models.sitting import Inquiry, Presence, Sitting
from desk.models.station import Station
from desk.models.sweep import Sweep
from desk.models.user import EntryCode, User
from desk.models.visit import Companion, Receiver, Visit

SYNCED: Mapping[str, type[Synced]] = {
    "station": Station,
    "device": Device,
    "user": User,
    "entry_code": EntryCode,
    "deputy": Deputy,
    "mandate": Mandate,
    "duty": Duty,
    "person": Person,
    "visit": Visit,
    "companion": Companion,
    "receiver": Receiver,
    "matter": Matter,
    "consent": Consent,
    "report": Report,
    "reply": Reply,
    "rating": Rating,
    "proposal": Proposal,
    "mediation": Mediation,
    "consultation": Consultation,
    "receipt": Receipt,
    "print_job": PrintJob,
    "audit": Audit,
    "committee": Committee,
    "mediator": Mediator,
    "claim": Claim,
    "case_mediator": CaseMediator,
    "participant": Participant,
    "extension": Extension,
    "party": Party,
    "agent": Agent,
    "inquiry": Inquiry,
    "sitting": Sitting,
    "presence": Presence,
    "agreement": Agreement,
    "agreement_term": AgreementTerm,
    "signature": Signature,
    "follow_up": FollowUp,
    "confirmation": Confirmation,
    "sweep": Sweep,
    "opponent": Opponent,
    "citation": Citation,
    "conflict_check": ConflictCheck,
    "interest": Interest,
    "joint_day": JointDay,
    "joint_seat": JointSeat,
    "attachment": Attachment,
    "local_value": LocalValue,
}
# Named so that every table is known to the metadata.
LOCAL: tuple[type[Base], ...] = (
    *(local.Draft, local.NumberCounter, local.ReceiptSecret, local.DeviceSecret, local.SettingValue),
    *(local.Recent, local.Pad, local.ImportBatch, local.ConflictKey, local.StatuteText),
    local.AwaitedFile,
    *(meta.Meta, meta.ProfileFile),
    *(outbox.Outbox, outbox.ShadowHead, outbox.Cursor, search.SearchHit),
    *(revision.RevisionLog, revision.HubConflict, revision.Attention, revision.HubState),
    *(revision.MergeNews,),
)


def create_all(connection: Connection) -> None:
    """Create every table, index and the search index in an empty store."""
    Base.metadata.create_all(connection)
    connection.exec_driver_sql(search.CREATE_FTS)
