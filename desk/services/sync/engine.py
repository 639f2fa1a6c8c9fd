"""One round: greet, push until the outbox is empty, pull until nothing is new, report (sync.md 2.4, 2.5).

A plain function over two ports: the store's side and the hub's. It keeps nothing of its own, so a round may
stop after any step, and the next one goes on from what the store holds.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, TypeVar

from desk import clock, log
from desk.errors import HubProblem, Problem
from desk.services.sync.ports import DIFFERS, Hub, Keeper, Place, Taken, Waiting
from desk.services.sync.report import RoundReport
from desk.text import _
from desk.wire.codecs import WireError
from desk.wire.greeting import Hello, Limits, ScopeState
from desk.wire.messages import PROTOCOL, Page, Pull, Push, Want
from desk.wire.records import SCHEMA
from desk.wire.troubles import AnyTrouble, CursorAhead, DeviceForked, EpochChanged, Trouble

T = TypeVar("T")

_log = log.get("sync")

MOST_REVISIONS: Final = 300
"""How many revisions one page may bring: a save beside it waits no longer than it takes to store them."""

SNAPSHOT_ABOVE: Final = 1000
"""An empty desk takes heads instead of a history that is longer than this."""

_MOST_LIVES = 5
_STOPS = frozenset({"halted", "too_old", "no_grant", "no_such"})
_OF_ONE_SCOPE = frozenset({"unreadable", "epoch_changed", "bad_message", "too_large"})
"""What stops a scope and says nothing of the others."""


class _Again(Exception):
    """The scope is in another life: what was asked must be asked anew."""


@dataclass
class _Round:
    """One round under way and what it did so far, in the scope of its keeper."""

    keeper: Keeper
    hub: Hub
    limits: Limits = field(default_factory=Limits)
    verdicts: Counter[str] = field(default_factory=Counter)
    changed: set[str] = field(default_factory=set)
    pulled: int = 0
    offered: set[str] = field(default_factory=set)
    newest: int = 0
    trouble: Trouble | None = None
    go_on: Callable[[], bool] = lambda: True
    pushes: bool = True
    mended: bool = False

    def run(self, now: Callable[[], datetime]) -> RoundReport:
        """Go through all steps; what was done before the hub fell silent stands and is told."""
        reached = False
        try:
            self.steps(now)
            reached = True
        except HubProblem as problem:
            self.trouble = _told(problem)
        except WireError:
            self.trouble = _told(unreadable())
        stopped = self.trouble or Trouble("")
        return RoundReport(
            reached=reached,
            sent=dict(self.verdicts),
            pulled=self.pulled,
            offered=len(self.offered),
            trouble=stopped.error,
            sentence=stopped.sentence,
            scope=stopped.scope,
            wait_s=stopped.wait_s,
            poll_s=self.limits.poll_s,
            changed=frozenset(self.changed),
        )

    def steps(self, now: Callable[[], datetime]) -> None:
        """Greet, then push and pull scope by scope: first our own, then those a county's desk looks at."""
        states = self.greet(now)
        own = self.keeper.place().scope
        stopped = self.apart(states[own])
        for scope, state in states.items():
            if scope != own:
                self.beside(scope, state)
        if stopped is not None:
            raise stopped

    def beside(self, scope: str, state: ScopeState) -> None:
        """Do the same in another scope; a trouble there, such as a halt or a page that cannot be read, does
        not keep the others waiting."""
        part = _Round(self.keeper.of(scope), self.hub, self.limits, go_on=self.go_on, pushes=self.pushes)
        try:
            stopped = part.apart(state)
        finally:
            self.verdicts.update(part.verdicts)
            self.changed |= part.changed
            self.pulled += part.pulled
            self.offered |= part.offered
        trouble = part.trouble if stopped is None else _told(stopped)
        if self.trouble is None and trouble is not None:
            self.trouble = replace(trouble, scope=scope)

    def apart(self, state: ScopeState) -> HubProblem | None:
        """Settle one scope; return what stopped it if that says nothing of the others.

        Raises:
            Problem: the line is dead, the hub lets this PC do nothing, or the store fails: there is no going
                on.
        """
        try:
            self.settle(state)
        except WireError:
            return unreadable()
        except HubProblem as problem:
            if problem.field not in _OF_ONE_SCOPE:
                raise
            return problem
        except Problem:
            raise
        except Exception as failure:  # noqa: BLE001 - what a page can break is not known beforehand; its block is undone
            _log.error("scope %s stopped: %s", state.scope, type(failure).__name__)
            return unreadable()
        return None

    def settle(self, state: ScopeState) -> None:
        """Push what waits and pull what is new."""
        self.follow(state)
        self.newest = max(self.newest, state.version)
        for _life in range(_MOST_LIVES):
            try:
                if not self.mended and self.differs(state) and not self.keeper.leaves(state):
                    self.mend()
                if self.wants_snapshot(state):
                    self.bootstrap()
                if self.pushes and not state.halted:
                    self.push()
                self.pull()
                break
            except _Again:
                continue
        if self.differs(state):
            if self.mended:
                # Where the hub moved on meanwhile, what it says at the next greeting is tried anew.
                self.keeper.leave(state)
            self.trouble = self.trouble or _apart()
        if state.halted and self.trouble is None:
            self.trouble = Trouble("halted", _("县里的数据恢复过，正在核对，请稍后再试"))

    def greet(self, now: Callable[[], datetime]) -> dict[str, ScopeState]:
        """Say hello, as another writer if the hub has seen this one elsewhere; return where scopes stand."""
        before = now()
        answer = self.hub.hello(self.keeper.ask())
        if isinstance(answer, DeviceForked):
            self.keeper.fork()
            before = now()
            answer = self.hub.hello(self.keeper.ask())
        if not isinstance(answer, Hello):
            raise refused(answer)
        if not answer.protocol[0] <= PROTOCOL <= answer.protocol[1]:
            raise HubProblem(
                _("县级平台和本机的程序版本合不上"), field="protocol", way_out=_("请升级较旧的一方。")
            )
        after = now()
        self.keeper.greeted(answer, _offset_ms(answer, before, after))
        self.limits = answer.limits
        states = {state.scope: state for state in answer.scopes}
        if self.keeper.place().scope not in states:
            raise HubProblem(
                _("这台电脑没有本站的权限"), field="no_grant", way_out=_("请联系县里给这台电脑开通本站。")
            )
        return states

    def follow(self, state: ScopeState) -> None:
        """Begin to follow the scope, or follow it into a new life."""
        place = self.keeper.place()
        if not place.epoch:
            self.keeper.join(state.epoch, state.history)
        elif place.epoch != state.epoch:
            self.take_offer(self.keeper.offer_again(state.history))

    def wants_snapshot(self, state: ScopeState) -> bool:
        """Tell whether heads come before revisions: one is under way, or the history is too long or gone."""
        place = self.keeper.place()
        empty = place.version == 0 and state.version > SNAPSHOT_ABOVE
        return bool(place.after) or empty or place.version < state.oldest

    def bootstrap(self) -> None:
        """Take all heads, page by page; a round that stopped in between goes on where it was."""
        while True:
            place = self.keeper.place()
            page = self.understood(self.hub.snapshot(place.scope, place.after))
            if page is None:
                return
            if page.epoch != place.epoch:
                raise HubProblem(_("县里的数据刚恢复过，正在重新开始"), field="epoch_changed")
            self.take(self.keeper.take_snapshot(page))
            if not page.after:
                return

    def push(self) -> None:
        """Send what waits, a batch at a time, until all of it has got an answer."""
        behind: int | None = None
        while self.trouble is None:
            place = self.keeper.place()
            batch = self.keeper.waiting(behind, self.limits.ops, self.limits.push_bytes)
            if not batch:
                return
            taken = self.push_batch(place, batch)
            if taken is None:
                return
            # What was put in front is sent at once; what stays where it is waits for the next round.
            behind = None if taken.offered - self.offered else batch[-1].position
            self.take_offer(taken)
            if taken.agrees is False:
                self.mend()

    def push_batch(self, place: Place, batch: tuple[Waiting, ...]) -> Taken | None:
        """Send one batch; None if the hub takes none."""
        message = Push(
            device=place.device,
            incarnation=place.incarnation,
            scope=place.scope,
            epoch=place.epoch,
            schema=SCHEMA,
            cursor=place.version,
            highest=place.highest,
            ops=tuple(each.op for each in batch),
            vouchers={each.op.op: each.voucher for each in batch if each.voucher},
        )
        answer = self.understood(self.hub.push(message))
        if answer is None:
            return None
        self.newest = max(self.newest, answer.version)
        return self.keeper.take_answers(batch, answer, frozenset(self.offered))

    def pull(self) -> None:
        """Take page after page until the scope's newest version is here."""
        while self.trouble is None or self.trouble.error != "too_old":
            place = self.keeper.place()
            if place.version >= self.newest and not self.is_ahead(place):
                return
            page = self.page(place)
            if page is None:
                return
            taken = self.keeper.take_page(page)
            self.take(taken)
            self.newest = max(self.newest, page.version)
            if taken.agrees is False:
                self.mend()
                return
            if page.end <= place.version:
                return

    def is_ahead(self, place: Place) -> bool:
        """Tell whether we hold more than the hub says it has: it must hear of it, to raise its alarm."""
        return place.version > self.newest

    def page(self, place: Place) -> Page | None:
        """Ask for one page of our scope."""
        most = min(self.limits.revisions, MOST_REVISIONS)
        want = Want(place.scope, place.epoch, place.version, place.highest)
        answer = self.understood(self.hub.pull(Pull(SCHEMA, (want,), most)))
        if answer is None:
            return None
        if len(answer.parts) != 1:
            raise unreadable()
        part = self.understood(answer.parts[0])
        if part is not None and part.scope != place.scope:
            raise unreadable()
        return part

    def differs(self, state: ScopeState) -> bool:
        """Tell whether the hub is at our version with another past: it was set back, and others moved it on.

        No page would say so before something new comes.
        """
        place = self.keeper.place()
        same = (place.epoch, place.version) == (state.epoch, state.version) and not place.after
        pairs = ((place.digest, state.digest), (place.trail, state.trail))
        return same and any(ours and theirs and ours != theirs for ours, theirs in pairs)

    def mend(self) -> None:
        """Begin again after digests differed; once a round, so that a lasting difference is told."""
        if self.mended:
            self.trouble = _apart()
            return
        self.mended = True
        self.take_offer(self.keeper.another_past())
        self.newest = -1
        raise _Again

    def understood(self, answer: T | AnyTrouble) -> T | None:
        """Return the answer; None where the hub stops us with a word, which is kept for the report.

        Raises:
            _Again: the scope has a new life, into which we followed.
            HubProblem: the hub refuses this PC, or asks for patience.
        """
        if not self.go_on():
            raise HubProblem(_("同步已停下，下次接着来"), field="given_up")
        if isinstance(answer, EpochChanged):
            self.take_offer(self.keeper.offer_again(answer.history))
            # How far the new life has come is only known when it is asked.
            self.newest = -1
            raise _Again
        if isinstance(answer, CursorAhead):
            self.trouble = Trouble("cursor_ahead", _("县里的数据比本机旧，正在等县里核对"), wait_s=300)
            return None
        if isinstance(answer, Trouble) and answer.error in _STOPS:
            self.trouble = answer
            return None
        if isinstance(answer, Trouble | DeviceForked):
            raise refused(answer)
        return answer

    def take(self, taken: Taken) -> None:
        """Add up what a step did."""
        self.changed |= taken.changed
        self.verdicts.update(taken.verdicts)
        self.pulled += taken.revisions

    def take_offer(self, taken: Taken) -> None:
        """Add up a step that may have put ops in front."""
        self.take(taken)
        self.offered |= taken.offered


