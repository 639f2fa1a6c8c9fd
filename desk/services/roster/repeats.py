"""People who stand in a roster twice: joined only if surely the same, else kept apart and doubted."""

from collections.abc import Sequence
from dataclasses import replace

from desk.rules.names import name_key
from desk.services.roster import cells, columns
from desk.services.roster.values import Doubt, RosterMandate, RosterRow
from desk.text import _


def settle_repeats(rows: Sequence[RosterRow]) -> tuple[RosterRow, ...]:
    """Return the rows with sure repeats joined, and with a doubt on every namesake and every shared phone.

    Surely the same are lines under one merged name cell, and lines with the same name and the same phone
    whose other cells do not contradict each other. Everybody else stays separate.
    """
    people: list[RosterRow] = []
    for row in rows:
        if row.continued and people and name_key(people[-1].name) == name_key(row.name):
            people[-1] = _joined(people[-1], row)
            continue
        twin = next((index for index, other in enumerate(people) if _surely_same(other, row)), None)
        if twin is None:
            people.append(row)
        else:
            joined = _joined(people[twin], row)
            lines = "、".join(str(line) for line in joined.lines)
            sentence = _("第 {lines} 行姓名和电话都相同，已合并为一人，请核对是否重复。").format(lines=lines)
            people[twin] = _doubted(joined, Doubt(columns.NAME, sentence))
    return tuple(_compared(person, people) for person in people)


def _surely_same(one: RosterRow, other: RosterRow) -> bool:
    same = name_key(one.name) == name_key(other.name) and bool(one.phone) and one.phone == other.phone
    return same and not (
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


def _compared(person: RosterRow, people: Sequence[RosterRow]) -> RosterRow:
    """Return the person with a doubt for each namesake and each phone somebody else has too."""
    doubts = []
    for other in people:
        if other.line == person.line:
            continue
        if name_key(other.name) == name_key(person.name):
            sentence = _("与第 {line} 行同名（{differences}），可能是重复登记，也可能是两个人，请核对。")
            differences = _differences(person, other)
            doubts.append(Doubt(columns.NAME, sentence.format(line=other.line, differences=differences)))
        elif person.phone and other.phone == person.phone:
            sentence = _("与第 {line} 行的{name}电话相同，请核对。")
            doubts.append(Doubt(columns.PHONE, sentence.format(line=other.line, name=other.name)))
    return replace(person, doubts=(*person.doubts, *doubts))


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


def _doubted(row: RosterRow, doubt: Doubt) -> RosterRow:
    return replace(row, doubts=(*row.doubts, doubt))
