"""The rows of the import table: what a roster line says, what would happen with it, where it is doubtful."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desk.services.roster import columns as meanings
from desk.services.roster.plan_values import NEW, SKIP, Entry, ImportPlan
from desk.text import _
from desk.ui.parts.table import Column

FILTERS = (
    ("doubts", "有疑点"),
    ("all", "全部"),
    ("new", "新增"),
    ("changed", "更新"),
    ("same", "不变"),
    (SKIP, "跳过"),
)
_ACTIONS = {
    "new": ("新增", "blue"),
    "changed": ("更新", "green"),
    "same": ("不变", "plain"),
    SKIP: ("跳过", "plain"),
}


@dataclass(frozen=True)
class Line:
    """One entry with the decision that holds for it: `choice` as in `plan_values.Choices`."""

    entry: Entry
    choice: str

    @property
    def number(self) -> int:
        """The line in the file."""
        return self.entry.row.line

    @property
    def action(self) -> str:
        """What would happen: new, changed, same or skip."""
        if self.entry.row.problem or self.choice == SKIP:
            return SKIP
        if self.choice == NEW:
            return NEW
        return "same" if self.entry.action == "same" else "changed"

    @property
    def doubtful(self) -> bool:
        """Whether there is something to look at."""
        return bool(self.entry.row.doubts) or self.entry.action == "doubtful"

    @property
    def reasons(self) -> tuple[str, ...]:
        """All doubts in words, with their field."""
        told = [f"{meanings.MEANING[doubt.field]}：{doubt.sentence}" for doubt in self.entry.row.doubts]
        return tuple(told + ([self.entry.note] if self.entry.note and not self.entry.row.problem else []))


def lines_of(plan: ImportPlan | None, choices: Mapping[int, str], which: str) -> tuple[Line, ...]:
    """Return the lines of a plan that a filter lets through."""
    entries = plan.entries if plan else ()
    lines = (Line(entry, choices.get(entry.row.line, entry.default)) for entry in entries)
    if which == "all":
        return tuple(lines)
    return tuple(line for line in lines if (line.doubtful if which == "doubts" else line.action == which))


def table_columns() -> tuple[Column, ...]:
    """Return the columns; a doubtful cell is an amber pill, a lost value shows as ？."""
    return (
        Column(_("行"), lambda line: str(line.number), 2, soft=True),
        Column(
            _("处理"), lambda line: _(_ACTIONS[line.action][0]), 4, tone=lambda line: _ACTIONS[line.action][1]
        ),
        _cell(meanings.NAME, 9, lambda row: row.name, identity=True),
        _cell(meanings.LEVELS, 6, lambda row: "、".join(row.levels)),
        _cell(meanings.CONSTITUENCY, 6, lambda row: row.constituency),
        _cell(meanings.POST, 0, lambda row: row.post),
        _cell(meanings.PHONE, 7, lambda row: row.phone),
        Column(_("在任"), lambda line: _("已离任") if line.entry.row.departed else "", 4),
    )


def _cell(meaning: str, width: int, text: Callable[..., str], *, identity: bool = False) -> Column:
    def is_doubtful(line: Line) -> bool:
        return bool(line.entry.row.doubts_about(meaning)) or (identity and line.entry.action == "doubtful")

    return Column(
        _(meanings.MEANING[meaning]),
        lambda line: text(line.entry.row) or ("？" if is_doubtful(line) else ""),
        width,
        tone=lambda line: "amber" if is_doubtful(line) else "",
        strong=meaning == meanings.NAME,
    )
