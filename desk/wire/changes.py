"""How one field changes: a value set, or the elements of a class E set added and removed."""

from collections.abc import Mapping

from desk.wire.codecs import Json
from desk.wire.op import Change, SetChange


def apply(old: Json, change: Change) -> Json:
    """Return the field's value after the change; a set takes what is added and loses what is removed."""
    # The type first: asking an abstract class costs more than all else here.
    if type(change) is str or not isinstance(change, Mapping):
        return change
    left = elements(old) - set(change["remove"])
    return ",".join(sorted(left | set(change["add"])))


def set_change(old: Json, new: Json) -> SetChange:
    """Say which elements of a class E field came and went."""
    before, after = elements(old), elements(new)
    return {"add": sorted(after - before), "remove": sorted(before - after)}


def elements(text: Json) -> set[str]:
    """Return the elements of a class E field."""
    return set(str(text).split(",")) if text else set()
