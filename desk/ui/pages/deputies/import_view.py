"""The import of a roster: its words and verbs for the common import of tables."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desk.services.roster import columns as meanings
from desk.services.roster.plan_values import SKIP
from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.deputies.import_entry import ImportEntry
from desk.ui.pages.deputies.import_rows import FILTERS, Line, lines_of, table_columns
from desk.ui.parts.sheet_import import Errand, SheetImport

if TYPE_CHECKING:
    from desk.services.roster.plan_values import ImportDone


class ImportView(SheetImport):
    """导入花名册."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_errand(context), ImportEntry(), context.tasks, context.notices, parent)


def _errand(context: Context) -> Errand:
    services = context.services
    return Errand(
        heading=_("导入花名册"),
        reading=_("正在读取花名册…"),
        table_name=_("读到的代表"),
        meanings=meanings.MEANING,
        keys=frozenset({meanings.NAME}),
        filters=FILTERS,
        columns=table_columns(),
        understand=lambda path, mapping, sheet: services.roster.understand(path, mapping, sheet=sheet),
        plan=services.roster.plan,
        apply=services.roster.apply,
        lines=lines_of,
        summary=_summary,
        told=_told,
    )


def _summary(lines: Sequence[Line]) -> tuple[str, bool]:
    if not lines:
        return _("没有读到代表"), False
    counts = {
        action: sum(line.action == action for line in lines) for action in ("new", "changed", "same", SKIP)
    }
    words = _("新增 {new} 位，更新 {changed} 位，不变 {same} 位，跳过 {skip} 位")
    return words.format(**counts), bool(counts["new"] or counts["changed"])


def _told(done: "ImportDone") -> str:
    words = _("已导入：新增 {new} 位，更新 {changed} 位，不变 {same} 位，跳过 {skipped} 位。可以撤销。")
    return words.format(new=done.new, changed=done.changed, same=done.same, skipped=done.skipped)
