"""The service: where the hub is, one round, and how it stands for the light."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest

from desk.models.local import DeviceSecret, SettingValue
from desk.models.person import Person
from desk.models.store import Store
from desk.services.session import Session, User
from desk.services.sync.gate import Gate
from desk.services.sync.report import RoundReport
from desk.services.sync.rounds import Rounds
from desk.settings import HUB_ADDRESS
from desk.wire.messages import Answer
from desk.wire.troubles import Trouble
from tests import factories
from tests.fake_hub import FakeHub, foreign
from tests.fakes import FakeClock

HEAD = User("u1", "周某某", frozenset({"head"}))
CLERK = User("u2", "钱某某", frozenset({"clerk"}))
WHERE = "https://hub.example"
KEY = bytes(range(32))


@pytest.fixture
def rounds(store: Store, hub: FakeHub, fake_clock: FakeClock) -> Rounds:
    @contextmanager
    def connect(gate: Gate) -> Iterator[FakeHub]:
        assert gate == Gate(WHERE, store.device_id, KEY)
        yield hub

    return Rounds(store, Session(HEAD, bytes(32)), connect)


def enrolled(store: Store) -> None:
    """Leave in the store what enrolling leaves there."""
    with store.write("u1") as rows:
        rows.merge(SettingValue(key=HUB_ADDRESS.key, value=WHERE))
        rows.merge(DeviceSecret(name="hub_key", secret=KEY))


def save(store: Store) -> Person:
    person = factories.person()
    with store.write("u1") as rows:
        rows.add(person)
    return person


def test_without_a_hub_the_desk_is_alone_and_asks_nobody(rounds: Rounds, hub: FakeHub) -> None:
    assert rounds.state().light == "alone"
    assert rounds.run().value.state.light == "alone"
    assert hub.asked == []


def test_a_pc_with_an_address_and_no_key_is_told_to_enrol(store: Store, rounds: Rounds) -> None:
    with store.write("u1") as rows:
        rows.merge(SettingValue(key=HUB_ADDRESS.key, value=WHERE))
    done = rounds.run().value
    assert (done.state.light, done.report.trouble) == ("attention", "not_enrolled")
    assert "登记" in done.state.sentence


def test_a_round_tells_what_it_did_and_when_the_next_is_due(
    store: Store, rounds: Rounds, hub: FakeHub, fake_clock: FakeClock
) -> None:
    enrolled(store)
    save(store)
    hub.write([foreign("f1", "person", "p1", name="赵某某")])
    assert rounds.state().waiting == 1
    done = rounds.run()
    assert done.changed == {"person"}
    assert done.value.next_s == hub.limits.poll_s
    assert (done.value.state.light, done.value.state.since) == ("synced", fake_clock.moment)
    assert done.value.lines == ("送出 1 条，收到 2 条，待同步 0 条",)


def test_offline_is_a_state_with_its_time_and_each_try_comes_later(
    store: Store, rounds: Rounds, hub: FakeHub, fake_clock: FakeClock
) -> None:
    enrolled(store)
    save(store)
    hub.down = True
    began = fake_clock.moment
    for _n in range(3):
        done = rounds.run().value
        fake_clock.forward(minutes=5)
    assert (done.state.light, done.state.since, done.state.waiting) == ("offline", began, 1)
    assert done.state.sentence == "连不上县级平台"
    assert 0 <= done.next_s <= 8
    hub.down = False
    assert rounds.run().value.state.light == "synced"


def test_what_needs_a_person_is_said(store: Store, rounds: Rounds, hub: FakeHub) -> None:
    enrolled(store)
    rounds.run()
    save(store)
    hub.refuse = lambda op: Answer(op["op"], "quarantined", code="bad_value", sentence="已原样保管")
    state = rounds.run().value.state
    assert (state.light, state.refused) == ("attention", 1)
    (refused,) = rounds.refused()
    assert (refused.noun, refused.sentence) == ("person", "已原样保管")
    assert isinstance(refused.at, datetime)
    hub.refuse = lambda _op: None
    assert rounds.send_again(refused.op_id).changed == {"person"}
    assert rounds.run().value.state.light == "synced"


def test_a_pc_the_county_does_not_know_is_told_so(store: Store, rounds: Rounds, hub: FakeHub) -> None:
    enrolled(store)
    hub.hello = lambda _ask: Trouble("unknown_device", "县里不认识这台电脑")  # type: ignore[method-assign]
    done = rounds.run().value
    assert not done.report.reached
    assert (done.state.light, done.state.sentence) == ("attention", "县里不认识这台电脑")


def test_while_the_county_looks_what_was_saved_waits(store: Store, rounds: Rounds, hub: FakeHub) -> None:
    enrolled(store)
    rounds.run()
    hub.halted = True
    save(store)
    state = rounds.run().value.state
    assert (state.light, state.waiting) == ("waiting", 1)


def test_a_busy_hub_is_no_error_and_each_comes_when_it_was_told(
    store: Store, rounds: Rounds, hub: FakeHub, fake_clock: FakeClock
) -> None:
    enrolled(store)
    save(store)
    greet = hub.hello
    hub.hello = lambda _ask: Trouble("busy", "县里正忙", wait_s=40)  # type: ignore[method-assign]
    for _n in range(9):
        done = rounds.run().value
        assert (done.state.light, done.state.waiting) == ("waiting", 1)
        # However often it was: a moment of its own, not a wait that doubles.
        assert 40 <= done.next_s <= 50
    hub.hello = greet  # type: ignore[method-assign]
    assert rounds.run().value.state.light == "synced"


def test_given_up_it_asks_no_more(store: Store, rounds: Rounds, hub: FakeHub) -> None:
    enrolled(store)
    rounds.give_up()
    rounds.run()
    assert hub.asked == []


def test_the_trouble_of_another_scope_says_whose_it_is(
    store: Store, rounds: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrolled(store)
    with store.write_confirmed() as rows:
        rows.add(factories.station(name="东站", scope_id="S:east"))

    def run(scope: str) -> str:
        report = RoundReport(trouble="unreadable", sentence="县级平台的回答读不懂", scope=scope)
        monkeypatch.setattr("desk.services.sync.rounds.run_round", lambda *_said, **_named: report)
        done = rounds.run().value
        assert done.state.light == "attention"
        assert done.state.sentence == done.report.sentence
        return done.state.sentence

    assert run("S:east") == "东站：县级平台的回答读不懂"
    assert run("S:west") == "一个站点：县级平台的回答读不懂"
    assert run("") == "县级平台的回答读不懂"


def test_a_difference_is_told_each_round_and_begun_upon_once(
    store: Store, rounds: Rounds, hub: FakeHub
) -> None:
    enrolled(store)
    hub.write([foreign("f1", "person", "p1", name="赵某某")])
    rounds.run()
    hub.wrong_digest = "00"
    hub.asked.clear()
    for _n in range(3):
        assert rounds.run().value.report.trouble == "digest"
    assert hub.asked.count("snapshot") == 1


def test_what_the_last_round_told_hides_no_other_past(store: Store, rounds: Rounds, hub: FakeHub) -> None:
    """I1: the hub was set back without a word, and another PC moved it to where this one stands."""
    enrolled(store)
    kept = hub.backup()
    save(store)
    rounds.run()
    lost = hub.revisions[-1].op.op
    hub.wrong_digest = "00"
    rounds.run()
    hub.wrong_digest = ""
    hub.restore(kept)
    hub.write([foreign("f1", "person", "p1", name="赵某某")])
    rounds.run()
    assert lost in {each.op.op for each in hub.revisions}
