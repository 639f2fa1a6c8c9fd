"""Rounds for whoever is signed on: one round now, and how the sync stands for the light."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from sqlalchemy.orm import Session as Rows

from desk import clock, ids
from desk.errors import HubProblem
from desk.models import plain
from desk.models.store import Store
from desk.services.outcome import Done
from desk.services.session import Session
from desk.services.sync import backoff, gate, refusals, rotation, view
from desk.services.sync.client import HubClient
from desk.services.sync.engine import run_round
from desk.services.sync.gate import Gate
from desk.services.sync.keeper import Left, StoreKeeper
from desk.services.sync.ports import DIFFERS, Hub
from desk.services.sync.report import RoundReport
from desk.text import _
from desk.wire.codecs import instant_text
from desk.wire.enrolling import AUDITOR

Light = Literal["alone", "synced", "waiting", "offline", "attention"]

Connect = Callable[[Gate], AbstractContextManager[Hub]]
"""Opens the way to a hub."""

_PERSON: Final = frozenset(
    {"unknown_device", "revoked", "no_grant", "no_right", "not_enrolled", "certificate", "clock"}
    | {"unreadable", "protocol", "too_old", DIFFERS, "no_such"}
)
"""Troubles that waiting does not mend."""

_HUBS: Final = frozenset({"halted", "cursor_ahead", "busy", "no_room"})
"""The line is there, but the county must look first, make room, or has too many at once; what was saved
waits."""

_HUB_ROW = (
    "SELECT reached_at, failing_since, coalesce(fails, 0), coalesce(trouble, ''), coalesce(sentence, '')"
    " FROM hub WHERE row = 1"
)
_KEEP = (
    "INSERT INTO hub (row, reached_at, failing_since, fails, trouble, sentence) VALUES (1, ?, ?, ?, ?, ?)"
    " ON CONFLICT (row) DO UPDATE SET reached_at = coalesce(excluded.reached_at, reached_at),"
    " failing_since = excluded.failing_since, fails = excluded.fails, trouble = excluded.trouble,"
    " sentence = excluded.sentence"
)
_COUNTS = (
    # What an auditor's PC writes of itself stays with it: nothing waits.
    "SELECT (SELECT count(*) FROM outbox WHERE acked = 0 AND held = 0"
    " AND NOT EXISTS (SELECT 1 FROM hub WHERE row = 1 AND role = 'auditor')),"
    " (SELECT count(*) FROM attention WHERE given_up_at IS NULL),"
    # A question somebody has decided here is on its way and waits for nobody.
    # A county's desk holds the questions of its stations, whose they are to answer.
    " (SELECT count(*) FROM conflict WHERE state = 'open' AND scope_id = (SELECT scope_id FROM meta)"
    " AND NOT EXISTS"
    " (SELECT 1 FROM outbox o WHERE o.op_id = conflict.closed_by AND o.held = 0))"
)
_CALLED = "SELECT name FROM station WHERE scope_id = ? AND void = 0 AND name != '' LIMIT 1"
_LISTED = (
    "SELECT op_id, noun, record_id, verdict, sentence, noted_at FROM attention"
    " WHERE given_up_at IS NULL ORDER BY noted_at, op_id LIMIT ?"
)


@dataclass(frozen=True)
class SyncState:
    """How the sync stands.

    light: `alone` without a hub, `synced`, `waiting` (ops not sent yet), `offline`, or `attention`, which
    somebody must look at. since: of `synced` the last round, of `offline` the first that failed. waiting: ops
    to send. refused: ops the hub would not take. conflicts: open ones.
    """

    light: Light = "alone"
    since: datetime | None = None
    waiting: int = 0
    refused: int = 0
    conflicts: int = 0
    sentence: str = ""
    address: str = ""


@dataclass(frozen=True)
class RoundDone:
    """A round that is over: what it did, how it stands now, and when the next one is due (seconds)."""

    report: RoundReport
    state: SyncState
    next_s: float

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the summary for a person."""
        did = _("送出 {sent} 条，收到 {pulled} 条，待同步 {waiting} 条").format(
            sent=sum(self.report.sent.values()), pulled=self.report.pulled, waiting=self.state.waiting
        )
        more = [
            (self.report.offered, _("县里恢复过备份，补送 {n} 条")),
            (self.state.refused, _("县里没有接受的 {n} 条，要人处理")),
            (self.state.conflicts, _("冲突 {n} 处，要人处理")),
        ]
        told = (words.format(n=n) for n, words in more if n)
        return tuple(filter(None, (did, *told, self.report.sentence)))


@dataclass(frozen=True)
class Refused:
    """One op the hub would not take, for the list: no values, the record is opened for those."""

    op_id: str
    noun: str
    record_id: str
    verdict: str
    sentence: str
    at: datetime | None


