"""Settings of the backup: where it goes, when it last ran, run it now, and how to bring one back."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from desk.settings import BACKUP_FOLDER
from desk.text import _
from desk.ui.context import Context
from desk.ui.footer import said
from desk.ui.pages.settings.section import Section
from desk.ui.parts.boxes import label, row, rule
from desk.ui.parts.fields import LineField
from desk.ui.parts.form_row import FormRow
from desk.ui.parts.veil import BusyVeil

if TYPE_CHECKING:
    from desk.services.backup import BackupMade


class BackupSection(Section):
    """Folder, last backup, and a button that makes one now."""

    title = "备份"
    words = "每天自动备份一次。备份文件是加密的，要用密码或恢复码才能打开。最好放在另一块盘或 U 盘上。"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._folder = LineField(_("备份文件夹"), limit=300, hint=_("还没有选"))
        self._folder.setReadOnly(True)
        self._last = label("", "strong")
        choose = QPushButton(_("选文件夹…"))
        choose.clicked.connect(self._on_choose)
        self._now = QPushButton(_("立即备份"))
        self._now.setProperty("kind", "main")
        self._now.clicked.connect(self._on_now)
        self._veil = BusyVeil(self)
        self.box.addWidget(FormRow(_("备份文件夹"), self._folder))
        self.box.addLayout(row(choose, self._now, None))
        self.box.addWidget(self._last)
        self.box.addWidget(rule())
        self.box.addWidget(
            label(
                _(
                    "恢复备份：在没有数据的电脑上打开接待台，第一页点“从备份恢复”；"
                    "也可由维护人员运行 desk restore。"
                    "原来的数据会放在一边，不会删除；恢复后本机换一个新字母，以免重号。"
                ),
                "soft",
                wrap=True,
            )
        )
        self.box.addStretch(1)

    def load(self) -> None:
        """Ask for the folder and the last backup."""
        services, run = self.context.services, self.context.tasks.run
        run(
            lambda: services.settings.get(BACKUP_FOLDER),
            done=self._folder.setText,
            owner=self,
            topic="folder",
        )
        run(services.backup.last, done=self._show_last, owner=self, topic="last")

    def _show_last(self, at: datetime | None) -> None:
        self._last.setText(_("上次备份：{when}").format(when=said(at)) if at else _("还没有备份过"))

    def _on_choose(self) -> None:
        self.context.notices.choose_folder(_("选备份文件夹"), self._keep)

    def _keep(self, folder: Path) -> None:
        settings = self.context.services.settings
        self.context.tasks.run(
            lambda: settings.set(BACKUP_FOLDER, str(folder)),
            done=lambda _done: self.load(),
            owner=self,
            lane="write",
        )

    def _on_now(self) -> None:
        self._veil.cover(_("正在备份…"))
        self.context.tasks.run(
            self.context.services.backup.run,
            done=self._on_made,
            failed=self.refused,
            ended=self._veil.lift,
            owner=self,
            lane="free",
        )

    def _on_made(self, made: "BackupMade") -> None:
        size = max(1, made.size >> 20)
        self.context.notices.info(
            _("已备份到 {name}（{size} MB），并已打开核对").format(name=made.path.name, size=size)
        )
        if made.files.missing:
            words = _("有 {count} 个附件的文件缺失或已损坏，备份里也没有。请到“设置 › 本机”核验数据。")
            self.context.notices.warn(words.format(count=made.files.missing))
        self.context.live.announce(frozenset({"backup"}))
        self.load()
