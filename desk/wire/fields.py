"""What a field and a record are: the shape of the declarations in `records`."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property

from desk.wire import codecs
from desk.wire.codecs import Codec, Json, Value, WireError


class Conflict(Enum):
    """How two writers of one field are settled (sync.md 2.7)."""

    FACT = "A"
    OWNED = "B"
    SHARED = "C"
    WORDS = "D"
    SET = "E"
    STATE = "F"
    VOID = "G"
    NUMBER = "H"


@dataclass(frozen=True, slots=True)
class Field:
    """One synced column: name, codec, conflict class, field group (who may write it), introduced-in."""

    name: str
    codec: Codec
    conflict: Conflict
    group: str
    since: int

    @property
    def default(self) -> Value:
        """The value of a field nobody has written."""
        return self.codec.default

    def to_json(self, value: Value) -> Json:
        """Write one value; WireError names the field if it does not fit."""
        try:
            return self.codec.to_json(value)
        except WireError as error:
            raise WireError(f"{self.name}: {error}") from error

    def from_json(self, value: object) -> Value:
        """Read one value; WireError names the field if it does not fit."""
        try:
            return self.codec.from_json(value)
        except WireError as error:
            raise WireError(f"{self.name}: {error}") from error

    def fits(self, value: object) -> bool:
        """Tell whether this is a value of the field. One written before its schema was known may be none."""
        try:
            self.codec.from_json(value)
        except WireError:
            return False
        return True


# Class G: every record can be made void, and only with a reason. The row stays as a tombstone.
SYSTEM = (
    Field("void", codecs.BOOL, Conflict.VOID, "void", 1),
    Field("void_reason", codecs.TEXT, Conflict.VOID, "void", 1),
)


@dataclass(frozen=True)
class Record:
    """One synced noun: its fields in order. `void` and `void_reason` belong to every record."""

    noun: str
    fields: tuple[Field, ...]

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """All fields by name, the system fields included and last."""
        return {field.name: field for field in (*self.fields, *SYSTEM)}

    @cached_property
    def defaults(self) -> Mapping[str, Json]:
        """The JSON of an untouched record."""
        return {field.name: field.to_json(field.default) for field in self}

    def __iter__(self) -> Iterator[Field]:
        """Walk over the declared fields and then the system fields."""
        return iter(self.by_name.values())

    def to_json(self, values: Mapping[str, Value]) -> dict[str, Json]:
        """Write the given values (any part of the record).

        Raises:
            WireError: a name is not a field of this record, or a value does not fit its codec.
        """
        return {name: self._field(name).to_json(value) for name, value in values.items()}

    def from_json(self, body: Mapping[str, object]) -> dict[str, Value]:
        """Read and check the given values. Unknown names are an error here: part them off with `split` first.

        Raises:
            WireError: a name is not a field of this record, or a value does not fit its codec.
        """
        return {name: self._field(name).from_json(value) for name, value in body.items()}

    def split(self, body: Mapping[str, Json]) -> tuple[dict[str, Json], dict[str, Json]]:
        """Part what this version knows from what a newer one sent, which is kept opaque (sync.md 2.11)."""
        known = {name: value for name, value in body.items() if name in self.by_name}
        extra = {name: value for name, value in body.items() if name not in self.by_name}
        return known, extra

    def parted(
        self, body: Mapping[str, Json], unfit: Collection[str]
    ) -> tuple[dict[str, Json], dict[str, Json]]:
        """Part the same, and keep what stands in some fields as well: those are as nobody wrote them."""
        known, extra = self.split(body)
        return (
            known | {name: self.defaults[name] for name in unfit},
            extra | {name: body[name] for name in unfit},
        )

    def unfit(self, body: Mapping[str, object]) -> frozenset[str]:
        """Return the fields of this record whose given values are none of theirs."""
        return frozenset(
            name
            for name, value in body.items()
            if name in self.by_name and not self.by_name[name].fits(value)
        )

    def usable(self, name: str, value: Json) -> Json:
        """Return what a change builds on: the value, or an untouched field's where it is none of its own."""
        field = self.by_name.get(name)
        return value if field is None or field.fits(value) else self.defaults[name]

    def _field(self, name: str) -> Field:
        try:
            return self.by_name[name]
        except KeyError:
            raise WireError(f"{self.noun} has no field {name}") from None


def declare(noun: str, /, **fields: Field) -> Record:
    """Name each field by its keyword; a field without a group of its own belongs to the noun's group."""
    named = (replace(field, name=name, group=field.group or noun) for name, field in fields.items())
    return Record(noun, tuple(named))


def declare_later(noun: str, group: str, since: int, /, **fields: Field) -> Record:
    """Declare a noun that came with a later schema and whose rights are those of `group`."""
    named = {name: replace(each, group=each.group or group, since=since) for name, each in fields.items()}
    return declare(noun, **named)


def field(codec: Codec, conflict: Conflict = Conflict.SHARED, *, group: str = "", since: int = 1) -> Field:
    """Describe a field before `declare` names it."""
    return Field("", codec, conflict, group, since)
