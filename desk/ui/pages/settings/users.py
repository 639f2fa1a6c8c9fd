"""Settings of users: who may sign on, with which role; invitations, PIN and password."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QPushButton

from desk.errors import InputProblem
from desk.rules.labels import ROLE
from desk.services.roles import LABELS, POSTS
from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.settings.section import Section, beside
from desk.ui.parts.boxes import label, row
from desk.ui.parts.fields import LineField
from desk.ui.parts.form_row import FormRow
from desk.ui.parts.table import Column, PagedTable

if TYPE_CHECKING:
    from desk.services.outcome import Done
    from desk.services.users import Invite, UserRow


class UsersSection(Section):
    """The list of users with what can be done to the chosen one, and a line to invite another."""

    title = "用户"
    words = "一人一个账号，不共用。新用户凭站长给的一次性登录码首次登录，自己设密码。"
    group = "user"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._table = PagedTable(
            _("用户"),
            [
                Column(_("姓名"), lambda user: user.name, 8, strong=True),
                Column(_("角色"), lambda user: user.roles_text),
                Column(_("状态"), _state, 8, tone=_tone),
            ],
        )
        self._users: Sequence[UserRow] = ()
        self._code = label("", "strong", wrap=True)
        self._name = LineField(_("新用户姓名"), limit=60)
        self._roles = {code: QCheckBox(_(words)) for code, words in LABELS.items()}
        self.rows["name"] = FormRow(_("新用户姓名"), self._name)
        invite = _button(_("发一次性登录码"), self._on_invite)
        invite.setProperty("kind", "main")
        self._pin = LineField(_("六位 PIN"), limit=12, digits=True)
        self._pin.setEchoMode(LineField.EchoMode.Password)
        self.rows["pin"] = FormRow(_("给选中的人设 PIN"), self._pin)
        self.box.addWidget(self._table, 1)
        self.box.addLayout(
            beside(
                self.rows["pin"],
                _button(_("设 PIN"), self._on_pin),
                _button(_("重发登录码"), self._on_again),
                _button(_("发另一台电脑的登录码"), self._on_elsewhere),
                _button(_("改角色"), self._on_roles),
                _button(_("停用"), self._on_disable),
            )
        )
        self.box.addLayout(beside(self.rows["name"], *(self._roles[code] for code in ROLE), invite))
        posts = row(label(_("等级保护的岗位"), "label"), gap=14)
        for code in POSTS:
            posts.addWidget(self._roles[code])
        posts.addWidget(label(_("打开等保设置以前指定，由不同的人担任。"), "soft", wrap=True), 1)
        self.box.addLayout(posts)
        self.box.addWidget(self._code)

    def load(self) -> None:
        """Ask for the users."""
        users = self.context.services.users
        self.context.tasks.run(users.list, done=self._show, failed=self.refused, owner=self)

    def _show(self, users: "Sequence[UserRow]") -> None:
        self._users = users
        self._table.show_rows(users)

    def _run(self, work: Any, done: Any) -> None:
        self.context.tasks.run(work, done=done, failed=self.refused, owner=self, lane="write")

    def _on_invite(self) -> None:
        name = self._name.value()
        roles = self._ticked()
        users = self.context.services.users

        def invite(why: str) -> None:
            self._run(lambda: users.invite(name, roles, posts_reason=why), self._on_invited)

        self._allowed(roles, lambda posts: self._agreed(posts, invite), "invite")

    def _on_again(self) -> None:
        user_id, users = self._table.key(), self.context.services.users
        if user_id:
            self._run(lambda: users.invite_again(user_id), self._on_invited)

    def _on_elsewhere(self) -> None:
        user_id, users = self._table.key(), self.context.services.users
        if user_id:
            self._run(lambda: users.invite_elsewhere(user_id), self._on_issued)

    def _on_issued(self, done: "Done[Invite]") -> None:
        words = _("在另一台电脑首次登录用的登录码（只显示这一次，7 天内有效，下一轮同步后可用）：{code}")
        self._code.setText(words.format(code=done.value.code))

    def _on_invited(self, done: "Done[Invite]") -> None:
        self._name.clear()
        self._code.setText(_("一次性登录码（只显示这一次，7 天内有效）：{code}").format(code=done.value.code))
        self.load()

    def _on_pin(self) -> None:
        user_id, pin, users = self._table.key(), self._pin.value(), self.context.services.users
        if user_id:
            self._run(lambda: users.set_pin(user_id, pin), self._on_pin_set)

    def _on_pin_set(self, _done: object) -> None:
        self._pin.clear()
        self.rows["pin"].set_problem("")
        self.context.notices.info(_("PIN 已设好"))

    def _ticked(self) -> list[str]:
        return [code for code, box in self._roles.items() if box.isChecked()]

    def _on_roles(self) -> None:
        user_id, chosen, users = self._table.key(), self._ticked(), self.context.services.users
        if not user_id:
            return
        if not chosen:
            way_out = _("在“新用户姓名”旁边勾选这个人以后的全部角色，再按“改角色”。")
            self.refused(InputProblem(_("请先勾选角色"), way_out=way_out))
            return
        name = next(user.name for user in self._users if user.id == user_id)
        words = _("、").join(LABELS[code] for code in chosen)

        def change(why: str) -> None:
            self._run(lambda: users.set_roles(user_id, chosen, posts_reason=why), lambda _done: self.load())

        def ask(posts: frozenset[str]) -> None:
            self.context.notices.ask(
                _("把“{name}”的角色改为 {roles} 吗？下次登录起生效。").format(name=name, roles=words),
                _("改"),
                _("不改"),
                lambda: self._agreed(posts, change),
            )

        self._allowed(chosen, ask, f"roles {user_id}")

    def _allowed(self, chosen: Sequence[str], then: Callable[[frozenset[str]], None], verb: str) -> None:
        """Go on with the posts to be agreed about; what the rules forbid is refused and nobody is asked.

        Of one `verb` pressed twice the later press counts; another one waits for neither.
        """
        users = self.context.services.users
        self.context.tasks.run(
            lambda: users.shared_posts(chosen),
            done=then,
            failed=self.refused,
            owner=self,
            topic=f"posts {verb}",
        )

    def _agreed(self, posts: frozenset[str], then: Callable[[str], None]) -> None:
        """Go on at once, or once somebody has chosen that one person holds posts which exclude each other."""
        if not posts:
            then("")
            return
        words = _("、").join(POSTS[code] for code in POSTS if code in posts)
        self.context.notices.ask(
            _("{posts}互相监督，应由不同的人担任。确实要一个人兼任吗？会记入操作记录。").format(posts=words),
            _("由一人兼任"),
            _("不兼任"),
            lambda: then(_("确认由一人兼任")),
        )

    def _on_disable(self) -> None:
        user_id = self._table.key()
        if user_id:
            self.context.notices.ask(
                _("停用后这个人不能再登录，登记过的内容都保留。停用吗？"),
                _("停用"),
                _("不停用"),
                lambda: self._disable(user_id),
            )

    def _disable(self, user_id: str) -> None:
        users = self.context.services.users
        self._run(lambda: users.disable(user_id), lambda _done: self.load())


def _state(user: "UserRow") -> str:
    if user.disabled:
        return _("已停用")
    if user.invited:
        return _("待首次登录")
    return _("可登录") if user.has_slot else _("本机未设")


def _tone(user: "UserRow") -> str:
    if user.disabled:
        return "plain"
    return "green" if user.has_slot and not user.invited else "amber"


def _button(words: str, pressed: Any) -> QPushButton:
    button = QPushButton(words)
    button.clicked.connect(pressed)
    return button
