"""忘记密码: the recovery code of the sheet in the safe gives a user a new password."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from desk.text import _
from desk.ui.pages.login.form import CodeWay
from desk.ui.parts.combo import Combo
from desk.ui.parts.fields import LineField
from desk.ui.parts.form_row import FormRow
from desk.ui.tasks import Tasks

if TYPE_CHECKING:
    from desk.services.login import Login
    from desk.services.login_values import SlotUser


class Recover(CodeWay):
    """Recovery code, whose password to set, the new password twice."""

    def __init__(self, login: "Callable[[], Login]", tasks: Tasks) -> None:
        self._login = login
        self._code = LineField(_("恢复码"), limit=60, hint="XXXX-XXXX-XXXX-…", digits=True)
        self._user = Combo()
        asked = (
            FormRow(_("恢复码（在站长锁存的恢复单上）"), self._code),
            FormRow(_("为谁设新密码"), self._user),
        )
        super().__init__(tasks, _("用恢复码"), asked, _("新密码"), _("设新密码并进入"))

    def show_users(self, users: "Sequence[SlotUser]") -> None:
        """Offer the users of this PC."""
        self._user.set_choices([(user.id, user.name) for user in users])

    def missing(self) -> str:
        """Ask for the code."""
        return "" if self._code.value() else _("请输入恢复码")

    def work(self, password: str) -> Callable[[], Any]:
        """Set the new password with the code."""
        code, user_id, login = self._code.value(), self._user.value(), self._login
        return lambda: login().recover(code, user_id, password)
