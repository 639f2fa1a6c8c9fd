"""加入已有的站: the county's code, the station's records fetched, and the first user of this PC let in."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desk.errors import Problem
from desk.text import _
from desk.ui.notices import Notices
from desk.ui.pages.setup.person import secret
from desk.ui.parts.boxes import column, label, row
from desk.ui.parts.card import Card
from desk.ui.parts.columns import scrolled
from desk.ui.parts.fields import LineField
from desk.ui.parts.form_row import FormRow
from desk.ui.parts.veil import BusyVeil
from desk.ui.tasks import Tasks

if TYPE_CHECKING:
    from desk.services.joining import Joined, Joining
    from desk.services.login import Login

_LEAST = 600
# Refusals of the hub that are mended in one of the fields.
_AT = dict.fromkeys(("bad_code", "code_expired", "code_used", "no_first_pc", "device_elsewhere"), "code")


class JoinPage(QWidget):
    """Two short forms, one after the other; what was typed stays until it has served.

    Signals:
        opened: the first user is in; carries what was opened, with the recovery code of this PC.
        back: the person wants the wizard again; nothing of the way so far is left.
    """

    opened = Signal(object)
    back = Signal()

    _progressed = Signal(str)

    def __init__(
        self, login: "Callable[[], Login]", tasks: Tasks, notices: Notices, *, replaces: bool = False
    ) -> None:
        """Args: `replaces`: this PC was set up already, and gives that up when it has joined."""
        super().__init__()
        self._login = login
        self._replaces = replaces
        self._tasks = tasks
        self._notices = notices
        self._joining: Joining | None = None
        self.fields: dict[str, LineField] = {}
        self.rows: dict[str, FormRow] = {}
        self.county, self.person = QWidget(), QWidget()
        self._joined = label("", "strong", wrap=True)
        self.line = label("", "problem", wrap=True)
        self.enrol, self.enter = _main(_("登记并取回记录")), _main(_("设密码并进入"))
        self.enrol.clicked.connect(self._on_enrol)
        self.enter.clicked.connect(self._on_enter)
        self._back = QPushButton(_("返回"))
        self._back.setProperty("kind", "link")
        self._back.clicked.connect(self._on_back)
        self._lay_out()
        self.veil = BusyVeil(self)
        self.veil.cancelled.connect(self._on_cancel)
        self._progressed.connect(lambda sentence: self.veil.say(sentence + "…"))
        self.person.hide()

    def fill(self, typed: Mapping[str, str]) -> None:
        """Take over what was typed elsewhere: code, address, pin."""
        for name, text in typed.items():
            self.fields[name].setText(text)

    def leave(self) -> None:
        """End what is under way; whatever was made so far is thrown away by `discard`."""
        if self._joining is not None:
            self._joining.give_up()

    def discard(self) -> None:
        """Leave nothing behind; call it when nothing runs any more. Raises StoreProblem."""
        joining, self._joining = self._joining, None
        if joining is not None:
            joining.discard()

    def showEvent(self, event: QShowEvent) -> None:
        """Put the focus where something is to be typed."""
        super().showEvent(event)
        self.rows["code" if self.person.isHidden() else "name"].field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter from any line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.enrol if self.person.isHidden() else self.enter).click()
        else:
            super().keyPressEvent(event)

    def _on_enrol(self) -> None:
        code, where, pin = (self._typed(name) for name in ("code", "address", "pin"))
        if not code:
            self.rows["code"].set_problem(_("请输入县里给的登记码"))
            self.rows["code"].field.setFocus()
            return
        login, said = self._login, self._progressed.emit

        def work() -> "Joined":
            if self._joining is None:
                self._joining = login().joining(replaces=self._replaces)
            return self._joining.enrol(where, code, pin, said)

        self._run(work, self._on_joined, _("正在连接县级平台"))

    def _on_joined(self, joined: "Joined") -> None:
        where = " · ".join(filter(None, (joined.county, joined.station)))
        self._joined.setText(_("本机已登记：{where}，站里的记录已经取回。").format(where=where))
        self.county.hide()
        self.person.show()
        self.rows["name"].field.setFocus()

    def _on_enter(self) -> None:
        name, code = self._typed("name"), self._typed("one_time")
        password, again = (self.fields[each].text() for each in ("password", "again"))
        missing = {"name": not name and _("请填写姓名"), "one_time": not code and _("请输入站长给的登录码")}
        missing["again"] = password != again and _("两次输入的密码不一样")
        for each, words in missing.items():
            if words:
                self.rows[each].set_problem(words)
                self.rows[each].field.setFocus()
                return
        joining, said = self._joining, self._progressed.emit
        assert joining is not None, "the first form has made it"
        self._run(lambda: joining.enter(name, code, password, said), self.opened.emit, _("正在核对"))

    def _run(self, work: Callable[[], Any], done: Callable[[Any], None], words: str) -> None:
        for each in self.rows.values():
            each.set_problem("")
        self.line.setText("")
        self.veil.cover(words + "…", can_cancel=True)
        self._tasks.run(
            work, done=done, failed=self._on_refused, ended=self.veil.lift, owner=self, lane="net"
        )

    def _on_refused(self, problem: Problem) -> None:
        self.veil.lift()
        if problem.field == "given_up":
            self.line.setText(_("已取消，填的都还在；再点一次就接着来。"))
            return
        words = "\n".join(filter(None, (problem.sentence, problem.way_out)))
        at = self.rows.get(_AT.get(problem.field, problem.field))
        if at is not None and at.isVisible():
            at.set_problem(words)
            at.field.setFocus()
        else:
            self.line.setText(words)

    def _on_cancel(self) -> None:
        self.veil.say(_("正在停下，等这一步的回答…"))
        self.leave()

    def _on_back(self) -> None:
        if self._joining is not None and self._joining.is_enrolled:
            self._notices.ask(
                _("登记码已经用掉。现在退出，取回的记录会从本机删掉，再来要向县里要新的登记码。要退出吗？"),
                _("退出"),
                _("不退出"),
                self._go_back,
            )
        else:
            self._go_back()

    def _go_back(self) -> None:
        self._tasks.run(self.discard, done=lambda _none: self.back.emit(), owner=self, lane="net")

    def _typed(self, name: str) -> str:
        return self.fields[name].text().strip()

    def _lay_out(self) -> None:
        self.county.setLayout(column(*self._asked_of_county(), gap=8))
        self.person.setLayout(column(*self._asked_of_person(), gap=8))
        card = Card(_("加入已有的站"))
        card.setMinimumWidth(_LEAST)
        for part in (self.county, self.person, self.line, row(self._back, None)):
            card.add(part)
        middle = QWidget()
        middle.setLayout(column(None, row(None, card, None), None))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(middle))

    def _asked_of_county(self) -> Iterator[QWidget]:
        if self._replaces:
            yield label(_("本机现在的设置等加入成功后改名放在一边，不会删除。"), "strong", wrap=True)
        yield label(
            _("站里已经有一台电脑在用时选这个：这台电脑从县级平台取回站里的用户和记录，不另建站。"),
            "soft",
            wrap=True,
        )
        code = LineField(_("登记码"), limit=500, hint="XXXX-XXXX-XXXX-XXXX")
        where = LineField(_("县级平台的地址"), limit=300, hint="https://")
        pin = LineField(_("核对码"), limit=60, hint=_("登记单上没有就留空"))
        for field in (code, where, pin):
            # A scanner types Latin letters, which an input method would turn into words.
            field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        hint = _("一台电脑一张登记单，向县里要；有扫码枪的，点这里扫登记单上的码，一次填好")
        yield self._asked("code", _("登记码"), code, hint=hint)
        yield self._asked("address", _("地址"), where)
        yield self._asked("pin", _("核对码"), pin)
        yield self.enrol

    def _asked_of_person(self) -> Iterator[QWidget]:
        yield self._joined
        yield label(
            _(
                "第一个在这台电脑登录的人：请站长在已经用着的电脑上到“设置 › 用户”选中您，"
                "点“发另一台电脑的登录码”。站长本人也一样。"
            ),
            "soft",
            wrap=True,
        )
        code = LineField(_("登录码"), limit=40, hint="XXXX-XXXX-XXXX-XXXX", digits=True)
        yield self._asked("name", _("姓名"), LineField(_("姓名"), limit=60))
        yield self._asked("one_time", _("登录码（站长给的）"), code)
        yield self._asked("password", _("在这台电脑用的密码"), secret(_("密码"), hint=_("至少 8 个字符")))
        yield self._asked("again", _("再输一次"), secret(_("再输一次密码")))
        yield self.enter

    def _asked(self, name: str, words: str, field: LineField, *, hint: str = "") -> FormRow:
        self.fields[name] = field
        self.rows[name] = FormRow(words, field, hint=hint)
        return self.rows[name]


def _main(words: str) -> QPushButton:
    button = QPushButton(words)
    button.setProperty("kind", "main")
    return button
