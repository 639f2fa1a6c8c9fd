"""What a role may write, field by field: the table of rights over the groups that the records declare.

Asked by the hub of every op that a county's PC hands in, and by the desk before it lets anything be typed.
"""

from collections.abc import Iterable

from desk.rules import rights
from desk.wire.fields import SYSTEM
from desk.wire.records import RECORDS

_SYSTEM = frozenset(each.name for each in SYSTEM)


def refused(role: str, noun: str, kind: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return which of these fields the role may not write; a record it may not begin is refused as a whole.

    Whoever has rights to single fields only, as a desk of the county has, must name one: an op that sets
    nothing may still bring a void record back to life or close a question.

    Args:
        role: of `rights.ROLES`.
        noun: of the record; one this version does not know is nobody's to write.
        kind: of the op; `insert` begins a record.
        names: of the fields.
    """
    record = RECORDS.get(noun)
    told = tuple(sorted(names))
    if record is None:
        return told or (noun,)
    if kind == "insert" and not rights.may_begin(role, noun):
        return told or (noun,)
    if not told and role in rights.LOOKING_DESKS:
        return (noun,)
    whole = rights.may({role}, "void", record.fields[0].group)
    if kind == "void" and not whole:
        return told or (noun,)
    return tuple(
        name
        for name in told
        if not (
            whole
            if name in _SYSTEM
            else name in record.by_name and rights.may({role}, "write", record.by_name[name].group)
        )
    )
