"""Settings: the audit read back, for the head or the audit administrator (SEC-05, SEC-11)."""

from pathlib import Path

from PySide6.QtWidgets import QPushButton

from desk import clock
from desk.services.audit_log import AuditEntry, result
from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.settings.rule_names import rule_name
from desk.ui.pages.settings.section import Section
from desk.ui.parts.boxes import row
from desk.ui.parts.table import Column, PagedTable
from desk.ui.preview import save_place


class AuditSection(Section):
    """Who did or saw what, newest first, and all of it as a workbook."""

    title = "操作记录"
    words = "谁在什么时候登录、看了完整号码、打印、导出、改了用户和规则，都记在这里，只能看，不能改。"
    group = "audit"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.table = PagedTable(
            _("操作记录"),
            [
                Column(_("时间"), lambda each: f"{each.at:%Y-%m-%d %H:%M}", 9),
                Column(_("谁"), lambda each: each.who, 6, strong=True),
                Column(_("做了什么"), lambda each: each.what, 9),
                Column(_("对什么"), _about, least=12),
                Column(_("结果"), result, 6, tone=_tone),
            ],
            tasks=context.tasks,
        )
        self._export = QPushButton(_("存为表格…"))
        self._export.clicked.connect(self._ask_file)
        self.box.addLayout(row(None, self._export))
        self.box.addWidget(self.table, 1)

    def load(self) -> None:
        """Ask for the newest entries."""
        self.table.show_pages(self.context.services.audit_log.page)

    def _ask_file(self) -> None:
        name = _("操作记录 {day}.xlsx").format(day=clock.today())
        save_place.ask(self.context, self, "xlsx", name, self._save)

    def _save(self, path: Path) -> None:
        services, notices = self.context.services, self.context.notices
        self.context.tasks.run(
            lambda: save_place.save(services.settings, path, services.audit_log.workbook()),
            done=lambda _none: notices.info(_("已保存：{name}").format(name=path.name)),
            failed=self.refused,
            owner=self,
            lane="free",
        )


def _about(entry: AuditEntry) -> str:
    return f"{entry.about}：{rule_name(entry.rule)}" if entry.rule else entry.about


def _tone(entry: AuditEntry) -> str:
    return "" if entry.ok else "amber"
