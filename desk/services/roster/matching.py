"""Lays a roster beside the stored deputies: who is new, who is known, who may be somebody else."""

from collections import Counter
from collections.abc import Iterable, Sequence

from desk.rules import labels
from desk.rules.masking import mask_phone
from desk.rules.names import name_key
from desk.services.roster import columns
from desk.services.roster.plan_values import (
    NEW,
    SKIP,
    Action,
    Candidate,
    Difference,
    Entry,
    ImportPlan,
    Known,
)
from desk.services.roster.targets import DEPARTED, deputy_fields, level_code, mandate_targets
from desk.services.roster.values import RosterRow
from desk.text import _

_SURE = 2  # from this strength on a row and a stored deputy are the same person
_LABELS = {
    "phone": columns.MEANING[columns.PHONE],
    "post": columns.MEANING[columns.POST],
    "sex": columns.MEANING[columns.SEX],
    "ethnicity": columns.MEANING[columns.ETHNICITY],
    "birth_date": columns.MEANING[columns.BIRTH],
    "remark": columns.MEANING[columns.REMARK],
    "consultative": "议政代表",
    "state": "状态",
    "constituency": columns.MEANING[columns.CONSTITUENCY],
    "electing_unit": columns.MEANING[columns.ELECTING_UNIT],
    "group_name": columns.MEANING[columns.GROUP],
    "term": "届次",
}
_WORDS = {"active": "在任", "departed": "已离任", "ended": "已终止", "1": "男", "2": "女"}


def lay_beside(file_name: str, rows: Sequence[RosterRow], known: Iterable[Known]) -> ImportPlan:
    """Return what an import of these rows would do.

    The same name and the same phone, birth or constituency make the same person; a namesake with anything
    that contradicts stays separate and is doubtful; a row that says nothing to tell people apart is taken
    for the one namesake there is, and is doubtful too.
    """
    by_name: dict[str, list[Known]] = {}
    for deputy in known:
        for key in {name_key(name) for name in (deputy.name, deputy.alias) if name}:
            by_name.setdefault(key, []).append(deputy)
    namesakes = {row.line: by_name.get(name_key(row.name), []) for row in rows}
    sure = _sure_pairs(rows, namesakes)
    taken = {deputy.id for deputy in sure.values()}
    entries = []
    for row in rows:
        if row.problem:
            entries.append(Entry(row, "doubtful", SKIP, note=row.problem))
        elif row.line in sure:
            entries.append(_known_entry(row, sure[row.line]))
        else:
            left = [deputy for deputy in namesakes[row.line] if deputy.id not in taken]
            entries.append(_doubtful_entry(row, left) if left else Entry(row, "new", NEW))
    return ImportPlan(file_name, tuple(entries))


def strength(row: RosterRow, deputy: Known) -> int:
    """Return how surely two namesakes are one person: 0 contradiction, 1 nothing to tell, 2 and more sure."""
    born = _agree(row.birth, deputy.birth_date)
    sex = _agree(row.sex.strip("0"), deputy.sex.strip("0"))
    phone = _agree(row.phone, deputy.phone)
    place = _same_place(row, deputy)
    if phone is True and sex is not False:
        return 4
    if born is False or sex is False:
        return 0
    if place is True:
        return 3 if born else 2
    if phone is False or place is False:
        return 0
    return 2 if born or not (deputy_fields(row, deputy) or mandate_targets(row, deputy)) else 1


def _sure_pairs(rows: Sequence[RosterRow], namesakes: dict[int, list[Known]]) -> dict[int, Known]:
    """Return line → deputy of the sure pairs, strongest first; a tie between two people decides nothing."""
    pairs = [(strength(row, deputy), row.line, deputy) for row in rows for deputy in namesakes[row.line]]
    sure: dict[int, Known] = {}
    taken: set[str] = set()
    for level in sorted({pair[0] for pair in pairs if pair[0] >= _SURE}, reverse=True):
        free = [
            (line, d) for power, line, d in pairs if power == level and line not in sure and d.id not in taken
        ]
        lines = Counter(line for line, _deputy in free)
        deputies = Counter(deputy.id for _line, deputy in free)
        for line, deputy in free:
            if lines[line] == 1 and deputies[deputy.id] == 1:
                sure[line] = deputy
                taken.add(deputy.id)
    return sure


