"""Settings of the county's hub: enrolling this PC, a round now, what it refused."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from desk.rules.rights import LOOKING_DESKS
from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.settings.section import Section
from desk.ui.parts.boxes import label, row, rule, tell
from desk.ui.parts.fields import LineField
from desk.ui.parts.form_row import FormRow
from desk.ui.parts.veil import BusyVeil
from desk.ui.pulse import words

if TYPE_CHECKING:
    from desk.errors import Problem
    from desk.services.outcome import Done
    from desk.services.sync.enrolment import HubKnown
    from desk.services.sync.rounds import Refused, RoundDone, SyncState

_SHOWN = 10

# Refusals of the hub that are mended in one of the fields.
_AT = dict.fromkeys(("bad_code", "code_expired", "code_used", "other_scope", "not_empty"), "code")


class HubSection(Section):
    """What the county's sheet says, typed or scanned, and how the sync stands."""

    title = "县级平台"
    words = (
        "接上以后，保存的记录自动送到县里，县里的答复和站里其他电脑的记录自动过来。断网照常工作，通了再补送。"
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._address = LineField(_("县级平台的地址"), limit=300, hint="https://")
        self._code = LineField(_("登记码"), limit=500, hint="XXXX-XXXX-XXXX-XXXX")
        self._pin = LineField(_("核对码"), limit=60, hint=_("登记单上没有就留空"))
        for field in (self._address, self._code, self._pin):
            # A scanner types Latin letters, which an input method would turn into words.
            field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.rows["code"] = FormRow(
            _("登记码"), self._code, hint=_("县里给的登记单上有；有扫码枪的，点这里扫登记单上的码，一次填好")
        )
        self.rows["address"] = FormRow(_("地址"), self._address)
        self.rows["pin"] = FormRow(_("核对码"), self._pin)
        self._known = label("", "strong", wrap=True)
        self._ids = label("", "soft", wrap=True)
        self._ids.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._state = label("", "strong")
        self._more = label("", "soft", wrap=True)
        self._did = label("", wrap=True)
        self._did.hide()
        self._refused = label("", wrap=True)
        self._enrol, self._now = QPushButton(_("登记本机")), QPushButton(_("立即同步"))
        self._renew = QPushButton(_("更换本机密钥"))
        self._leave = QPushButton(_("断开县级平台"))
        self._enrol.setProperty("kind", "main")
        self._enrol.clicked.connect(self._on_enrol)
        self._code.returnPressed.connect(self._on_enrol)
        self._leave.clicked.connect(self._on_leave)
        self._renew.clicked.connect(self._on_renew)
        self._now.clicked.connect(self._on_now)
        self._again = QPushButton(_("没有接受的再送一次"))
        self._again.clicked.connect(self._on_again)
        self._again.hide()
        self._found: tuple[Refused, ...] = ()
        self._veil = BusyVeil(self)
        self.box.addWidget(self._known)
        for each in self.rows.values():
            self.box.addWidget(each)
        self.box.addLayout(row(self._enrol, self._now, None, self._renew, self._leave))
        self.box.addWidget(self._state)
        self.box.addWidget(self._more)
        self.box.addWidget(self._did)
        self.box.addWidget(self._refused)
        self.box.addLayout(row(self._again, None))
        self.box.addWidget(rule())
        self.box.addWidget(self._ids)
        self.box.addStretch(1)

    def load(self) -> None:
        """Ask where this PC is enrolled and how the sync stands."""
        sync, run = self.context.services.sync, self.context.tasks.run
        run(self.context.services.enrolment.state, done=self._show_known, owner=self, topic="known")
        run(sync.state, done=self._show, owner=self, topic="state")
        run(lambda: sync.refused(_SHOWN), done=self._show_refused, owner=self, topic="refused")

    def refused(self, problem: "Problem") -> None:
        """Show a refusal at its field, with the way out beside the sentence."""
        if problem.field == "joinable":
            typed = {"code": self._code.text(), "address": self._address.text(), "pin": self._pin.text()}
            words = _("{sentence}。要并入那个站吗？会先退出登录；加入成功后，本机现在的设置改名放在一边。")
            self.context.notices.ask(
                words.format(sentence=problem.sentence),
                _("并入那个站"),
                _("不并入"),
                lambda: self.context.navigator.join(typed),
            )
            return
        row = self.rows.get(_AT.get(problem.field, problem.field))
        if row is None:
            self.context.notices.fail(problem)
            return
        row.set_problem(problem.sentence)
        row.field.setFocus()

    def _show_known(self, known: "HubKnown") -> None:
        if not self._address.hasFocus():
            self._address.setText(known.address)
        where = " · ".join(filter(None, (known.county, known.station)))
        told = (
            _("本机已登记为县里的电脑：{where}") if known.role in LOOKING_DESKS else _("本机已登记：{where}")
        )
        self._known.setText(told.format(where=where) if where else "")
        self._known.setVisible(bool(where))
        self._enrol.setText(_("重新登记") if where else _("登记本机"))
        self._leave.setVisible(bool(known.address))
        self._renew.setVisible(bool(known.address))
        self._ids.setText(_("本机编号：{device}").format(device=known.device))

    def _show(self, state: "SyncState") -> None:
        word, _tone, tip = words(state)
        self._state.setText(word)
        tell(self._more, tip)
        self._now.setEnabled(bool(state.address))

    def _show_refused(self, found: "tuple[Refused, ...]") -> None:
        self._found = found
        tell(self._refused, "\n".join(f"· {each.sentence or each.verdict}" for each in found))
        self._again.setVisible(bool(found))

    def _on_enrol(self) -> None:
        for each in self.rows.values():
            each.set_problem("")
        where, code, pin = self._address.value(), self._code.value(), self._pin.value()
        enrolment = self.context.services.enrolment
        self._veil.cover(_("正在登记…"))
        self.context.tasks.run(
            lambda: enrolment.enrol(where, code, pin),
            done=self._on_enrolled,
            failed=self.refused,
            ended=self._veil.lift,
            owner=self,
            lane="net",
        )

    def _on_enrolled(self, done: "Done[HubKnown]") -> None:
        self._code.clear()
        self._pin.clear()
        self._show_known(done.value)
        if done.value.role in LOOKING_DESKS:
            self.context.notices.info(
                _("登记好了：本机现在是县里的电脑。请退出再登录一次，页面就换成县里用的。")
            )
        else:
            self.context.notices.info(_("登记好了"))
        self._on_now()

    def _on_leave(self) -> None:
        self.context.notices.ask(
            _("断开后不再同步，记录都留在本机；再接要向县里要新的登记码。"),
            _("断开"),
            _("不断开"),
            lambda: self.context.tasks.run(
                self.context.services.enrolment.leave,
                done=lambda _done: self.load(),
                failed=self.refused,
                owner=self,
                lane="write",
            ),
        )

    def _on_renew(self) -> None:
        self.context.notices.ask(
            _("换一把新密钥，旧的随即作废。怀疑本机的数据被人拷走时用；要连得上县级平台才能换。"),
            _("更换"),
            _("不更换"),
            self._renew_now,
        )

    def _renew_now(self) -> None:
        self._veil.cover(_("正在更换…"))
        self.context.tasks.run(
            self.context.services.enrolment.renew_key,
            done=lambda _done: self.context.notices.info(_("密钥已更换")),
            failed=self.refused,
            ended=self._veil.lift,
            owner=self,
            lane="net",
        )

    def _on_now(self) -> None:
        self._veil.cover(_("正在同步…"))
        self.context.tasks.run(
            self.context.services.sync.run,
            done=self._on_round,
            failed=self.refused,
            ended=self._veil.lift,
            owner=self,
            lane="net",
        )

    def _on_round(self, done: "Done[RoundDone]") -> None:
        tell(self._did, "\n".join(done.value.lines))
        self.load()

    def _on_again(self) -> None:
        found, sync = self._found, self.context.services.sync
        self.context.tasks.run(
            lambda: [sync.send_again(each.op_id) for each in found],
            done=lambda _sent: self._on_now(),
            failed=self.refused,
            owner=self,
            lane="write",
        )
