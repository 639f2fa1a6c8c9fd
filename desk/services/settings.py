"""The settings of this PC: read with their defaults, changed with an entry in the audit chain."""

from collections.abc import Mapping

from sqlalchemy import select

from desk.models.local import SettingValue
from desk.models.store import Store
from desk.services import audit
from desk.services.outcome import Done
from desk.services.session import Session
from desk.settings import ALL, Setting


class Settings:
    """Choices remembered on this PC, never synced."""

    def __init__(self, store: Store, session: Session) -> None:
        self._store = store
        self._session = session

    def get(self, setting: Setting) -> str:
        """Return the chosen value, or the default."""
        return self.all()[setting]

    def all(self) -> Mapping[Setting, str]:
        """Return every setting with its value."""
        with self._store.read() as session:
            stored = {row.key: row.value for row in session.scalars(select(SettingValue))}
        return {setting: stored.get(setting.key, setting.default) for setting in ALL}

    def set(self, setting: Setting, value: str) -> Done[str]:
        """Remember a value; the audit chain gets the setting's key, not the value.

        Raises:
            AccessProblem: it is an administrator's choice (SEC-04).
        """
        if setting.group:
            self._session.require("write", setting.group)
        user_id = self._session.user.id
        with self._store.write(user_id) as session:
            session.merge(SettingValue(key=setting.key, value=value))
            audit.append(session, "setting_change", user_id=user_id, noun="setting", fields=setting.key)
        return Done(value, frozenset({"setting"}))
