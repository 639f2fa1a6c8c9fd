"""People who stand in a roster twice: joined only if surely the same, else kept apart and doubted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from desk.rules.names import name_key
from desk.services.roster import cells, columns
from desk.services.roster.values import RosterMandate, RosterRow
from desk.services.sheets.findings import Doubt
from desk.text import _

_MOST_TOLD = 3  # namesakes told of at one row


def settle_repeats(rows: Sequence[RosterRow]) -> tuple[RosterRow, ...]:
    """Return the rows with sure repeats joined, and with a doubt on every namesake and every shared phone.

    Surely the same are lines under one merged name cell, and lines with the same name and the same phone
    whose other cells do not contradict each other. Everybody else stays separate.
    """
    people: list[RosterRow] = []
    places: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        key = name_key(row.name)
        if row.continued and people and name_key(people[-1].name) == key:
            people[-1] = _joined(people[-1], row)
            continue
        same = places.setdefault((key, row.phone), []) if row.phone else []
        twin = next((at for at in same if _surely_same(people[at], row)), None)
        if twin is None:
            same.append(len(people))
            people.append(row)
        else:
            people[twin] = _told(_joined(people[twin], row))
    namesakes = _grouped(people, lambda person: name_key(person.name))
    sharers = _grouped(people, lambda person: person.phone)
    return tuple(
        _compared(person, namesakes[name_key(person.name)], sharers.get(person.phone, ()))
        for person in people
    )


def _grouped(
    people: Iterable[RosterRow], key: Callable[[RosterRow], str]
) -> Mapping[str, Sequence[RosterRow]]:
    groups: dict[str, list[RosterRow]] = {}
    for person in people:
        if key(person):
            groups.setdefault(key(person), []).append(person)
    return groups


def _told(joined: RosterRow) -> RosterRow:
    """Return a person joined from several lines with the doubt that says so."""
    lines = "、".join(str(line) for line in joined.lines)
    sentence = _("第 {lines} 行姓名和电话都相同，已合并为一人，请核对是否重复。").format(lines=lines)
    return replace(joined, doubts=(*joined.doubts, Doubt(columns.NAME, sentence)))


def _surely_same(one: RosterRow, other: RosterRow) -> bool:
    """Say whether two lines of the same name and phone do not contradict each other."""
    return not (
        ("0" not in (one.sex, other.sex) and one.sex != other.sex)
        or (one.birth is not None and other.birth is not None and one.birth != other.birth)
        or one.departed != other.departed
        or _constituencies_clash(one, other)
    )


def _constituencies_clash(one: RosterRow, other: RosterRow) -> bool:
    """Say whether both claim one level with different constituencies; different levels may differ (ZD-03)."""
    places = {mandate.level: mandate.constituency or mandate.electing_unit for mandate in one.mandates}
    shared = [m for m in other.mandates if places.get(m.level)]
    if one.mandates and other.mandates:
        return any(places[m.level] != place for m in shared if (place := m.constituency or m.electing_unit))
    return bool(one.constituency and other.constituency) and one.constituency != other.constituency


def _joined(one: RosterRow, other: RosterRow) -> RosterRow:
    """Return one person from two lines; what both say stands once."""
    levels = {*one.levels, *other.levels}
    return replace(
        one,
        levels=tuple(level for level in cells.LEVELS if level in levels),
        mandates=_all_mandates(one.mandates, other.mandates),
        constituency=_both(one.constituency, other.constituency),
        post=_both(one.post, other.post),
        phone=one.phone or other.phone,
        sex=one.sex if one.sex != "0" else other.sex,
        ethnicity=one.ethnicity or other.ethnicity,
        birth=one.birth or other.birth,
        group_name=_both(one.group_name, other.group_name),
        remark=_both(one.remark, other.remark),
        departed=one.departed or other.departed,
        consultative=one.consultative or other.consultative,
        doubts=tuple(dict.fromkeys((*one.doubts, *other.doubts))),
        lines=(*one.lines, *other.lines),
    )


def _all_mandates(
    some: tuple[RosterMandate, ...], more: tuple[RosterMandate, ...]
) -> tuple[RosterMandate, ...]:
    places = {(m.level, m.constituency or m.electing_unit): m for m in (*some, *more)}
    named = {level for level, place in places if place}
    kept = [m for (level, place), m in places.items() if place or level not in named]
    return tuple(sorted(kept, key=lambda m: cells.LEVELS.index(m.level)))


def _both(one: str, other: str) -> str:
    return "；".join(dict.fromkeys(part for part in (one, other) if part))


def _compared(person: RosterRow, namesakes: Sequence[RosterRow], sharers: Sequence[RosterRow]) -> RosterRow:
    """Return the person with a doubt for the namesakes and for those with the same phone."""
    doubts = []
    key = name_key(person.name)
    for other in _others(person, namesakes):
        sentence = _("与第 {line} 行同名（{differences}），可能是重复登记，也可能是两个人，请核对。")
        differences = _differences(person, other)
        doubts.append(Doubt(columns.NAME, sentence.format(line=other.line, differences=differences)))
    for other in _others(person, (each for each in sharers if name_key(each.name) != key)):
        sentence = _("与第 {line} 行的{name}电话相同，请核对。")
        doubts.append(Doubt(columns.PHONE, sentence.format(line=other.line, name=other.name)))
    return replace(person, doubts=(*person.doubts, *doubts))


def _others(person: RosterRow, group: Iterable[RosterRow]) -> Iterable[RosterRow]:
    """Return the others of a group, as many as a clerk would look at."""
    return islice((other for other in group if other.line != person.line), _MOST_TOLD)


def _differences(one: RosterRow, other: RosterRow) -> str:
    """Return in words what two namesakes differ in."""
    pairs = (
        (columns.SEX, one.sex, other.sex),
        (columns.BIRTH, one.birth, other.birth),
        (columns.LEVELS, one.levels, other.levels),
        (columns.CONSTITUENCY, one.constituency, other.constituency),
        (columns.POST, one.post, other.post),
        (columns.PHONE, one.phone, other.phone),
    )
    labels = [columns.MEANING[field] for field, mine, theirs in pairs if mine != theirs]
    return _("{fields}不同").format(fields="、".join(labels)) if labels else _("其余都相同")
