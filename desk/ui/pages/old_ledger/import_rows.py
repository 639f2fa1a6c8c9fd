"""The rows of the import table: what a line of the ledger says, what would happen, what is doubtful."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desk.services.old_ledger import columns as meanings
from desk.services.old_ledger.plan_values import NEW, SKIP, Entry, LedgerPlan
from desk.services.old_ledger.values import LedgerRow
from desk.text import _
from desk.ui.parts.sheet_import import ALL, DOUBTS
from desk.ui.parts.table import Column

FILTERS = ((DOUBTS, "有疑点"), (ALL, "全部"), (NEW, "导入"), (SKIP, "跳过"))
_WHY_SKIPPED = {
    "known": "已有",
    "closed": "已办结",
    "apart": "单独登记",
    "doubtful": "重复",
    "problem": "不能导入",
}
_TO_LOOK_AT = ("apart", "doubtful", "problem")


@dataclass(frozen=True)
class Line:
    """One entry with the decision that holds for it."""

    entry: Entry
    choice: str

    @property
    def number(self) -> int:
        """The line in the file."""
        return self.entry.row.line

    @property
    def action(self) -> str:
        """What would happen: new or skip."""
        return SKIP if self.entry.fixed else self.choice

    @property
    def action_words(self) -> str:
        """What would happen, in words, and for a line passed over why."""
        return _("导入") if self.action == NEW else _(_WHY_SKIPPED.get(self.entry.action, "跳过"))

    @property
    def doubtful(self) -> bool:
        """Whether there is something to look at; a line that is there already needs no look."""
        if self.entry.action in ("known", "closed"):
            return False
        return bool(self.entry.row.doubts) or self.entry.action in _TO_LOOK_AT

    @property
    def reasons(self) -> tuple[str, ...]:
        """All doubts in words, with their field, and why the line is passed over."""
        told = (f"{meanings.MEANING[doubt.field]}：{doubt.sentence}" for doubt in self.entry.row.doubts)
        note = () if self.entry.action == "problem" and self.entry.row.doubts else (self.entry.note,)
        return tuple(filter(None, (*told, *note)))


def lines_of(plan: LedgerPlan | None, choices: Mapping[int, str], which: str) -> tuple[Line, ...]:
    """Return the lines of a plan that a filter lets through."""
    entries = plan.entries if plan else ()
    lines = (Line(entry, choices.get(entry.row.line, entry.default)) for entry in entries)
    if which == ALL:
        return tuple(lines)
    return tuple(line for line in lines if (line.doubtful if which == DOUBTS else line.action == which))


def table_columns() -> tuple[Column, ...]:
    """Return the columns; a doubtful cell is an amber pill, a lost value shows as ？."""
    return (
        Column(_("行"), lambda line: str(line.number), 2, soft=True),
        Column(_("处理"), lambda line: line.action_words, 5, tone=_tone),
        _cell(meanings.DAY, 6, lambda row: row.day.isoformat() if row.day else ""),
        _cell(meanings.NAME, 9, who),
        _cell(meanings.SUBJECT, 0, lambda row: row.subject),
        _cell(meanings.UNIT, 7, lambda row: row.unit, also=(meanings.HANDLING,)),
        _cell(meanings.PHONE, 7, lambda row: row.phone),
    )


def who(row: LedgerRow) -> str:
    """Return the visitor's name as the ledger has it, and how many came."""
    name = _("不愿透露") if row.anonymous else row.name
    return _("{name} 等 {n} 人").format(name=name, n=row.headcount) if row.headcount > 1 else name


def _tone(line: Line) -> str:
    if line.action == NEW:
        return "blue"
    return "amber" if line.entry.action in _TO_LOOK_AT else "plain"


def _cell(
    meaning: str, width: int, text: Callable[[LedgerRow], str], *, also: tuple[str, ...] = ()
) -> Column:
    def is_doubtful(line: Line) -> bool:
        return any(line.entry.row.doubts_about(each) for each in (meaning, *also))

    return Column(
        _(meanings.MEANING[meaning]),
        lambda line: text(line.entry.row) or ("？" if is_doubtful(line) else ""),
        width,
        tone=lambda line: "amber" if is_doubtful(line) else "",
        strong=meaning == meanings.NAME,
    )
