"""Tasks with real threads: lanes, owners that go away, the newest question, failures, and a clean end."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import shiboken6
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from desk import clock
from desk.errors import StoreProblem
from desk.ui.live import Live
from desk.ui.tasks import Tasks
from tests.fakes import FakeTasks, RecordingNotices


@dataclass(frozen=True)
class Saved:
    changed: frozenset[str]


class House:
    """Tasks with everything around them."""

    def __init__(self) -> None:
        self.notices = RecordingNotices()
        self.live = Live()
        self.tasks = Tasks(self.notices, self.live)
        self.owner = QObject()
        self.got: list[object] = []


@pytest.fixture
def house(qapp: object) -> Iterator[House]:
    made = House()
    yield made
    made.tasks.close()


@pytest.mark.parametrize("lane", ["read", "write", "free", "care"])
def test_work_runs_elsewhere_and_the_answer_comes_home(house: House, qtbot: QtBot, lane: str) -> None:
    home = threading.current_thread()
    places: list[threading.Thread] = []

    def work() -> int:
        places.append(threading.current_thread())
        return 3

    def done(value: int) -> None:
        places.append(threading.current_thread())
        house.got.append(value)

    house.tasks.run(work, done=done, owner=house.owner, lane=lane)
    qtbot.waitUntil(lambda: house.got == [3])
    assert places[0] is not home
    assert places[0].name.startswith(f"desk-{lane}")
    assert places[1] is home


def test_an_owner_that_is_gone_hears_nothing(house: House, qtbot: QtBot) -> None:
    gate = threading.Event()
    house.tasks.run(gate.wait, done=house.got.append, owner=house.owner, lane="free")
    shiboken6.delete(house.owner)
    gate.set()
    last = QObject()
    house.tasks.run(lambda: "after", done=house.got.append, owner=last, lane="write")
    qtbot.waitUntil(lambda: house.got == ["after"])


def test_tasks_do_not_keep_an_owner_alive(house: House, qtbot: QtBot) -> None:
    class Asker(QObject):
        heard = 0

        def on_done(self, _value: object) -> None:
            Asker.heard += 1

    gate = threading.Event()
    asker = Asker()
    house.tasks.run(gate.wait, done=asker.on_done, owner=asker)
    del asker
    gate.set()
    house.tasks.run(lambda: 1, done=house.got.append, owner=house.owner)
    qtbot.waitUntil(lambda: house.got == [1])
    assert Asker.heard == 0


def test_the_newest_question_wins(house: House, qtbot: QtBot) -> None:
    gate = threading.Event()
    started = threading.Event()

    def slow() -> str:
        started.set()
        gate.wait(60)
        return "old"

    house.tasks.run(slow, done=house.got.append, owner=house.owner)
    started.wait(60)
    house.tasks.run(lambda: "new", done=house.got.append, owner=house.owner)
    qtbot.waitUntil(lambda: house.got == ["new"])
    gate.set()
    house.tasks.run(lambda: "end", done=house.got.append, owner=house.owner, lane="write")
    qtbot.waitUntil(lambda: "end" in house.got)
    assert house.got == ["new", "end"]


def test_two_questions_of_one_page_do_not_push_each_other_out(house: House, qtbot: QtBot) -> None:
    house.tasks.run(lambda: 1, done=lambda value: house.got.append((value,)), owner=house.owner)
    house.tasks.run(lambda: 2, done=lambda value: house.got.append((value,)), owner=house.owner)
    house.tasks.run(lambda: 3, done=house.got.append, owner=house.owner, topic="a")
    house.tasks.run(lambda: 4, done=house.got.append, owner=house.owner, topic="b")
    qtbot.waitUntil(lambda: len(house.got) == 4)


def test_writes_run_one_after_the_other(house: House, qtbot: QtBot) -> None:
    for number in range(20):
        house.tasks.run(lambda n=number: n, done=house.got.append, owner=house.owner, lane="write")
    qtbot.waitUntil(lambda: len(house.got) == 20)
    assert house.got == list(range(20))


def test_a_problem_goes_to_the_page_or_to_notices(house: House, qtbot: QtBot) -> None:
    def fail() -> None:
        raise StoreProblem("保存失败：磁盘已满", way_out="请清理磁盘")

    house.tasks.run(fail, failed=house.got.append, owner=house.owner)
    qtbot.waitUntil(lambda: len(house.got) == 1)
    assert not house.notices.said
    house.tasks.run(fail, ended=lambda: house.got.append("ended"), owner=house.owner)
    qtbot.waitUntil(lambda: house.got[-1] == "ended")
    assert house.notices.said == [("fail", "保存失败：磁盘已满")]


def test_a_failed_save_is_said_even_when_its_page_is_gone(house: House, qtbot: QtBot) -> None:
    gate = threading.Event()

    def fail() -> None:
        gate.wait(60)
        raise StoreProblem("保存失败：磁盘已满")

    house.tasks.run(fail, owner=house.owner, lane="write")
    shiboken6.delete(house.owner)
    gate.set()
    qtbot.waitUntil(lambda: house.notices.said == [("fail", "保存失败：磁盘已满")])


def test_a_bug_opens_the_crash_window(house: House, qtbot: QtBot) -> None:
    house.tasks.run(lambda: 1 // 0, failed=house.got.append, owner=house.owner)
    qtbot.waitUntil(lambda: len(house.notices.crashes) == 1)
    assert isinstance(house.notices.crashes[0], ZeroDivisionError)
    assert not house.got


def test_what_changed_is_announced(house: House, qtbot: QtBot) -> None:
    with qtbot.waitSignal(house.live.changed) as heard:
        house.tasks.run(lambda: Saved(frozenset({"visit"})), owner=house.owner, lane="write")
    assert heard.args == [frozenset({"visit"})]


def test_close_finishes_what_is_being_written(qapp: object) -> None:
    house = House()
    written: list[int] = []
    for number in range(5):
        house.tasks.run(lambda n=number: written.append(n), owner=house.owner, lane="write")
    house.tasks.close()
    assert written == [0, 1, 2, 3, 4]
    house.tasks.run(lambda: written.append(9), owner=house.owner)
    assert 9 not in written
    assert not [t for t in threading.enumerate() if t.name.startswith("desk-")]


def test_fake_tasks_deliver_at_once(qapp: object) -> None:
    notices = RecordingNotices()
    tasks = FakeTasks(notices)
    owner = QObject()
    got: list[object] = []
    tasks.run(lambda: 5, done=got.append, ended=lambda: got.append("ended"), owner=owner)
    tasks.run(lambda: 1 // 0, owner=owner)
    assert got == [5, "ended"]
    assert notices.crashes


def test_a_paper_never_stands_behind_backup_and_check(house: House, qtbot: QtBot) -> None:
    """Both may take a minute with a large store; whoever waits for a receipt does not wait for them."""
    held = threading.Event()
    for _n in range(3):
        house.tasks.run(lambda: held.wait(60), owner=house.owner, lane="care")
    house.tasks.run(lambda: "回执", done=house.got.append, owner=house.owner, lane="free")
    qtbot.waitUntil(lambda: house.got == ["回执"])
    held.set()


def test_answers_that_come_together_are_handed_on_one_a_turn(house: House, qtbot: QtBot) -> None:
    """Keys and paint get in between: together they might hold the window up for long."""
    gate = threading.Event()
    seen: list[object] = []
    tick = QTimer()
    tick.setInterval(0)
    tick.timeout.connect(lambda: seen.append("turn"))
    for number in range(4):
        house.tasks.run(
            lambda n=number: (gate.wait(60), n)[1], done=seen.append, owner=house.owner, lane="write"
        )
    gate.set()
    house.tasks._lanes["write"].submit(lambda: None).result()
    tick.start()
    qtbot.waitUntil(lambda: 3 in seen)
    tick.stop()
    assert [each for each in seen if each != "turn"] == [0, 1, 2, 3]
    for number in range(3):
        assert "turn" in seen[seen.index(number) : seen.index(number + 1)]


def test_what_was_written_is_told_while_the_lanes_are_closed(house: House, qtbot: QtBot) -> None:
    for number in range(3):
        house.tasks.run(lambda n=number: n, done=house.got.append, owner=house.owner, lane="write")
    house.tasks.close()
    qtbot.waitUntil(lambda: house.got == [0, 1, 2])
    assert not house.tasks._breath.isActive()


def test_what_was_begun_is_not_done_again_when_it_is_asked_for(house: House, qtbot: QtBot) -> None:
    looked: list[int] = []

    def look() -> int:
        looked.append(len(looked))
        return len(looked)

    house.tasks.begin(look)
    house.tasks.run(look, done=house.got.append, owner=house.owner)
    qtbot.waitUntil(lambda: house.got == [1])
    house.tasks.run(look, done=house.got.append, owner=house.owner)
    qtbot.waitUntil(lambda: house.got == [1, 2])


def test_what_was_begun_before_a_change_is_looked_for_again(house: House, qtbot: QtBot) -> None:
    answers = iter(["before", "after"])
    work = answers.__next__
    house.tasks.begin(work)
    qtbot.waitUntil(house.tasks._begun[work][0].done)
    house.live.announce(frozenset({"visit"}))
    house.tasks.run(work, done=house.got.append, owner=house.owner)
    qtbot.waitUntil(lambda: house.got == ["after"])


def test_what_was_begun_long_ago_is_looked_for_again(
    house: House, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["long ago", "now"])
    work = answers.__next__
    house.tasks.begin(work)
    qtbot.waitUntil(house.tasks._begun[work][0].done)
    hours_later = clock.monotonic_ms() + 3_600_000
    monkeypatch.setattr(clock, "monotonic_ms", lambda: hours_later)
    house.tasks.run(work, done=house.got.append, owner=house.owner)
    qtbot.waitUntil(lambda: house.got == ["now"])


def test_a_look_that_failed_is_told_to_who_asks(house: House, qtbot: QtBot) -> None:
    def look() -> None:
        raise StoreProblem("打不开")

    house.tasks.begin(look)
    house.tasks.run(look, done=house.got.append, owner=house.owner)
    qtbot.waitUntil(lambda: len(house.notices.problems) == 1)
    assert not house.got


def test_whoever_leaves_waits_for_what_is_written_only(house: House, qtbot: QtBot) -> None:
    """A backup that still runs is waited for beside; its answer finds nobody."""
    go_on, said = threading.Event(), []
    house.tasks.run(go_on.wait, done=said.append, owner=house.owner, lane="care")
    house.tasks.run(lambda: said.append("written"), owner=house.owner, lane="write")
    wait = house.tasks.leave()
    assert said == ["written"]
    waiting = threading.Thread(target=wait)
    waiting.start()
    assert waiting.is_alive()
    go_on.set()
    waiting.join()
    qtbot.waitUntil(lambda: not waiting.is_alive())
    assert said == ["written"]
