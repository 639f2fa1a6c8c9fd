"""Codes for another PC: whose they are, once, in time by the hub's clock, and never in the store."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from desk import clock
from desk.errors import AccessProblem, StoreProblem
from desk.models import plain
from desk.models.base import alive
from desk.models.store import Store
from desk.models.user import EntryCode, User
from desk.services import entry_codes, kit
from desk.services.login import Login
from desk.services.opening import Opened
from desk.wire import codes
from tests import factories
from tests.fakes import FakeClock
from tests.sign_on import PASSWORD, SETUP


@pytest.fixture
def clerk(store: Store) -> User:
    """The clerk whose code it is, as a record."""
    row = factories.user(name="钱某某")
    with store.write("u1") as rows:
        rows.add(row)
    return row


def issue(store: Store, user: User) -> str:
    """Return the bare symbols of a new code."""
    with store.write("u1") as rows:
        return codes.clean(entry_codes.issue(rows, user.record_id), codes.ONE_TIME)


def in_a_day() -> datetime:
    return clock.now() + timedelta(days=1)


def refusal(store: Store, name: str, bare: str) -> AccessProblem:
    """Return what is said to somebody who is not let in."""
    with store.read() as rows, pytest.raises(AccessProblem) as told:
        entry_codes.find(rows, name, bare)
    return told.value


def test_a_code_lets_its_user_in_once(store: Store, clerk: User) -> None:
    bare = issue(store, clerk)
    with store.write("u1") as rows:
        found = entry_codes.find(rows, " 钱 某 某", bare)
        assert found.user.record_id == clerk.record_id
        entry_codes.spend(rows, found.record_id)
    told = refusal(store, "钱某某", bare)
    assert "已经用过" in told.sentence
    assert told.field == "one_time"
    with store.read() as rows:
        for table in ("entry_code", "outbox", "audit"):
            assert bare not in str(plain.ask(rows, f"SELECT * FROM {table}"))


def test_a_new_code_ends_the_one_before(store: Store, clerk: User) -> None:
    first, second = issue(store, clerk), issue(store, clerk)
    assert "另发了新的" in refusal(store, "钱某某", first).sentence
    with store.read() as rows:
        assert entry_codes.find(rows, "钱某某", second).user.name == "钱某某"


def test_whoever_is_not_let_in_is_told_why(store: Store, clerk: User) -> None:
    wrong = codes.clean(codes.new(codes.ONE_TIME), codes.ONE_TIME)
    nobody = refusal(store, "孙某某", wrong)
    assert (nobody.field, "孙某某" in nobody.sentence) == ("name", True)
    assert "还没有收到" in refusal(store, "钱某某", wrong).sentence
    bare = issue(store, clerk)
    assert refusal(store, "钱某某", wrong).sentence == "登录码不对"
    with store.write("u1") as rows:
        rows.get_one(User, clerk.record_id).disabled = True
    assert "已停用" in refusal(store, "钱某某", bare).sentence


def test_the_code_of_another_user_is_no_code(store: Store, clerk: User) -> None:
    with store.write("u1") as rows:
        rows.add(factories.user(name="周某某"))
    assert "还没有收到" in refusal(store, "周某某", issue(store, clerk)).sentence


def test_seven_days_are_counted_by_the_hubs_clock(store: Store, clerk: User, fake_clock: FakeClock) -> None:
    """The PC that issued it is a year behind; the one where it is typed is not."""
    behind = timedelta(days=365)
    with store.write_confirmed() as rows:
        plain.write(rows, "UPDATE meta SET clock_offset_ms = ?", (int(behind.total_seconds()) * 1000,))
    bare = issue(store, clerk)
    with store.write_confirmed() as rows:
        plain.write(rows, "UPDATE meta SET clock_offset_ms = 0")
    fake_clock.forward(days=365 + 6)
    with store.read() as rows:
        entry_codes.find(rows, "钱某某", bare)
    fake_clock.forward(days=1)
    assert "过期" in refusal(store, "钱某某", bare).sentence


def test_a_stations_code_opens_nothing_at_a_desk_of_the_county(opened: Opened, login: Login) -> None:
    """Users and codes of every station lie there beside its own."""
    strangers, mine = factories.user(name="孙某某", scope_id="S:east"), factories.user(name="钱某某")
    with opened.store.write(opened.session.user.id) as rows:
        rows.add_all((strangers, mine))
        rows.flush()
        for user in (strangers, mine):
            rows.add(factories.entry_code(user_id=user.record_id, scope_id=user.scope_id, until=in_a_day()))
    entry_codes.take_up(opened.store, opened.session, login.box)
    kinds = {slot.user_id: slot.kind for slot in login.box.file().slots}
    assert kinds == {opened.session.user.id: "password", mine.record_id: "entry"}
    with opened.store.write(opened.session.user.id) as rows:
        entry_codes.use_up(rows, mine.record_id, "ab" * 32)
        with pytest.raises(AccessProblem, match="已经用过"):
            entry_codes.use_up(rows, strangers.record_id, "ab" * 32)
    with opened.store.read() as rows:
        assert [each.scope_id for each in rows.scalars(alive(EntryCode))] == ["S:east"]


def slot_kinds(login: Login, user: User) -> list[str]:
    """Return of which kind the slots of a user at this PC are."""
    return [slot.kind for slot in login.box.file().slots if slot.user_id == user.record_id]


@pytest.fixture
def guest(opened: Opened) -> User:
    """A clerk of the station just set up who has no slot at this PC."""
    row = factories.user(name="钱某某")
    with opened.store.write(opened.session.user.id) as rows:
        rows.add(row)
    return row


@pytest.mark.parametrize("by", ["pin", "password"])
def test_what_came_behind_the_lock_is_taken_up_by_the_unlock(
    opened: Opened, login: Login, guest: User, by: str
) -> None:
    session = opened.session

    def unlock() -> None:
        if by == "pin":
            login.unlock_pin(session, SETUP.pin)
        else:
            login.unlock(session, session.user.id, PASSWORD)

    session.lock()
    issue(opened.store, guest)
    entry_codes.take_up(opened.store, session, login.box)
    assert slot_kinds(login, guest) == []
    unlock()
    assert slot_kinds(login, guest) == ["entry"]
    session.lock()
    with opened.store.write("u1") as rows:
        entry_codes.spend(rows, rows.scalars(alive(EntryCode)).one().record_id)
    unlock()
    assert slot_kinds(login, guest) == []


def test_every_round_takes_up_what_an_earlier_one_brought(opened: Opened, login: Login, guest: User) -> None:
    issue(opened.store, guest)
    kit._took_up(opened, login)(frozenset())
    assert slot_kinds(login, guest) == ["entry"]


def _spent_elsewhere(store: Store, user: User) -> None:
    with store.write("u1") as rows:
        mine = alive(EntryCode).where(EntryCode.user_id == user.record_id)
        entry_codes.spend(rows, rows.scalars(mine).one().record_id)


@pytest.mark.parametrize("end", [_spent_elsewhere, issue])
def test_a_slot_that_outlived_its_code_opens_nothing(
    opened: Opened, login: Login, guest: User, end: Callable[[Store, User], object]
) -> None:
    """The end of the code came behind the lock, and nobody has unlocked since."""
    bare = issue(opened.store, guest)
    entry_codes.take_up(opened.store, opened.session, login.box)
    assert slot_kinds(login, guest) == ["entry"]
    end(opened.store, guest)
    opened.store.close()
    with pytest.raises(AccessProblem, match="已经用过") as told:
        login.redeem("钱某某", bare, PASSWORD)
    assert told.value.field == "one_time"
    assert slot_kinds(login, guest) == []
    with pytest.raises(AccessProblem, match="没有发给"):
        login.redeem("钱某某", bare, PASSWORD)


def test_a_code_out_of_a_slot_lets_its_user_in_and_is_spent(
    opened: Opened, login: Login, guest: User
) -> None:
    bare = issue(opened.store, guest)
    entry_codes.take_up(opened.store, opened.session, login.box)
    opened.store.close()
    made = login.redeem("钱某某", bare, PASSWORD)
    with made.store.read() as rows:
        assert rows.scalars(alive(EntryCode)).all() == []
    made.store.close()
    assert slot_kinds(login, guest) == ["password"]


def test_a_code_is_spent_before_the_password_is_there(opened: Opened, login: Login, guest: User) -> None:
    bare = issue(opened.store, guest)
    entry_codes.take_up(opened.store, opened.session, login.box)
    opened.store.close()

    def full(*_given: object) -> None:
        raise StoreProblem("磁盘满了")

    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(login.box, "put_password", full)
        with pytest.raises(StoreProblem, match="磁盘满了"):
            login.redeem("钱某某", bare, PASSWORD)
    with pytest.raises(AccessProblem, match="已经用过"):
        login.redeem("钱某某", bare, PASSWORD)
