"""The timer that asks for a round with the hub, and the words of the light that shows how it stands.

A closed network is a normal state with a word of its own: nothing here opens a dialog, and no work runs on
the Qt thread. Without a hub nothing runs at all.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desk import clock
from desk.text import _
from desk.ui.context import Context
from desk.ui.footer import said

if TYPE_CHECKING:
    from desk.errors import Problem
    from desk.services.kit import Services
    from desk.services.outcome import Done
    from desk.services.sync.rounds import RoundDone, SyncState

_AFTER_SAVE_MS = 1_500
_LOOK_MS = 60_000
_AGAIN_MS = 60_000
_JUST_NOW_S = 90


class Pulse(QObject):
    """Runs a round at sign-on, by timer, after each save and on demand; one at a time.

    Signals:
        said: the word of the light, its tone, and more of it for the tool tip.
    """

    said = Signal(str, str, str)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._services: Services = context.services
        self._running = False
        self._again = False
        self._stopped = False
        self._own: frozenset[str] = frozenset()
        self._state: SyncState | None = None
        self._stuck: Problem | None = None
        self._timer = QTimer(self)
        self._timer.setObjectName("pulse")
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.beat)
        self._clock = QTimer(self)
        self._clock.setObjectName("pulse light")
        self._clock.setInterval(_LOOK_MS)
        self._clock.timeout.connect(self._look)
        context.live.changed.connect(self._on_changed)
        context.live.day_began.connect(self._on_day)

    def start(self) -> None:
        """Show how the sync stands, and run the first round if there is a hub."""
        self._clock.start()
        self._context.tasks.run(self._services.sync.state, done=self._on_state, owner=self, topic="sync")

    def stop(self) -> None:
        """Ask for no more rounds; one under way ends after the answer it waits for."""
        self._stopped = True
        self._timer.stop()
        self._clock.stop()
        self._services.sync.give_up()

    def beat(self) -> None:
        """Run a round now; while one runs, another follows it."""
        if self._running:
            self._again = True
        elif not self._stopped:
            self._running = True
            self._context.tasks.run(
                self._services.sync.run,
                done=self._on_round,
                failed=self._on_failed,
                ended=self._on_ended,
                owner=self,
                lane="net",
            )

    def _on_state(self, state: "SyncState") -> None:
        first = self._state is None
        self._show(state)
        if state.address and first:
            self.beat()

    def _on_round(self, done: "Done[RoundDone]") -> None:
        # What the round itself changed is announced right after this: it is no save of anybody's.
        self._own = done.changed
        self._stuck = None
        self._show(done.value.state)
        if done.value.state.address and not self._stopped:
            self._timer.start(max(1, round(done.value.next_s * 1000)))

    def _on_failed(self, problem: "Problem") -> None:
        """This PC's own disk takes nothing: told once, and the light says so until a round goes through."""
        if self._stuck is None or self._stuck.field != problem.field:
            self._context.notices.fail(problem)
        self._stuck = problem
        self._light()
        if not self._stopped:
            self._timer.start(_AGAIN_MS)

    def _on_ended(self) -> None:
        self._running = False
        if self._again:
            self._again = False
            self.beat()

    def _on_changed(self, kinds: frozenset[str]) -> None:
        if self._own and kinds == self._own:
            self._own = frozenset()
            return
        if self._stopped:
            return
        if "setting" in kinds:
            self._state = None
            self._look()
        elif self._state is not None and self._state.address:
            self._look()
            if self._state.light != "offline":
                self._timer.start(_AFTER_SAVE_MS)

    def _look(self) -> None:
        self._context.tasks.run(self._services.sync.state, done=self._on_state, owner=self, topic="sync")

    def _show(self, state: "SyncState") -> None:
        self._state = state
        self._light()

    def _on_day(self, _day: object) -> None:
        self._light()

    def _light(self) -> None:
        if self._stuck is not None:
            self.said.emit(*stuck(self._stuck))
        elif self._state is not None:
            self.said.emit(*words(self._state))


def stuck(problem: "Problem") -> tuple[str, str, str]:
    """Return word, tone and tool tip for a round that this PC's own disk has stopped."""
    word = _("本机磁盘已满") if problem.field == "full" else _("本机写不进磁盘")
    return word, "red", "；".join(filter(None, (problem.sentence, problem.way_out)))


def words(state: "SyncState") -> tuple[str, str, str]:
    """Return word, tone and tool tip for a state of the sync."""
    left = _("{n} 条待同步").format(n=state.waiting)
    if state.light == "alone":
        return _("单机"), "plain", _("本机独立工作，没有接入县级平台")
    if state.light == "synced" and state.since is not None:
        seconds = (clock.now() - state.since).total_seconds()
        when = _("刚刚") if 0 <= seconds < _JUST_NOW_S else said(state.since)
        return _("已同步 {when}").format(when=when), "green", _("县级平台上有本机的全部记录")
    if state.light == "offline" and state.since is not None:
        tip = _("{why}。{left}，线路通了自动补送").format(why=state.sentence, left=left)
        return _("离线 {when} 起").format(when=said(state.since)), "amber", tip
    if state.light == "attention":
        return _("需要处理"), "red", _attention(state, left)
    return left if state.waiting else _("正在同步"), "blue", state.sentence


def _attention(state: "SyncState", left: str) -> str:
    parts = [
        state.sentence,
        _("县里没有接受的 {n} 条").format(n=state.refused) if state.refused else "",
        _("冲突 {n} 处").format(n=state.conflicts) if state.conflicts else "",
        left if state.waiting else "",
        _("见“设置 › 冲突”") if state.refused or state.conflicts else _("见“设置 › 县级平台”"),
    ]
    return "；".join(filter(None, parts))
