"""Guesses are counted before they are made, whoever else changes the slot file meanwhile (SEC-02)."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from desk import errors
from desk.services import guesses, keys, slots
from desk.services.guesses import Guess
from desk.services.keybox import Holder, Keybox
from desk.services.slot_values import PASSWORD, SlotFile
from tests.sign_on import CHEAP, STEPS, Clocks, MemorySecrets

KEY = bytes(range(32))
ZHOU, WU = Holder("u-1", "周某某", "工作人员"), Holder("u-2", "吴某", "站长")
AT_ZHOU = Guess(ZHOU.user_id, PASSWORD, "密码不对")


@pytest.fixture
def folder(tmp_path: Path, clocks: Clocks) -> Path:
    """A data folder with a slot file."""
    slots.save(tmp_path, SlotFile("store-1", "示例镇"))
    return tmp_path


def wrong() -> bytes:
    """Open nothing."""
    raise keys.WrongSecret


def fail(folder: Path) -> str:
    """Guess wrong and return what is said."""
    with pytest.raises(errors.AccessProblem) as caught:
        guesses.attempt(folder, STEPS, AT_ZHOU, wrong)
    return caught.value.sentence


def stands(folder: Path) -> tuple[int, int]:
    """Return the failures in a row and the entries of the journal."""
    file = slots.needed(folder)
    return file.tries_of(ZHOU.user_id).failures, len(file.journal)


def test_what_others_write_during_an_attempt_is_kept(folder: Path) -> None:
    """The key takes a second to derive; a slot made meanwhile is not taken back by the attempt's end."""
    other = Keybox(folder, MemorySecrets(), cost=CHEAP, steps=STEPS)

    def meanwhile() -> bytes:
        other.put_password(KEY, WU, "柳树下的晚风88")
        return KEY

    assert guesses.attempt(folder, STEPS, AT_ZHOU, meanwhile) == KEY
    assert slots.needed(folder).slot(WU.user_id) is not None
    assert stands(folder) == (0, 0)


def test_guesses_of_many_lanes_are_all_counted(folder: Path) -> None:
    """Five are free; no number of lanes at once buys a sixth."""
    with ThreadPoolExecutor(8) as lanes:
        told = list(lanes.map(fail, [folder] * 12))
    assert stands(folder) == (5, 5)
    assert sum(each.startswith("密码不对") for each in told) == 5
    assert sum(each.startswith("连续输错") for each in told) == 7


def test_an_attempt_that_could_not_be_made_leaves_others_counted(folder: Path) -> None:
    fail(folder)

    def no_memory() -> bytes:
        raise errors.AccessProblem("内存不足")

    def fails_meanwhile() -> bytes:
        fail(folder)
        raise errors.AccessProblem("内存不足")

    for untried, failures, entries in ((no_memory, 1, 1), (fails_meanwhile, 3, 2)):
        with pytest.raises(errors.AccessProblem, match="内存不足"):
            guesses.attempt(folder, STEPS, AT_ZHOU, untried)
        assert stands(folder) == (failures, entries)


def test_the_wait_holds_without_an_attempt(folder: Path, clocks: Clocks) -> None:
    for _time in range(5):
        fail(folder)
    with pytest.raises(errors.AccessProblem, match="连续输错 5 次"):
        guesses.refuse_while_waiting(folder, ZHOU.user_id, PASSWORD)
    clocks.both(301)
    guesses.refuse_while_waiting(folder, ZHOU.user_id, PASSWORD)
