"""开站: pick your name, type the password."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout

from desk.text import _
from desk.ui import style
from desk.ui.pages.login.form import WayIn, secret
from desk.ui.parts.boxes import label, row
from desk.ui.parts.fields import LineField
from desk.ui.parts.form_row import FormRow
from desk.ui.tasks import Tasks

if TYPE_CHECKING:
    from desk.services.login import Login
    from desk.services.login_values import SlotUser

_SHOWN = 3

Initials = Callable[[str], tuple[str, ...]]
"""Returns the initials of a name, such as zm for 张某; slow the first time."""


class SignOn(WayIn):
    """The user list, the field for others, and the password.

    Signals:
        recovery_wanted: 用恢复码.
        code_wanted: 首次登录，有一次性登录码.
    """

    recovery_wanted = Signal()
    code_wanted = Signal()

    def __init__(self, login: "Callable[[], Login]", tasks: Tasks, initials: Initials) -> None:
        super().__init__(tasks)
        self._login = login
        self._initials = initials
        self._users: tuple[SlotUser, ...] = ()
        self._waits = False
        self._group = QButtonGroup(self)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._other = LineField(_("其他人，输入姓名或首字母"), limit=60, hint=_("其他人 · 输入首字母"))
        self._other.textEdited.connect(self._on_other)
        self._password = secret(_("密码"))
        self._password.returnPressed.connect(self._on_enter)
        self.enter.setText(_("进入"))
        self.enter.clicked.connect(self._on_enter)
        self._links = recover, invited = _link(_("忘记密码")), _link(_("首次登录"))
        recover.clicked.connect(self.recovery_wanted)
        invited.clicked.connect(self.code_wanted)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(label(_("开站"), "subtitle"))
        box.addLayout(self._list)
        box.addWidget(self._other)
        box.addSpacing(8)
        box.addWidget(FormRow(_("密码"), self._password))
        box.addSpacing(8)
        box.addWidget(self.enter)
        box.addWidget(self.line)
        box.addLayout(row(recover, None, invited, gap=4))
        box.addStretch(1)
        self.say(_advice())

    def wait(self, *, ends: bool) -> None:
        """Open no way in until names are known. `ends`: what was left behind is still coming to its end."""
        self._waits = True
        for way in (self.enter, *self._links):
            way.setEnabled(False)
        if ends:
            self.say(_("刚才的工作还在收尾（如备份），完成后就能登录。"))

    def show_users(self, users: "Sequence[SlotUser]") -> None:
        """Show who can sign on; the first three as buttons, the rest by their initials."""
        self._users = tuple(users)
        if self._waits:
            self._waits = False
            for way in (self.enter, *self._links):
                way.setEnabled(True)
            self.say(_advice())
        self._fill(self._users[:_SHOWN])
        self._other.setVisible(len(self._users) > _SHOWN)
        self.begin()

    def begin(self) -> None:
        """Put the focus on the password."""
        self._password.setFocus()

    def chosen(self) -> str:
        """Return the id of the user chosen, "" for none."""
        button = self._group.checkedButton()
        return str(button.property("user_id")) if button is not None else ""

    def _fill(self, users: "Sequence[SlotUser]") -> None:
        for old in self._group.buttons():
            self._group.removeButton(old)
            old.deleteLater()
        for user in users:
            button = UserButton(user.name, user.role_label)
            button.setProperty("user_id", user.id)
            button.clicked.connect(self._password.setFocus)
            self._group.addButton(button)
            self._list.addWidget(button)
        if users:
            self._group.buttons()[0].setChecked(True)

    def _on_other(self, text: str) -> None:
        typed = text.strip().casefold()
        users, initials = self._users, self._initials
        if not typed:
            self._fill(users[:_SHOWN])
            return
        self._tasks.run(lambda: _matching(users, typed, initials), done=self._fill, owner=self)

    def _on_enter(self) -> None:
        user_id, password, login = self.chosen(), self._password.text(), self._login
        if self._waits:
            return  # the line says what for
        if not user_id:
            self.say_problem(_("请先选姓名"))
        elif not password:
            self.say_problem(_("请输入密码"))
            self._password.setFocus()
        else:
            self.attempt(lambda: login().sign_on(user_id, password), _("正在开站…"))


class UserButton(QPushButton):
    """A name with the word for the role at the right end."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__(name)
        self.setProperty("kind", "choice")
        self.setCheckable(True)
        self.setAccessibleName(f"{name} {role}".strip())
        self._role = role

    def paintEvent(self, event: QPaintEvent) -> None:
        """Add the role."""
        super().paintEvent(event)
        painter = QPainter(self)
        font = self.font()
        font.setPixelSize(style.size("label"))
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(style.colour("ink_soft"))
        box = QRect(0, 0, self.width() - 12, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._role)


def _advice() -> str:
    return _("代表开站后用 PIN 上岗 · 忘记密码请站长重设或用恢复码")


def _link(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("kind", "link")
    return button


def _matching(users: "tuple[SlotUser, ...]", typed: str, initials: Initials) -> "tuple[SlotUser, ...]":
    """Return the users whose name holds, or whose initials begin with, what was typed."""
    found = tuple(user for user in users if typed in user.name.casefold())
    if not found:
        found = tuple(user for user in users if any(each.startswith(typed) for each in initials(user.name)))
    return found[:_SHOWN]
