"""Settings of the county's hub: where it is, what it must know of this PC, a round now, what it refused."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.settings.section import Section
from desk.ui.parts.boxes import label, row, rule
from desk.ui.parts.fields import LineField
from desk.ui.parts.form_row import FormRow
from desk.ui.parts.veil import BusyVeil
from desk.ui.pulse import words

if TYPE_CHECKING:
    from desk.services.outcome import Done
    from desk.services.sync.rounds import HubIds, Refused, RoundDone, SyncState

_SHOWN = 10


class HubSection(Section):
    """Address and token, the two ids the county asks for, and how the sync stands."""

    title = "县级平台"
    words = (
        "接上以后，保存的记录自动送到县里，县里的答复和站里其他电脑的记录自动过来。断网照常工作，通了再补送。"
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._address = LineField(_("县级平台的地址"), limit=300, hint="https://")
        self._token = LineField(_("令牌"), limit=200, hint=_("县里给这台电脑的一串字，只存在加密数据里"))
        self._token.setEchoMode(LineField.EchoMode.Password)
        self.rows["address"] = FormRow(_("地址"), self._address, hint=_("留空就是单机"))
        self.rows["token"] = FormRow(_("令牌"), self._token, hint=_("不改就留空"))
        self._ids = label("", "soft", wrap=True)
        self._ids.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._state = label("", "strong")
        self._more = label("", "soft", wrap=True)
        self._did = label("", wrap=True)
        self._refused = label("", wrap=True)
        keep, self._now = QPushButton(_("保存")), QPushButton(_("立即同步"))
        keep.setProperty("kind", "main")
        keep.clicked.connect(self._on_keep)
        self._now.clicked.connect(self._on_now)
        self._again = QPushButton(_("没有接受的再送一次"))
        self._again.clicked.connect(self._on_again)
        self._again.hide()
        self._found: tuple[Refused, ...] = ()
        self._veil = BusyVeil(self)
        for each in self.rows.values():
            self.box.addWidget(each)
        self.box.addLayout(row(keep, self._now, None))
        self.box.addWidget(self._state)
        self.box.addWidget(self._more)
        self.box.addWidget(self._did)
        self.box.addWidget(self._refused)
        self.box.addLayout(row(self._again, None))
        self.box.addWidget(rule())
        self.box.addWidget(self._ids)
        self.box.addStretch(1)

    def load(self) -> None:
        """Ask how the sync stands, and for what the county wants to know."""
        sync, run = self.context.services.sync, self.context.tasks.run
        run(sync.ids, done=self._show_ids, owner=self, topic="ids")
        run(sync.state, done=self._show, owner=self, topic="state")
        run(lambda: sync.refused(_SHOWN), done=self._show_refused, owner=self, topic="refused")

    def _show_ids(self, ids: "HubIds") -> None:
        self._ids.setText(
            _("请县里用这两个编号登记本机。\n站点：{scope}\n本机：{device}").format(
                scope=ids.scope, device=ids.device
            )
        )

    def _show(self, state: "SyncState") -> None:
        if not self._address.hasFocus():
            self._address.setText(state.address)
        word, _tone, tip = words(state)
        self._state.setText(word)
        self._more.setText(tip)
        self._now.setEnabled(bool(state.address))

    def _show_refused(self, found: "tuple[Refused, ...]") -> None:
        self._found = found
        self._refused.setText("\n".join(f"· {each.sentence or each.verdict}" for each in found))
        self._again.setVisible(bool(found))

    def _on_keep(self) -> None:
        for each in self.rows.values():
            each.set_problem("")
        where, token, sync = self._address.value(), self._token.text(), self.context.services.sync
        self.context.tasks.run(
            lambda: sync.set_hub(where, token),
            done=self._on_kept,
            failed=self.refused,
            owner=self,
            lane="write",
        )

    def _on_kept(self, done: "Done[SyncState]") -> None:
        self._token.clear()
        self._show(done.value)

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
        self._did.setText("\n".join(done.value.lines))
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
