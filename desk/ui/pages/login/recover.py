"""忘记密码: the recovery code of the sheet in the safe gives a user a new password."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QVBoxLayout

from desk.text import _
from desk.ui.pages.login.form import WayIn, secret
from desk.ui.parts.boxes import label
from desk.ui.parts.combo import Combo
from desk.ui.parts.fields import LineField
from desk.ui.parts.form_row import FormRow
from desk.ui.tasks import Tasks

if TYPE_CHECKING:
    from desk.services.login import Login
    from desk.services.login_values import SlotUser


class Recover(WayIn):
    """Recovery code, whose password to set, the new password twice."""

    def __init__(self, login: "Callable[[], Login]", tasks: Tasks) -> None:
        super().__init__(tasks)
        self._login = login
        self._code = LineField(_("恢复码"), limit=60, hint="XXXX-XXXX-XXXX-…", digits=True)
        self._user = Combo()
        self._first = secret(_("新密码"), hint=_("至少 8 个字符"))
        self._again = secret(_("再输一次新密码"))
        self._again.returnPressed.connect(self._on_enter)
        self.enter.setText(_("设新密码并进入"))
        self.enter.clicked.connect(self._on_enter)
        back = QPushButton(_("返回"))
        back.setProperty("kind", "link")
        back.clicked.connect(self.back)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(label(_("用恢复码"), "subtitle"))
        box.addWidget(FormRow(_("恢复码（在站长锁存的恢复单上）"), self._code))
        box.addWidget(FormRow(_("为谁设新密码"), self._user))
        box.addWidget(FormRow(_("新密码"), self._first))
        box.addWidget(FormRow(_("再输一次"), self._again))
        box.addWidget(self.enter)
        box.addWidget(self.line)
        box.addWidget(back)
        box.addStretch(1)

    def show_users(self, users: "Sequence[SlotUser]") -> None:
        """Offer the users of this PC."""
        self._user.set_choices([(user.id, user.name) for user in users])

    def _on_enter(self) -> None:
        code, user_id = self._code.value(), self._user.value()
        password, again, login = self._first.text(), self._again.text(), self._login
        if not code:
            self.say_problem(_("请输入恢复码"))
        elif password != again:
            self.say_problem(_("两次输入的新密码不一样"))
        else:
            self.attempt(lambda: login().recover(code, user_id, password), _("正在核对…"))
