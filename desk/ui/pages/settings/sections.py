"""The subjects of the settings, in their order; the page knows none of them."""

from desk.ui.pages.settings.audit_log import AuditSection
from desk.ui.pages.settings.backup import BackupSection
from desk.ui.pages.settings.committees import CommitteesSection
from desk.ui.pages.settings.conflicts import ConflictsSection
from desk.ui.pages.settings.device import DeviceSection
from desk.ui.pages.settings.hub import HubSection
from desk.ui.pages.settings.password import PasswordSection
from desk.ui.pages.settings.profile import ProfileSection
from desk.ui.pages.settings.section import Section
from desk.ui.pages.settings.station import StationSection
from desk.ui.pages.settings.text_size import TextSizeSection
from desk.ui.pages.settings.users import UsersSection

ALL: tuple[type[Section], ...] = (
    StationSection,
    UsersSection,
    CommitteesSection,
    PasswordSection,
    DeviceSection,
    TextSizeSection,
    ProfileSection,
    BackupSection,
    HubSection,
    ConflictsSection,
    AuditSection,
)