def _known_entry(row: RosterRow, deputy: Known) -> Entry:
    differences = _differences(row, deputy)
    action: Action = "changed" if differences else "same"
    missing = {m.level for m in deputy.mandates if m.state == "active"} - set(map(level_code, row.levels))
    notes = []
    if row.levels and missing:
        words = "、".join(labels.MANDATE_LEVEL[level] for level in sorted(missing))
        notes.append(_("库中还有{levels}级，名册没有写，保持不变。").format(levels=words))
    if deputy.state == DEPARTED and not row.departed:
        notes.append(_("库中已离任，名册没有写离任，保持离任。"))
    return Entry(row, action, deputy.id, differences, "".join(notes))


def _doubtful_entry(row: RosterRow, deputies: Sequence[Known]) -> Entry:
    """Return the entry of a row whose name is known, but not surely the person."""
    alike = [deputy for deputy in deputies if strength(row, deputy) > 0]
    candidates = tuple(Candidate(deputy.id, words_of(deputy)) for deputy in deputies)
    if len(alike) == 1 and len(deputies) == 1:
        note = _("库中有一位同名代表，名册没有可以区分的内容，按同一人处理，请核对。")
        return Entry(row, "doubtful", alike[0].id, _differences(row, alike[0]), note, candidates)
    note = _("库中已有同名代表（{words}），内容对不上，按另一人登记，请核对。")
    return Entry(
        row,
        "doubtful",
        NEW,
        note=note.format(words="；".join(each.words for each in candidates)),
        candidates=candidates,
    )


def words_of(deputy: Known) -> str:
    """Return words that tell a stored deputy from a namesake, with the phone masked."""
    levels = "、".join(labels.MANDATE_LEVEL[level] for level in sorted({m.level for m in deputy.mandates}))
    places = "、".join(dict.fromkeys(m.constituency or m.electing_unit for m in deputy.mandates))
    return " ".join(word for word in (levels, places, deputy.post, mask_phone(deputy.phone)) if word)


def _differences(row: RosterRow, deputy: Known) -> tuple[Difference, ...]:
    """Return in words what the import would change of a deputy; the old phone is masked."""
    found = []
    for name, value in deputy_fields(row, deputy).items():
        old = getattr(deputy, name)
        found.append(
            Difference(_LABELS[name], mask_phone(old) if name == "phone" else _shown(old), _shown(value))
        )
    for target in mandate_targets(row, deputy):
        level = labels.MANDATE_LEVEL[target.level]
        if target.known is None:
            words = "，".join(_shown(text) for name, text in target.fields.items() if name != "state")
            found.append(Difference(_("增加{level}级").format(level=level), "", words))
            continue
        found += [
            Difference(f"{level}·{_LABELS[name]}", _shown(getattr(target.known, name)), _shown(text))
            for name, text in target.fields.items()
        ]
    return tuple(found)


def _shown(value: object) -> str:
    if value is None or value is False:
        return ""
    return _("是") if value is True else _WORDS.get(str(value), str(value))


def _agree(one: object, other: object) -> bool | None:
    """Say whether two values agree; None if either is missing."""
    return None if not one or not other else one == other


def _same_place(row: RosterRow, deputy: Known) -> bool | None:
    """Say whether a level both hold has the same constituency; other levels may differ (ZD-03)."""
    mine = {(level_code(m.level), m.constituency or m.electing_unit) for m in row.mandates}
    theirs = {(m.level, m.constituency or m.electing_unit) for m in deputy.mandates}
    mine, theirs = {pair for pair in mine if pair[1]}, {pair for pair in theirs if pair[1]}
    shared = {level for level, _place in mine} & {level for level, _place in theirs}
    if shared:
        return bool(mine & theirs)
    return None
