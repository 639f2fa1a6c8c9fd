"""Page 4 of the wizard: where the daily encrypted backup goes."""

from pathlib import Path

from PySide6.QtWidgets import QPushButton

from desk.text import _
from desk.ui.notices import Notices
from desk.ui.pages.setup.step import Step
from desk.ui.parts.boxes import label, row
from desk.ui.parts.fields import LineField
from desk.ui.parts.form_row import FormRow


class BackupStep(Step):
    """A folder on another disk; it may be left for later."""

    def __init__(self, notices: Notices) -> None:
        super().__init__(
            _("备份放在哪里"), _("每天自动备份一次，备份也是加密的。最好放在另一块盘或一直插着的 U 盘上。")
        )
        self._notices = notices
        self.folder = LineField(_("备份文件夹"), limit=300, hint=_("还没有选"))
        choose = QPushButton(_("选文件夹…"))
        choose.clicked.connect(self._on_choose)
        self.box.addLayout(row(choose, None))
        self.place(
            [
                (
                    "backup_folder",
                    FormRow(
                        _("备份文件夹"), self.folder, check=_check, hint=_("现在没有也可以，以后在设置里选")
                    ),
                )
            ]
        )
        self.box.insertWidget(
            self.box.count() - 1,
            label(_("按“建站”后要算一会儿密钥，大约几秒钟，请不要关机。"), "small", wrap=True),
        )

    def _on_choose(self) -> None:
        self._notices.choose_folder(_("选备份文件夹"), lambda path: self.folder.setText(str(path)))


def _check(text: str) -> str:
    return "" if not text or Path(text).is_dir() else _("没有这个文件夹，请用按钮选")
