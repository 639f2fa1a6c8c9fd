"""首次登录: somebody the station head invited, with the one-time code they were given."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from desk.text import _
from desk.ui.pages.login.form import CodeWay
from desk.ui.parts.fields import LineField
from desk.ui.parts.form_row import FormRow
from desk.ui.tasks import Tasks

if TYPE_CHECKING:
    from desk.services.login import Login


class Invited(CodeWay):
    """Name, one-time code, and a password of one's own twice."""

    def __init__(self, login: "Callable[[], Login]", tasks: Tasks) -> None:
        self._login = login
        self._name = LineField(_("姓名"), limit=60)
        self._code = LineField(_("一次性登录码"), limit=40, hint="XXXX-XXXX-…", digits=True)
        asked = (FormRow(_("姓名"), self._name), FormRow(_("一次性登录码（站长给的）"), self._code))
        super().__init__(tasks, _("首次登录"), asked, _("自己的密码"), _("设密码并进入"))

    def missing(self) -> str:
        """Ask for name and code."""
        return "" if self._name.value() and self._code.value() else _("请填写姓名和一次性登录码")

    def work(self, password: str) -> Callable[[], Any]:
        """Redeem the code."""
        name, code, login = self._name.value(), self._code.value(), self._login
        return lambda: login().redeem(name, code, password)
