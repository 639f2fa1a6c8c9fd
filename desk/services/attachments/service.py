"""附件: files are taken in, listed, opened, turned, renamed, reordered, removed.

The bytes come first: they lie durably in the data folder before the row that names them is committed, so that
a row without its bytes cannot be. What is left by a crash in between is cleared away by `settle`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.errors import InputProblem
from desk.models.attachment import Attachment as Row
from desk.models.store import Store
from desk.rules import attachments as rules
from desk.services import audit, paper_files
from desk.services.attachments import apart, intake, refusals, targets
from desk.services.attachments.contents import Contents
from desk.services.attachments.rows import copied, hanging_on, row_of, value
from desk.services.attachments.values import Attachment, Opened, Source
from desk.services.outcome import Done
from desk.services.profiles import Profiles
from desk.services.session import Session
from desk.text import _

_CHANGED = frozenset({"attachment"})
_NOTE_MAX = 200


class Attachments:
    """What hangs on visits, mediations and consultations. Adding and opening may take seconds."""

    def __init__(self, store: Store, session: Session, profiles: Profiles) -> None:
        self._store = store
        self._session = session
        self._profiles = profiles
        self._contents = Contents(store)

    def limits(self) -> rules.Limits:
        """Return what the profile allows today."""
        return rules.limits(self._profiles.current(), clock.today())

    def add(
        self, noun: str, target_id: str, source: Source, *, slot: str = "", party_id: str = ""
    ) -> Done[Attachment]:
        """Take one file in and hang it on a record.

        Raises:
            InputProblem: the file cannot be used, is there already as this, or the record has as many as it
                may.
            AccessProblem: the user may not write on this record. StoreProblem: the disk is full or fails.
        """
        limits = self.limits()
        with self._store.read() as rows:
            self._room(rows, noun, target_id, limits)
        ready = intake.prepare(source, limits)
        sha256 = self._contents.put(ready.content)
        with self._store.write(self._session.user.id) as rows:
            n = self._room(rows, noun, target_id, limits)
            # Under the store's lock nobody clears away: it is there, or it is written once more.
            self._contents.put(ready.content)
            _refuse_twin(hanging_on(rows, noun, target_id), sha256, slot, party_id)
            row = row_of(ready, sha256, n)
            row.noun, row.target_id, row.slot, row.party_id = noun, target_id, slot, party_id
            row.added_by = self._session.user.id
            rows.add(row)
            self._contents.arrived(rows, sha256)
            made = value(row)
        self._contents.keep(made, ready.thumb)
        return Done(made, _CHANGED)

    def list(self, noun: str, target_id: str) -> tuple[Attachment, ...]:
        """Return what hangs on a record, in order. Raises AccessProblem, InputProblem as its record does."""
        with self._store.read() as rows:
            targets.require(rows, self._session, noun, target_id, "read")
            return tuple(value(row) for row in hanging_on(rows, noun, target_id))

    def count(self, noun: str, target_id: str) -> int:
        """Return how many hang on a record. Raises as `list`."""
        with self._store.read() as rows:
            targets.require(rows, self._session, noun, target_id, "read")
            return len(hanging_on(rows, noun, target_id))

    def open(self, attachment_id: str, reason: str = "") -> Opened:
        """Return the bytes. An identity paper is shown for a reason only, and that is written down (PI-06).

        Raises:
            InputProblem: removed meanwhile, or no reason given. AccessProblem: not by this user.
            StoreProblem: the file is missing or damaged.
        """
        with self._store.read() as rows:
            found = value(self._found(rows, attachment_id, "read"))
        if found.protected:
            self._reveal(found, reason)
        return Opened(found, self._contents.read(found))

    def thumbnail(self, attachment_id: str) -> bytes:
        """Return a small JPEG, b"" for a file that has no picture and for identity papers (PI-06).

        Raises as `open`.
        """
        with self._store.read() as rows:
            found = value(self._found(rows, attachment_id, "read"))
        return b"" if found.protected else self._contents.small(found, self.limits())

    def page(self, opened: Opened, number: int, longest: int) -> bytes:
        """Return one page (from 0) of an opened PDF as a PNG, its longest side `longest` pixels.

        It is drawn in the process apart, like everything from outside. Raises InputProblem.
        """
        return apart.ask(apart.Errand("page", "pdf", number=number, longest=longest), opened.content).content

    def save_to(self, attachment_id: str, path: Path, reason: str = "") -> None:
        """Write the bytes in clear where a person says, and write that down; out there nobody guards them.

        Raises as `open`, and PaperProblem if the file cannot be written.
        """
        opened = self.open(attachment_id, reason)
        with self._store.write(self._session.user.id) as rows:
            self._found(rows, attachment_id, "reveal")
            audit.append(
                rows,
                "export",
                user_id=self._session.user.id,
                noun="attachment",
                target_id=attachment_id,
                fields="content",
            )
        paper_files.save(path, opened.content)

    def turn(self, attachment_id: str, by: int) -> Done[Attachment]:
        """Turn it by quarter turns clockwise; the bytes stay as they are."""
        with self._changing(attachment_id) as (_rows, row):
            row.turn = rules.turned(row.turn, by)
            made = value(row)
        return Done(made, _CHANGED)

    def describe(self, attachment_id: str, name: str, note: str) -> Done[Attachment]:
        """Give it another name and a note. Raises InputProblem without a name."""
        if not name.strip():
            raise InputProblem(_("请写一个名称。"), field="name")
        with self._changing(attachment_id) as (_rows, row):
            kind = next((kind for kind, mime in rules.MIMES.items() if mime == row.mime), "")
            row.name = rules.kept_name(name, kind)
            row.note = note.strip()[:_NOTE_MAX]
            made = value(row)
        return Done(made, _CHANGED)

    def file_under(self, attachment_id: str, slot: str, party_id: str = "") -> Done[Attachment]:
        """Say what it is to its record. What becomes an identity paper loses its small picture (PI-06).

        Raises InputProblem where the same file is that already, or is an identity paper beside it.
        """
        with self._changing(attachment_id) as (rows, row):
            others = [each for each in hanging_on(rows, row.noun, row.target_id) if each is not row]
            _refuse_twin(others, row.sha256, slot, party_id)
            row.slot, row.party_id = slot, party_id
            made = value(row)
        if made.protected:
            self._contents.forget_small(made)
        return Done(made, _CHANGED)

    def reorder(self, noun: str, target_id: str, order: Sequence[str]) -> Done[None]:
        """Put what hangs on a record in this order; ids that are not named follow as they were."""
        with self._store.write(self._session.user.id) as rows:
            targets.require(rows, self._session, noun, target_id, "write")
            place = {attachment_id: at for at, attachment_id in enumerate(order)}
            hanging = sorted(
                hanging_on(rows, noun, target_id), key=lambda row: place.get(row.record_id, len(place))
            )
            for n, row in enumerate(hanging, start=1):
                row.n = n
        return Done(None, _CHANGED)

    def remove(self, attachment_id: str, reason: str) -> Done[None]:
        """Take it off its record; row and bytes stay until the time of keeping is over. Raises InputProblem
        without a reason."""
        if not reason.strip():
            raise InputProblem(_("请写明为什么移除。"), field="reason")
        with self._changing(attachment_id) as (rows, row):
            row.tombstone(reason.strip())
            audit.append(
                rows,
                "attachment_remove",
                user_id=self._session.user.id,
                noun="attachment",
                target_id=attachment_id,
            )
        return Done(None, _CHANGED)

    def bring_back(self, attachment_id: str) -> Done[Attachment]:
        """Undo a removal: the same bytes hang on the record again, as a new row. Raises as `add`."""
        with self._store.write(self._session.user.id) as rows:
            old = rows.get(Row, attachment_id)
            if old is None or not old.void:
                raise refusals.not_found()
            targets.require(rows, self._session, old.noun, old.target_id, "write")
            _refuse_twin(hanging_on(rows, old.noun, old.target_id), old.sha256, old.slot, old.party_id)
            row = copied(old)
            rows.add(row)
            made = value(row)
        return Done(made, _CHANGED)

    def settle(self) -> int:
        """Clear away what a crash left between a file and its row; return how many files that were.

        Raises StoreProblem if the disk fails.
        """
        return self._contents.settle()

    # -- inside ----------------------------------------------------------------------------------------------

    def _room(self, rows: Rows, noun: str, target_id: str, limits: rules.Limits) -> int:
        """Return the place of one more. Raises AccessProblem, InputProblem."""
        targets.require(rows, self._session, noun, target_id, "write")
        hanging = hanging_on(rows, noun, target_id)
        if len(hanging) >= limits.per_record:
            raise refusals.too_many(limits.per_record)
        return max((row.n for row in hanging), default=0) + 1

    def _found(self, rows: Rows, attachment_id: str, verb: str) -> Row:
        row = rows.get(Row, attachment_id)
        if row is None or row.void:
            raise refusals.not_found()
        targets.require(rows, self._session, row.noun, row.target_id, verb)
        return row

    @contextmanager
    def _changing(self, attachment_id: str) -> Iterator[tuple[Rows, Row]]:
        with self._store.write(self._session.user.id) as rows:
            yield rows, self._found(rows, attachment_id, "write")

    def _reveal(self, found: Attachment, reason: str) -> None:
        if not reason.strip():
            raise InputProblem(_("请写明为什么要看。"), field="reason")
        with self._store.write(self._session.user.id) as rows:
            self._found(rows, found.id, "reveal")
            audit.append(
                rows,
                "reveal",
                user_id=self._session.user.id,
                noun="attachment",
                target_id=found.id,
                fields="content",
            )


def _refuse_twin(hanging: Sequence[Row], sha256: str, slot: str, party_id: str) -> None:
    """One scan may hold several papers of a record: it hangs there once as each of them.

    As an identity paper it is nothing else beside, for there it would be seen without a reason (PI-06).
    """
    for twin in hanging:
        if twin.sha256 != sha256:
            continue
        if (twin.slot, twin.party_id) == (slot, party_id):
            raise refusals.already_there(several=bool(slot))
        if rules.is_protected(twin.slot) != rules.is_protected(slot):
            raise refusals.identity_apart()
