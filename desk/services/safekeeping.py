"""Copies and checks of the store: the folder this PC has chosen, the rest by the profile."""

from datetime import datetime
from pathlib import Path

from desk import clock
from desk.errors import StoreProblem
from desk.models.store import Store
from desk.services import audit, backup, verify
from desk.services.profiles import Profiles
from desk.services.session import Session
from desk.services.settings import Settings
from desk.settings import BACKUP_FOLDER
from desk.text import _


class Backups:
    """Copies of the store for whoever is signed on."""

    def __init__(self, store: Store, session: Session, settings: Settings, profiles: Profiles) -> None:
        self._store = store
        self._session = session
        self._settings = settings
        self._profiles = profiles

    def run(self) -> backup.BackupMade:
        """Write a copy into the chosen folder, prove it, thin older ones by the profile.

        Raises StoreProblem without a folder or if the copy fails.
        """
        folder = self._settings.get(BACKUP_FOLDER)
        if not folder:
            raise StoreProblem(
                _("还没有选备份文件夹"), way_out=_("请在设置的备份里选一个，最好在 U 盘上。"), field="folder"
            )
        profile, today = self._profiles.current(), clock.today()
        keep = backup.Keep(
            all_days=profile.number("backup.keep_all", today),
            days=profile.number("backup.keep_daily", today),
            weeks=profile.number("backup.keep_weekly", today),
            months=profile.number("backup.keep_monthly", today),
        )
        made = backup.run(self._store, Path(folder), keep)
        user_id = self._session.user.id
        with self._store.write(user_id) as rows:
            audit.append(rows, "backup", user_id=user_id)
        return made

    def last(self) -> datetime | None:
        """Return when the last copy was made, None if never."""
        return backup.last(self._store)


class Verifier:
    """Checks the whole store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def run(self) -> verify.Report:
        """Check cipher, file, audit chain, and every row against shadow and outbox; may take a minute."""
        return verify.run(self._store)
