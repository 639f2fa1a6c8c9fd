"""Copies and checks of the store: the folder this PC has chosen, the rest by the profile."""

from datetime import datetime, timedelta
from pathlib import Path

from desk import clock
from desk.errors import StoreProblem
from desk.models.store import Store
from desk.services import audit, backup, verify
from desk.services.backup import BackupMade
from desk.services.check_apart import CheckApart
from desk.services.outcome import Done
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

    def run(self, named: Path | None = None) -> backup.BackupMade:
        """Write a copy into the chosen folder, or another named for this once; prove it, thin older ones.

        Raises StoreProblem without a folder or if the copy fails, AccessProblem if somebody without the right
        names another folder (SEC-04).
        """
        if named is not None:
            self._session.require("write", "backup")
        folder = str(named or self._settings.get(BACKUP_FOLDER))
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

    def run_if_due(self) -> Done[BackupMade | None]:
        """Make the daily copy if a folder is chosen and the last is older than the profile allows (SEC-08).

        It goes on behind the lock. Raises StoreProblem if the copy fails.
        """
        last, every = self.last(), self._profiles.current().number("backup.every", clock.today())
        # A copy from the future was dated by a wrong clock and puts nothing off.
        young = last is not None and abs(clock.now() - last) < timedelta(days=every)
        if young or not self._settings.get(BACKUP_FOLDER):
            return Done(None)
        return Done(self.run(), frozenset({"backup"}))

    def last(self) -> datetime | None:
        """Return when the last copy was made, None if never."""
        return backup.last(self._store)


class Verifier:
    """Checks the whole store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._apart = CheckApart()

    def run(self) -> verify.Report:
        """Check cipher, file, audit chain, and every row against shadow and outbox; may take a minute."""
        return verify.run(self._store)

    def quick_if_due(self) -> bool:
        """Tell whether the file is sound, looking only after an unclean stop and once a week.

        The looking is done by a process of its own; one given up is due again at the next start.
        """
        return not self._store.check_due or self._store.quick_check(self._apart.run)

    def tidy(self) -> None:
        """Do for the store what saves would have to do one day; it never fails."""
        self._store.tidy()

    def give_up(self) -> None:
        """End the check that is under way, if there is one: the desk is being closed."""
        self._apart.give_up()
