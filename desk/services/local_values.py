"""本地栏目: what stands in the fields a county added to the forms of a mediation or a consultation.

Those of a record a case may have several of belong to it: of a party (F-03) and an agent (F-04) they are kept
here too, of a sitting, an inquiry, an agreement and a follow-up they are saved with its form.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.errors import InputProblem
from desk.models.base import alive
from desk.models.local_value import LocalValue
from desk.models.party import Agent, Party
from desk.models.store import Store
from desk.rules.dossier import PAPER
from desk.rules.local_fields import OWNER, LocalField, local_fields
from desk.services.attachments import targets
from desk.services.outcome import Done
from desk.services.overtaken import Overtaken, Overtaking
from desk.services.profiles import Profiles
from desk.services.session import Session
from desk.text import _

_PARTS: Final = ("party", "agent")
"""Records of a case whose fields are written by themselves; those of a sitting and such go with its form."""

_FORMS: Final[Mapping[str, tuple[str, ...]]] = {
    "mediation": tuple(form for each in PAPER if (form := each.replace("F-", "f")) not in OWNER),
    "consultation": ("f40",),
    **{part: tuple(form for form, owner in OWNER.items() if owner == part) for part in _PARTS},
}
_CHANGED: Final = frozenset({"local_value"})
MOST: Final = 500  # characters in one field


@dataclass(frozen=True)
class LocalEntry:
    """One added field of a record, as a page shows it: its form (f07), key, label and what stands in it."""

    form: str
    key: str
    label: str
    value: str


class LocalValues:
    """Reads and writes the added fields; whoever may read or write a record may do so with them."""

    def __init__(self, store: Store, session: Session, profiles: Profiles) -> None:
        self._store = store
        self._session = session
        self._profiles = profiles

    def of(self, noun: str, record_id: str) -> tuple[LocalEntry, ...]:
        """Return the fields the profile adds to a record's forms today, filled or empty.

        Raises AccessProblem by right, InputProblem if the record is not there.
        """
        with self._store.read() as rows:
            self._require(rows, noun, record_id, "read")
            return self._entries(rows, noun, record_id)

    def save(
        self,
        noun: str,
        record_id: str,
        values: Mapping[tuple[str, str], str],
        base: Mapping[tuple[str, str], str] | None = None,
    ) -> Done[tuple[LocalEntry, ...]]:
        """Write fields by (form, key); those not named stay as they are. `base`: the same as they were read.

        Raises Overtaken where a field says something else by now, InputProblem for a field the profile does
        not have or more than 500 characters (`field` is the key), AccessProblem by right.
        """
        fields = {(field.form, field.key): field for field in self._fields(noun)}
        for place, value in values.items():
            if place not in fields:
                raise InputProblem(_("没有这个本地栏目，可能规则已经改过。"), field=place[1])
            if len(value.strip()) > MOST:
                label = fields[place].label
                raise InputProblem(
                    _("“{label}”最多写 {most} 个字。").format(label=label, most=MOST), field=place[1]
                )
        with self._store.write(self._session.user.id) as rows:
            self._require(rows, noun, record_id, "write")
            if base is not None:
                self._refuse_overtaken(rows, noun, record_id, values, base)
            standing = {(row.form, row.key): row for row in _stored(rows, noun, record_id)}
            for (form, key), value in values.items():
                row = standing.get((form, key))
                if row is None:
                    row = LocalValue(noun=noun, target_id=record_id, form=form, key=key)
                    rows.add(row)
                row.value = value.strip()
            rows.flush()
            whole, _id = _whole(rows, noun, record_id)
            return Done(self._entries(rows, noun, record_id), _CHANGED | {whole})

    def _entries(self, rows: Rows, noun: str, record_id: str) -> tuple[LocalEntry, ...]:
        # What was kept once a case, before its parties had their own, counts until one gets its own.
        kept = dict.fromkeys((_whole(rows, noun, record_id), (noun, record_id)))
        found = {(row.form, row.key): row.value for place in kept for row in _stored(rows, *place)}
        return tuple(
            LocalEntry(field.form, field.key, field.label, found.get((field.form, field.key), ""))
            for field in self._fields(noun)
        )

    def _refuse_overtaken(
        self,
        rows: Rows,
        noun: str,
        record_id: str,
        values: Mapping[tuple[str, str], str],
        base: Mapping[tuple[str, str], str],
    ) -> None:
        found = []
        for each in self._entries(rows, noun, record_id):
            place = (each.form, each.key)
            if place in values and each.value not in (base[place].strip(), values[place].strip()):
                found.append(Overtaking(place, each.label, values[place], each.value))
        if found:
            raise Overtaken(tuple(found), {each.path: each.theirs for each in found})

    def _fields(self, noun: str) -> tuple[LocalField, ...]:
        profile, today = self._profiles.current(), clock.today()
        return tuple(field for form in _FORMS[noun] for field in local_fields(profile, today, form))

    def _require(self, rows: Rows, noun: str, record_id: str, verb: str) -> None:
        self._session.require(verb, "local_value")
        whole, whole_id = _whole(rows, noun, record_id)
        targets.CHECKS[whole](rows, self._session, whole_id, verb)


def _whole(rows: Rows, noun: str, record_id: str) -> tuple[str, str]:
    """Return noun and id of the record whose rights hold. Raises InputProblem if a part is not there."""
    if noun not in _PARTS:
        return noun, record_id
    row = rows.get(Party, record_id) if noun == "party" else rows.get(Agent, record_id)
    if row is None or row.void:
        raise InputProblem(_("没有找到这名当事人或者代理人，可能已经去掉。"), field=noun)
    return "mediation", row.mediation_id


def _stored(rows: Rows, noun: str, record_id: str) -> list[LocalValue]:
    wanted = alive(LocalValue).where(LocalValue.noun == noun, LocalValue.target_id == record_id)
    return list(rows.scalars(wanted))
