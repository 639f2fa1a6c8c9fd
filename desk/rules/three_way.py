"""Three copies of one form put together: as it was read, as it was typed since, as it stands now.

A field only one side changed since the reading is as that side has it. Of rows with a key a row is gone that
either side took away, and new ones of both sides stay. Where both sides changed the same thing to something
different, that is a `Clash`: a person says which holds.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Final, Generic, TypeVar

Form = TypeVar("Form")
Row = TypeVar("Row")
Path = tuple[str, ...]
"""Where in a form: by turns the name of a field, and below a field of rows the key of a row or its place."""

_NOTHING: Final = object()
_ID: Final = ("id",)


@dataclass(frozen=True)
class Clash:
    """One thing both sides changed; `mine` or `theirs` is None for a row that side took away.

    `row` is the row it stands in, None for a field of the form itself.
    """

    path: Path
    mine: Any
    theirs: Any
    row: Any = None


@dataclass(frozen=True)
class Laid(Generic[Form]):
    """The three put together, and what both sides had changed."""

    form: Form
    clashes: tuple[Clash, ...] = ()


def lay(base: Form, mine: Form, theirs: Form, *, yielding: Collection[Path] = ()) -> Laid[Form]:
    """Return what holds. At a clash that is what is `mine`, at the paths of `yielding` what is `theirs`.

    A form may say by what its rows are told apart (`KEY`, else the field `id`; a row whose id is empty is
    new), and which of its fields only follow another one (`FOLLOWS`, pairs of names) and are no question.
    """
    laying = _Laying(yielding)
    return Laid(laying.form((), base, mine, theirs), tuple(laying.clashes))


class _Laying:
    """One run over the forms; collects the clashes on its way."""

    def __init__(self, yielding: Collection[Path]) -> None:
        self._yielding = frozenset(yielding)
        self.clashes: list[Clash] = []

    def form(self, path: Path, base: Any, mine: Any, theirs: Any) -> Any:
        if theirs in (base, mine):
            return mine
        if mine == base:
            return theirs
        follows = dict(getattr(type(mine), "FOLLOWS", ()))
        found: dict[str, Any] = {}
        for each in fields(mine):
            name = each.name
            if name == "id":
                found[name] = theirs.id or mine.id
            elif name not in follows:
                three = (getattr(base, name, _NOTHING), getattr(mine, name), getattr(theirs, name))
                found[name] = self._value((*path, name), *three, row=mine if path else None)
        for name, leader in follows.items():
            told = (getattr(mine, name), getattr(theirs, name))
            is_theirs = told[0] == getattr(base, name, _NOTHING) or found[leader] != getattr(mine, leader)
            found[name] = told[1] if is_theirs else told[0]
        return replace(mine, **found)

    def _value(self, path: Path, base: Any, mine: Any, theirs: Any, *, row: Any = None) -> Any:
        if theirs in (base, mine):
            return mine
        if mine == base:
            return theirs
        if is_dataclass(mine) and is_dataclass(theirs):
            return self.form(path, base, mine, theirs)
        if isinstance(mine, tuple) and isinstance(theirs, tuple):
            return self._rows(path, base if isinstance(base, tuple) else (), mine, theirs)
        return self._chosen(Clash(path, mine, theirs, row))

    def _chosen(self, clash: Clash) -> Any:
        self.clashes.append(clash)
        return clash.theirs if clash.path in self._yielding else clash.mine

    def _rows(self, path: Path, base: Sequence[Any], mine: Sequence[Any], theirs: Sequence[Any]) -> Any:
        names = _key_names((*base, *mine, *theirs))
        sides = {"base": base, "mine": mine, "theirs": theirs}
        three = [_by_key(each, names, side) for side, each in sides.items()] if names else []
        if three and None not in three:
            return self._keyed(path, *three)  # type: ignore[arg-type]  # none of them is None
        if _only_edited(base, mine) and _only_edited(base, theirs):
            places = enumerate(zip(base, mine, theirs, strict=True))
            return tuple(self._value((*path, str(at)), *each) for at, each in places)
        return _unkeyed(base, mine, theirs)

    def _keyed(self, path: Path, base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> Any:
        found: dict[str, Any] = {}
        for key in (*mine, *theirs):
            if key not in found:
                row = self._row((*path, key), base.get(key), mine.get(key), theirs.get(key))
                if row is not None:
                    found[key] = row
        return tuple(found[key] for key in _ordered(list(base), list(mine), list(theirs)) if key in found)

    def _row(self, path: Path, base: Any, mine: Any, theirs: Any) -> Any:
        if mine is not None and theirs is not None:
            return self.form(path, base, mine, theirs)
        if base is None:
            return theirs if mine is None else mine
        left = theirs if mine is None else mine
        if left is None or left == base:
            return None
        # One side took the row away, the other had changed it.
        chosen = self._chosen(Clash(path, mine, theirs, left))
        return _as_new(chosen) if chosen is not None and chosen is mine else chosen


def placed(
    standing: Sequence[Row], wanted: Sequence[Form], told: Callable[[Row], Form]
) -> tuple[list[tuple[Form, Row | None]], list[Row]]:
    """Return each wanted line with the row that says it already, else one that is free; and the rows left.

    For lines without a key: a row keeps what it says when another one before it is taken away.
    """
    free = list(standing)
    kept: list[Row | None] = []
    for form in wanted:
        same = next((row for row in free if told(row) == form), None)
        if same is not None:
            free.remove(same)
        kept.append(same)
    pairs = [
        (form, row if row is not None else free.pop(0) if free else None)
        for form, row in zip(wanted, kept, strict=True)
    ]
    return pairs, free


def _key_names(rows: Sequence[Any]) -> tuple[str, ...]:
    """Return the fields that tell these rows apart, () where nothing does."""
    kind = type(rows[0]) if rows else None
    if kind is None or not is_dataclass(kind):
        return ()
    names: tuple[str, ...] = getattr(kind, "KEY", _ID)
    return names if set(names) <= {each.name for each in fields(kind)} else ()


def _by_key(rows: Sequence[Any], names: tuple[str, ...], side: str) -> dict[str, Any] | None:
    """Return the rows by their key, new ones by side and place; None where two have the same."""
    found: dict[str, Any] = {}
    for at, row in enumerate(rows):
        key = [str(getattr(row, name)) for name in names]
        found["/".join(key) if any(key) else f"{side} {at}"] = row
    return found if len(found) == len(rows) else None


def _ordered(base: list[str], mine: list[str], theirs: list[str]) -> list[str]:
    """Return the keys of both sides in the order of whoever changed it."""
    moved = [key for key in mine if key in base] != [key for key in base if key in mine]
    first, then = (mine, theirs) if moved or theirs == base else (theirs, mine)
    return [*first, *(key for key in then if key not in first)]


def _only_edited(base: Sequence[Any], changed: Sequence[Any]) -> bool:
    """Tell whether each row stands where it stood, or something new in its place."""
    return len(base) == len(changed) and all(
        new == old or new not in base for old, new in zip(base, changed, strict=True)
    )


def _unkeyed(base: Sequence[Any], mine: Sequence[Any], theirs: Sequence[Any]) -> tuple[Any, ...]:
    """Return their rows without those I took away, then mine that are new."""
    left = list(theirs)
    for row in _without(base, mine):
        if row in left:
            left.remove(row)
    news = _without(_without(mine, base), _without(theirs, base))
    return (*left, *news)


def _without(rows: Sequence[Any], others: Sequence[Any]) -> list[Any]:
    found = list(rows)
    for row in others:
        if row in found:
            found.remove(row)
    return found


def _as_new(row: Any) -> Any:
    """Return a row as one that is no record yet, with the rows below it: the record it was is void."""
    if not is_dataclass(row) or isinstance(row, type):
        return row
    values = {each.name: getattr(row, each.name) for each in fields(row)}
    changed: dict[str, Any] = {
        name: tuple(map(_as_new, value)) for name, value in values.items() if isinstance(value, tuple)
    }
    return replace(row, **changed, **({"id": ""} if "id" in values else {}))
