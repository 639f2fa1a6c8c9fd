"""All tables in one place: importing this makes `Base.metadata` complete."""

from collections.abc import Mapping

from sqlalchemy import Connection

from desk.models import local, meta, outbox, search
from desk.models.audit import Audit
from desk.models.base import Base, Synced
from desk.models.consent import Consent
from desk.models.consultation import Consultation
from desk.models.deputy import Deputy, Mandate
from desk.models.device import Device
from desk.models.duty import Duty
from desk.models.matter import Matter
from desk.models.mediation import Mediation
from desk.models.person import Person
from desk.models.print_job import PrintJob
from desk.models.proposal import Proposal
from desk.models.rating import Rating
from desk.models.receipt import Receipt
from desk.models.reply import Reply
from desk.models.report import Report
from desk.models.station import Station
from desk.models.user import User
from desk.models.visit import Companion, Receiver, Visit

SYNCED: Mapping[str, type[Synced]] = {
    "station": Station,
    "device": Device,
    "user": User,
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
}
# Named so that every table is known to the metadata.
LOCAL: tuple[type[Base], ...] = (
    *(local.Draft, local.NumberCounter, local.ReceiptSecret, local.DeviceSecret, local.SettingValue),
    *(local.Recent, local.Pad, local.ImportBatch, meta.Meta, meta.ProfileFile),
    *(outbox.Outbox, outbox.ShadowHead, outbox.Cursor, search.SearchHit),
)


def create_all(connection: Connection) -> None:
    """Create every table, index and the search index in an empty store."""
    Base.metadata.create_all(connection)
    connection.exec_driver_sql(search.CREATE_FTS)