def run_round(
    keeper: Keeper,
    hub: Hub,
    *,
    now: Callable[[], datetime] = clock.now,
    go_on: Callable[[], bool] = lambda: True,
    pushes: bool = True,
) -> RoundReport:
    """Run one round and return what it did, also when the hub fell silent or refused in the middle of it.

    `go_on` is asked at each answer; when it says no the round ends before that answer is kept. `pushes`: an
    auditor's PC only looks, what it writes of itself stays with it.

    Raises:
        StoreProblem: the disk is full or fails; then nothing of the step under way was kept.
    """
    return _Round(keeper, hub, go_on=go_on, pushes=pushes).run(now)


def greet(keeper: Keeper, hub: Hub, *, now: Callable[[], datetime] = clock.now) -> None:
    """Begin a session outside a round. Raises HubProblem."""
    _Round(keeper, hub).greet(now)


def refused(trouble: AnyTrouble) -> HubProblem:
    """Return the problem of a refusal, in the hub's own sentence."""
    sentence = trouble.sentence if isinstance(trouble, Trouble) else ""
    wait_s = trouble.wait_s if isinstance(trouble, Trouble) else 0
    return HubProblem(sentence or _("县级平台没有接受这次请求"), field=trouble.error, wait_s=wait_s)


def unreadable() -> HubProblem:
    """Return the problem of an answer that says nothing we know."""
    return HubProblem(
        _("县级平台的回答读不懂"),
        field="unreadable",
        way_out=_("请核对“设置 › 县级平台”里的地址；地址没错就联系县里。"),
    )


def _apart() -> Trouble:
    return Trouble(DIFFERS, _("本机与县里的内容核对不上，请联系县里"))


def _told(problem: HubProblem) -> Trouble:
    return Trouble(problem.field, problem.sentence, wait_s=problem.wait_s)


def _offset_ms(hello: Hello, before: datetime, after: datetime) -> int:
    try:
        theirs = datetime.fromisoformat(hello.now)
        return round((theirs - before - (after - before) / 2).total_seconds() * 1000)
    except (ValueError, TypeError) as error:
        raise WireError("now: not a moment") from error
