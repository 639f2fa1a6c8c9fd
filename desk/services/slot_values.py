"""What the slot file holds, as frozen values: slots, failures in a row, the journal of failed attempts."""

from dataclasses import dataclass, replace
from datetime import datetime

from desk.services.keys import Wrap
from desk.services.lockout import Tries

PASSWORD = "password"  # noqa: S105 - the kind of a slot
INVITE = "invite"
ENTRY = "entry"
RECOVERY = "recovery"
_JOURNAL_LIMIT = 500


@dataclass(frozen=True)
class Slot:
    """One user's wrap. `kind` is password, invite or entry (a one-time code, until `expires_at`);
    `device_tag` tells which device secret is mixed in, "" for none. `given`: of an entry, whose code was not
    known here, what its bearer finds the secret by (`entry_key`)."""

    user_id: str
    name: str
    role_label: str
    kind: str
    device_tag: str
    made_at: datetime
    expires_at: datetime | None
    wrap: Wrap
    given: str = ""


@dataclass(frozen=True)
class Failed:
    """One failed attempt: when, whose slot ("" for the recovery code), and by password, invite or
    recovery."""

    at: datetime
    user_id: str
    how: str


@dataclass(frozen=True)
class SlotFile:
    """All of `slots.json`. `tries` pairs a user id (or "recovery") with the failures in a row.

    `recovery_pending`: nobody has yet said that the sheet with the recovery code is in the safe. `audit_n`
    and `audit_hash` are the end of the audit chain at the last sign-on: a store that lacks it is an older
    copy.
    """

    store_id: str
    station_name: str
    slots: tuple[Slot, ...] = ()
    recovery: Wrap | None = None
    tries: tuple[tuple[str, Tries], ...] = ()
    journal: tuple[Failed, ...] = ()
    journal_dropped: int = 0
    recovery_pending: bool = False
    audit_n: int = 0
    audit_hash: str = ""

    def slot(self, user_id: str) -> Slot | None:
        """Return the user's slot, or None."""
        return next((slot for slot in self.slots if slot.user_id == user_id), None)

    def with_slot(self, slot: Slot) -> "SlotFile":
        """Return the file with this slot put in place of the user's old one, or added."""
        if self.slot(slot.user_id) is None:
            return replace(self, slots=(*self.slots, slot))
        changed = tuple(slot if old.user_id == slot.user_id else old for old in self.slots)
        return replace(self, slots=changed)

    def without_slot(self, user_id: str) -> "SlotFile":
        """Return the file without the user's slot and failures."""
        slots = tuple(slot for slot in self.slots if slot.user_id != user_id)
        return replace(self, slots=slots).with_tries(user_id, Tries())

    def tries_of(self, who: str) -> Tries:
        """Return the failures in a row of a user id or of "recovery"."""
        return next((tries for name, tries in self.tries if name == who), Tries())

    def with_tries(self, who: str, tries: Tries) -> "SlotFile":
        """Return the file with these failures noted; none at all leave no trace."""
        others = tuple(pair for pair in self.tries if pair[0] != who)
        return replace(self, tries=others if tries == Tries() else (*others, (who, tries)))

    def without_failure(self, failed: Failed) -> "SlotFile":
        """Return the file without this entry of the journal, the newest where two are alike."""
        journal = list(reversed(self.journal))
        if failed in journal:
            journal.remove(failed)
        return replace(self, journal=tuple(reversed(journal)))

    def with_failure(self, failed: Failed) -> "SlotFile":
        """Return the file with one more entry in the journal; the oldest goes when there are too many."""
        journal = (*self.journal, failed)
        dropped = max(0, len(journal) - _JOURNAL_LIMIT)
        return replace(self, journal=journal[dropped:], journal_dropped=self.journal_dropped + dropped)
