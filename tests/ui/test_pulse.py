"""The pulse: when rounds are asked for, and what the light says."""

from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desk import clock
from desk.errors import StoreProblem
from desk.models.problems import disk_failed, disk_full
from desk.services.outcome import Done
from desk.services.sync.report import RoundReport
from desk.services.sync.rounds import RoundDone, SyncState
from desk.ui.pulse import Pulse, stuck, words
from tests.fakes import FakeClock, FakeTasks, RecordingNotices
from tests.ui import stage

NINE = datetime.fromisoformat("2026-11-23T09:00:00+08:00")
WHERE = "https://hub.example"
SYNCED = SyncState("synced", NINE, address=WHERE)


class Sync:
    """The service as the pulse sees it."""

    def __init__(self, state: SyncState, changed: frozenset[str] = frozenset()) -> None:
        self.now, self.changed = state, changed
        self.rounds = self.given_up = 0
        self.next_s = 60.0
        self.trouble: StoreProblem | None = None

    def state(self) -> SyncState:
        return self.now

    def run(self) -> Done[RoundDone]:
        self.rounds += 1
        if self.trouble is not None:
            raise self.trouble
        return Done(RoundDone(RoundReport(), self.now, self.next_s), self.changed)

    def give_up(self) -> None:
        self.given_up += 1


class Held(FakeTasks):
    """Keeps the work of the net lane until it is let go."""

    held: list[Any]

    def _submit(self, work: Any, job: Any) -> None:
        if job.lane == "net":
            self.held.append((work, job))
        else:
            super()._submit(work, job)

    def let_go(self) -> None:
        work, job = self.held.pop(0)
        super()._submit(work, job)


def pulse(sync: Sync, tasks: FakeTasks | None = None) -> tuple[Pulse, list[str], QObject]:
    context = stage.context(RecordingNotices())
    context = replace(context, services=SimpleNamespace(sync=sync), tasks=tasks or context.tasks)
    parent, said = QObject(), []
    made = Pulse(context, parent)
    made.said.connect(lambda word, _tone, _tip: said.append(word))
    return made, said, parent


def test_without_a_hub_nothing_runs(qtbot: QtBot) -> None:
    sync = Sync(SyncState())
    made, said, _parent = pulse(sync)
    made.start()
    made._context.live.announce(frozenset({"visit"}))
    assert (said, sync.rounds, made._timer.isActive()) == (["单机"], 0, False)
    made.stop()


def test_rounds_run_at_sign_on_by_timer_and_after_a_save(qtbot: QtBot, fake_clock: FakeClock) -> None:
    sync = Sync(SYNCED)
    made, said, _parent = pulse(sync)
    made.start()
    assert sync.rounds == 1
    assert said[-1] == "已同步 刚刚"
    assert made._timer.interval() == 60_000
    made._timer.timeout.emit()
    assert sync.rounds == 2
    made._context.live.announce(frozenset({"visit"}))
    assert made._timer.interval() == 1_500
    made.stop()
    assert not made._timer.isActive()
    assert sync.given_up == 1


def test_the_light_is_of_the_new_day(qtbot: QtBot, fake_clock: FakeClock) -> None:
    """Over midnight, however long it is until the next round."""
    made, said, _parent = pulse(Sync(replace(SYNCED, light="offline")))
    made.start()
    assert said[-1] == "离线 今天 09:00 起"
    fake_clock.forward(days=1)
    made._context.live.begin_day(clock.today())
    assert said[-1] == "离线 昨天 09:00 起"
    made.stop()


def test_what_the_round_itself_brought_is_no_save(qtbot: QtBot, fake_clock: FakeClock) -> None:
    sync = Sync(SYNCED, frozenset({"visit"}))
    made, _said, _parent = pulse(sync)
    made.start()
    assert (sync.rounds, made._timer.interval()) == (1, 60_000)
    made.stop()


def test_offline_a_save_does_not_hurry_the_next_try(qtbot: QtBot, fake_clock: FakeClock) -> None:
    sync = Sync(SyncState("offline", NINE, 3, address=WHERE))
    sync.next_s = 200
    made, said, _parent = pulse(sync)
    made.start()
    made._context.live.announce(frozenset({"visit"}))
    assert made._timer.interval() == 200_000
    assert said[-1] == "离线 今天 09:00 起"
    made.stop()


def test_one_round_at_a_time_and_another_after_it(qtbot: QtBot, fake_clock: FakeClock) -> None:
    sync = Sync(SYNCED)
    tasks = Held()
    tasks.held = []
    made, _said, _parent = pulse(sync, tasks)
    made.start()
    made.beat()
    made.beat()
    assert len(tasks.held) == 1
    tasks.let_go()
    assert len(tasks.held) == 1
    tasks.let_go()
    assert (sync.rounds, tasks.held) == (2, [])
    made.stop()


def test_a_hub_that_was_just_set_is_asked_at_once(qtbot: QtBot, fake_clock: FakeClock) -> None:
    sync = Sync(SyncState())
    made, _said, _parent = pulse(sync)
    made.start()
    sync.now = SYNCED
    made._context.live.announce(frozenset({"setting"}))
    assert sync.rounds == 1
    made.stop()


@pytest.mark.parametrize(
    ("state", "word", "tone", "tip"),
    [
        (SyncState(), "单机", "plain", "没有接入"),
        (SYNCED, "已同步 刚刚", "green", "全部记录"),
        (SyncState("waiting", None, 3, address=WHERE), "3 条待同步", "blue", ""),
        (SyncState("waiting", address=WHERE), "正在同步", "blue", ""),
        (
            SyncState("offline", NINE, 2, sentence="连不上县级平台", address=WHERE),
            "离线 今天 09:00 起",
            "amber",
            "2 条待同步",
        ),
        (
            SyncState("attention", None, 0, 1, 2, address=WHERE),
            "需要处理",
            "red",
            "没有接受的 1 条；冲突 2 处",
        ),
    ],
)
def test_the_light_says_it_in_a_word(
    state: SyncState, word: str, tone: str, tip: str, fake_clock: FakeClock
) -> None:
    assert words(state)[:2] == (word, tone)
    assert tip in words(state)[2]


def test_just_now_becomes_a_time(fake_clock: FakeClock) -> None:
    fake_clock.forward(minutes=10)
    assert words(SYNCED)[0] == "已同步 今天 09:00"


def test_a_full_disk_here_is_told_once_and_tried_again(qtbot: QtBot, fake_clock: FakeClock) -> None:
    sync = Sync(SYNCED)
    made, said, _parent = pulse(sync)
    notices = made._context.notices
    assert isinstance(notices, RecordingNotices)
    sync.trouble = disk_full()
    made.start()
    for _again in range(2):
        assert said[-1] == "本机磁盘已满"
        assert made._timer.interval() == 60_000
        # The light stays red, though the hub has nothing to say.
        made._clock.timeout.emit()
        assert said[-1] == "本机磁盘已满"
        made._timer.timeout.emit()
    assert [each.sentence for each in notices.problems] == ["保存失败：磁盘已满"]
    sync.trouble = None
    made._timer.timeout.emit()
    assert said[-1] == "已同步 刚刚"
    made.stop()
    assert stuck(disk_failed())[:2] == ("本机写不进磁盘", "red")
    assert "关闭程序重新打开" in stuck(disk_failed())[2]
