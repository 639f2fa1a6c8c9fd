"""Settings of one's own password, and the recovery code of the station."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.settings.section import Section
from desk.ui.parts.boxes import label, row, rule
from desk.ui.parts.fields import LineField
from desk.ui.parts.form_row import FormRow
from desk.ui.preview.window import show_paper

if TYPE_CHECKING:
    from desk.services.outcome import Done
    from desk.services.papers import Paper


class PasswordSection(Section):
    """Old and new password; a new recovery sheet when the old one is lost."""

    title = "密码与恢复单"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._old = _secret(_("现在的密码"))
        self._new = _secret(_("新密码"))
        self._again = _secret(_("再输一次新密码"))
        self.rows["password"] = FormRow(_("新密码"), self._new, hint=_("至少 8 个字符"))
        self._again_row = FormRow(_("再输一次"), self._again)
        change = QPushButton(_("改密码"))
        change.setProperty("kind", "main")
        change.clicked.connect(self._on_change)
        renew = QPushButton(_("换新恢复码…"))
        renew.clicked.connect(self._on_renew)
        kept = QPushButton(_("恢复单已锁存"))
        kept.clicked.connect(self._on_kept)
        self.box.addWidget(FormRow(_("现在的密码"), self._old))
        self.box.addLayout(row(self.rows["password"], self._again_row))
        self.box.addLayout(row(change, None))
        self.box.addWidget(rule())
        self.box.addWidget(
            label(
                _("恢复单丢了或被人看过，就换新恢复码：先填上面“现在的密码”。旧恢复单随即作废。"),
                "soft",
                wrap=True,
            )
        )
        self.box.addLayout(row(renew, kept, None))
        self.box.addStretch(1)

    def _on_change(self) -> None:
        old, new = self._old.text(), self._new.text()
        if new != self._again.text():
            self._again_row.set_problem(_("两次输入的新密码不一样"))
            return
        users = self.context.services.users
        self.context.tasks.run(
            lambda: users.change_password(old, new),
            done=self._on_changed,
            failed=self.refused,
            owner=self,
            lane="free",
        )

    def _on_changed(self, _done: object) -> None:
        for field in (self._old, self._new, self._again):
            field.clear()
        for each in (self.rows["password"], self._again_row):
            each.set_problem("")
        self.context.notices.info(_("密码已改，下次登录用新密码"))

    def _on_renew(self) -> None:
        password, users = self._old.text(), self.context.services.users
        self.context.tasks.run(
            lambda: users.new_recovery_code(password),
            done=self._on_renewed,
            failed=self.refused,
            owner=self,
            lane="free",
        )

    def _on_renewed(self, done: "Done[str]") -> None:
        self._old.clear()
        papers = self.context.services.papers
        # The code is not kept anywhere: the sheet stays on the screen until it is printed or saved.
        self.context.tasks.run(
            lambda: papers.recovery_sheet(done.value), done=self._show_sheet, owner=self, lane="free"
        )

    def _show_sheet(self, sheet: "Paper") -> None:
        show_paper(sheet, self.context, self)
        self.context.notices.info(
            _("新恢复码只显示这一次：请打印恢复单，交站长锁存。存了文件的，打印后请删除。")
        )

    def _on_kept(self) -> None:
        users = self.context.services.users
        self.context.tasks.run(
            users.recovery_kept,
            done=lambda _done: self.context.notices.info(_("已记下：恢复单由站长锁存")),
            failed=self.refused,
            owner=self,
            lane="write",
        )


def _secret(name: str) -> LineField:
    field = LineField(name, limit=128)
    field.setEchoMode(LineField.EchoMode.Password)
    return field
