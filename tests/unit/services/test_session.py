"""Who is at the desk, what they may do, and what a lock takes away."""

import pytest

from desk import errors
from desk.services import keys
from desk.services.session import WRONG_PINS, Session, User
from tests.sign_on import Clocks

KEY = bytes(range(32))
DIGEST = bytes(reversed(range(32)))
WINDOW_S = 1800


def _session(*roles: str) -> Session:
    return Session(User("u-1", "周某某", frozenset(roles)), KEY)


def test_sec_04_rights_come_from_the_table() -> None:
    clerk = _session("clerk")
    clerk.require("write", "visit")
    assert clerk.may("read", "person")
    assert not clerk.may("write", "user")
    with pytest.raises(errors.AccessProblem, match="不能做"):
        clerk.require("write", "user")


def test_what_the_roles_hold_is_known_behind_a_lock_and_with_an_old_password() -> None:
    clerk = _session("clerk")
    clerk.password_expired = True
    assert not clerk.may("read", "visit")
    assert clerk.holds("read", "visit")
    clerk.lock()
    assert clerk.holds("read", "visit")
    assert not clerk.holds("write", "user")
    clerk.desk = "county"
    assert not clerk.holds("write", "visit")


def test_a_safe_visit_is_for_its_receiver_and_the_head() -> None:
    assert not _session("clerk").may("read", "safe_visit")
    assert _session("clerk").may("read", "safe_visit", is_receiver=True)
    assert _session("head").may("read", "safe_visit")


def test_sec_11_split_administrators_take_the_head_out_of_user_management() -> None:
    head = _session("head")
    assert head.may("write", "user")
    head.split_admins = True
    assert not head.may("write", "user")
    posted = _session("head", "secadmin")
    posted.split_admins = True
    assert posted.may("write", "user")


def test_a_lock_takes_key_and_rights(clocks: Clocks) -> None:
    session = _session("head")
    assert session.key == KEY
    session.lock()
    session.lock()
    assert session.locked
    assert not session.may("read", "visit")
    with pytest.raises(errors.AccessProblem, match="已锁定"):
        session.require("read", "visit")
    with pytest.raises(errors.AccessProblem, match="已锁定"):
        _ = session.key


def test_without_a_pin_there_is_no_way_back_by_pin(clocks: Clocks) -> None:
    session = _session("clerk")
    assert not session.can_return_by_pin(WINDOW_S)
    session.lock()
    assert not session.can_return_by_pin(WINDOW_S)


def test_the_pin_brings_the_key_back(clocks: Clocks) -> None:
    session = _session("clerk")
    session.accept_pin_digest(DIGEST)
    assert not session.can_return_by_pin(WINDOW_S), "nothing to come back from"
    session.lock()
    assert not session.return_by_pin(KEY)
    assert session.return_by_pin(DIGEST)
    assert session.key == KEY
    assert session.wrong_pins_left() == WRONG_PINS


@pytest.mark.parametrize(
    ("wall_s", "mono_s"),
    [(1801, 0), (0, 1801), (-99999, 1801)],
    ids=["asleep", "clock stopped", "clock set back"],
)
def test_neither_sleep_nor_a_clock_set_back_stretches_the_window(
    clocks: Clocks, wall_s: float, mono_s: float
) -> None:
    session = _session("clerk")
    session.accept_pin_digest(DIGEST)
    session.lock()
    clocks.forward(seconds=wall_s)
    clocks.mono_ms += int(mono_s * 1000)
    assert not session.can_return_by_pin(WINDOW_S)


def test_locking_again_does_not_start_the_window_anew(clocks: Clocks) -> None:
    session = _session("clerk")
    session.lock()
    clocks.both(100)
    session.lock()
    assert session.locked_for_s() == 100


def test_five_wrong_pins_throw_the_sealed_key_away(clocks: Clocks) -> None:
    session = _session("clerk")
    session.accept_pin_digest(DIGEST)
    session.lock()
    for left in (4, 3, 2, 1, 0):
        assert not session.return_by_pin(bytes(32))
        assert session.wrong_pins_left() == left
    assert not session.can_return_by_pin(WINDOW_S)


def test_another_person_takes_over_and_the_first_ones_pin_is_gone(clocks: Clocks) -> None:
    session = _session("head")
    session.accept_pin_digest(DIGEST)
    session.lock()
    session.return_by_password(User("u-2", "吴某", frozenset({"lawyer"})), KEY)
    assert session.user.name == "吴某"
    assert not session.may("write", "user")
    session.lock()
    assert not session.can_return_by_pin(WINDOW_S)


def test_a_sealed_key_is_bound_to_its_user(clocks: Clocks) -> None:
    sealed = keys.seal(KEY, DIGEST, context=b"u-1")
    with pytest.raises(keys.WrongSecret):
        keys.unseal(sealed, DIGEST, context=b"u-2")
