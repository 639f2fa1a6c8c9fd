"""首次登录: somebody the station head invited, with the one-time code they were given."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QVBoxLayout

from desk.text import _
from desk.ui.pages.login.form import WayIn, secret
from desk.ui.parts.boxes import label
from desk.ui.parts.fields import LineField
from desk.ui.parts.form_row import FormRow
from desk.ui.tasks import Tasks

if TYPE_CHECKING:
    from desk.services.login import Login


class Invited(WayIn):
    """Name, one-time code, and a password of one's own twice."""

    def __init__(self, login: "Callable[[], Login]", tasks: Tasks) -> None:
        super().__init__(tasks)
        self._login = login
        self._name = LineField(_("姓名"), limit=60)
        self._code = LineField(_("一次性登录码"), limit=40, hint="XXXX-XXXX-…", digits=True)
        self._first = secret(_("自己的密码"), hint=_("至少 8 个字符"))
        self._again = secret(_("再输一次密码"))
        self._again.returnPressed.connect(self._on_enter)
        self.enter.setText(_("设密码并进入"))
        self.enter.clicked.connect(self._on_enter)
        back = QPushButton(_("返回"))
        back.setProperty("kind", "link")
        back.clicked.connect(self.back)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(label(_("首次登录"), "subtitle"))
        box.addWidget(FormRow(_("姓名"), self._name))
        box.addWidget(FormRow(_("一次性登录码（站长给的）"), self._code))
        box.addWidget(FormRow(_("自己的密码"), self._first))
        box.addWidget(FormRow(_("再输一次"), self._again))
        box.addWidget(self.enter)
        box.addWidget(self.line)
        box.addWidget(back)
        box.addStretch(1)

    def _on_enter(self) -> None:
        name, code = self._name.value(), self._code.value()
        password, again, login = self._first.text(), self._again.text(), self._login
        if not name or not code:
            self.say_problem(_("请填写姓名和一次性登录码"))
        elif password != again:
            self.say_problem(_("两次输入的密码不一样"))
        else:
            self.attempt(lambda: login().redeem(name, code, password), _("正在核对…"))