class Rounds:
    """The sync of this PC; `connect` stands in for the network in tests.

    `came` is told which nouns a round has changed, once its end is written down.
    """

    def __init__(
        self,
        store: Store,
        session: Session,
        connect: Connect = HubClient,
        came: Callable[[frozenset[str]], None] = lambda _nouns: None,
    ) -> None:
        self._came = came
        self._store = store
        self._session = session
        self._connect = connect
        self._given_up = False
        self._left = Left()

    def state(self) -> SyncState:
        """Return how the sync stands."""
        with self._store.read() as rows:
            return _state(rows)

    def run(self) -> Done[RoundDone]:
        """Run one round, also behind the lock; without a hub nothing happens.

        What hinders it is told by the state, not raised: a closed network is a normal state.

        Raises:
            StoreProblem: the disk is full or fails.
        """
        with self._store.read() as rows:
            way = gate.read(rows, self._store.device_id)
        if not way.address or self._given_up:
            return Done(RoundDone(RoundReport(), SyncState(), backoff.MOST_S))
        report = self._round(way)
        if report.trouble == "unknown_device":
            report = self._by_new_key(way) or report
        with self._store.write_confirmed() as rows:
            report = _placed(rows, report)
            fails = _keep(rows, report)
            state = _state(rows)
        self._came(report.changed)
        share = int.from_bytes(ids.random_bytes(4), "big") / 2**32
        # Whoever is told when to come comes then: each has a moment of its own.
        told = 1 if report.trouble == "busy" else fails
        wait_s = backoff.delay_s(told, share, report.wait_s) if fails else float(report.poll_s)
        return Done(RoundDone(report, state, wait_s), report.changed)

    def _round(self, way: Gate) -> RoundReport:
        try:
            if not way.key:
                raise HubProblem(_("这台电脑还没有在县级平台登记"), field="not_enrolled")
            with self._connect(way) as hub:
                keeper, pushes = StoreKeeper(self._store, left=self._left), way.role != AUDITOR
                return run_round(keeper, hub, go_on=lambda: not self._given_up, pushes=pushes)
        except HubProblem as problem:
            return RoundReport(reached=False, trouble=problem.field, sentence=problem.sentence)

    def _by_new_key(self, way: Gate) -> RoundReport | None:
        """Go with the key that was asked for, if the answer to that was lost; None if it is not that."""
        other = rotation.other_way(self._store, way)
        report = self._round(other) if other is not None else None
        if report is None or not report.reached:
            return None
        rotation.take_over(self._store)
        return report

    def give_up(self) -> None:
        """End a round that is under way after the answer it waits for, and begin no other."""
        self._given_up = True

    def refused(self, limit: int = 100) -> tuple[Refused, ...]:
        """Return what the hub would not take, the oldest first."""
        with self._store.read() as rows:
            found = plain.ask(rows, _LISTED, (limit,))
        return tuple(Refused(each[0], each[1], each[2], each[3], each[4], _moment(each[5])) for each in found)

    def send_again(self, op_id: str) -> Done[SyncState]:
        """Send a refused op once more as it is, with the next round. Raises AccessProblem."""
        self._session.require("write", "setting")
        with self._store.write_confirmed() as rows:
            key = refusals.send_again(rows, op_id)
            if key is not None:
                view.rebuild_one(rows, key)
            return Done(_state(rows), frozenset({key[0]} if key is not None else ()))


def _placed(rows: Rows, report: RoundReport) -> RoundReport:
    """Say with the trouble of another scope of whose records it is: a county's desk follows many stations."""
    if not report.scope or not report.sentence:
        return report
    found = plain.ask(rows, _CALLED, (report.scope,))
    name = found[0][0] if found else _("一个站点")
    return replace(report, sentence=_("{station}：{sentence}").format(station=name, sentence=report.sentence))


def _keep(rows: Rows, report: RoundReport) -> int:
    """Remember how the round went; return how many have failed in a row, this one included."""
    _reached, since, fails, _trouble, _sentence = _hub_row(rows)
    now = instant_text(clock.now())
    if report.reached and not report.wait_s:
        plain.write(rows, _KEEP, (now, None, 0, report.trouble, report.sentence))
        return 0
    plain.write(
        rows,
        _KEEP,
        (now if report.reached else None, since or now, fails + 1, report.trouble, report.sentence),
    )
    return fails + 1


def _hub_row(rows: Rows) -> tuple[str | None, str | None, int, str, str]:
    found = plain.ask(rows, _HUB_ROW)
    return found[0] if found else (None, None, 0, "", "")


def _state(rows: Rows) -> SyncState:
    where = gate.read(rows, "").address
    if not where:
        return SyncState()
    reached, failing, fails, trouble, sentence = _hub_row(rows)
    waiting, refused, conflicts = plain.ask(rows, _COUNTS)[0]
    state = SyncState("waiting", None, waiting, refused, conflicts, sentence, where)
    if trouble in _PERSON or refused or conflicts:
        return replace(state, light="attention")
    if fails and trouble not in _HUBS:
        return replace(state, light="offline", since=_moment(failing))
    if waiting or reached is None:
        return state
    return replace(state, light="synced", since=_moment(reached))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
