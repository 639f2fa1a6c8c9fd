"""PINs: short, therefore counted, and never outside the encrypted store."""

import pytest

from desk import errors
from desk.models.local import DeviceSecret
from desk.models.store import Store
from desk.services import pins
from desk.services.pins import Pins
from tests.sign_on import STEPS, Clocks

PIN = "274159"


@pytest.fixture
def kept(store: Store, clocks: Clocks) -> Pins:
    """A store in which 王某某 (d-1) has a PIN."""
    made = Pins(store, STEPS)
    with store.write_local() as rows:
        made.set(rows, "d-1", PIN)
    return made


def test_the_right_pin_passes(kept: Pins) -> None:
    kept.check("d-1", PIN)
    kept.check("d-1", " ２７４１５９ ")


def test_nobody_else_has_one(kept: Pins) -> None:
    assert kept.has("d-1")
    assert not kept.has("d-2")
    with pytest.raises(errors.AccessProblem, match="没有设 PIN"):
        kept.check("d-2", PIN)


def test_the_row_holds_a_digest_not_the_pin(kept: Pins, store: Store) -> None:
    with store.read() as rows:
        row = rows.get_one(DeviceSecret, "pin:d-1")
    assert PIN.encode() not in row.secret
    assert kept.digest_typed("d-1", PIN) == kept.digest_of("d-1")


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "abcdef", "123456", "888888", "27415 9"])
def test_a_poor_pin_is_refused(pin: str, kept: Pins, store: Store) -> None:
    with store.write_local() as rows, pytest.raises(errors.InputProblem) as caught:
        kept.set(rows, "d-1", pin)
    assert caught.value.field == "pin"
    kept.check("d-1", PIN)


def test_sec_02_wrong_pins_are_counted_across_restarts_and_make_one_wait(
    kept: Pins, store: Store, clocks: Clocks
) -> None:
    for _time in range(5):
        with pytest.raises(errors.AccessProblem, match="PIN 不对"):
            Pins(store, STEPS).check("d-1", "908172")
    with pytest.raises(errors.AccessProblem, match="连续输错 5 次，请等 5 分钟再试"):
        kept.check("d-1", PIN)
    clocks.forward(days=-1)
    with pytest.raises(errors.AccessProblem, match="请等 5 分钟再试"):
        kept.check("d-1", PIN)
    clocks.both(300)
    kept.check("d-1", PIN)
    with pytest.raises(errors.AccessProblem, match="PIN 不对"):
        kept.check("d-1", "908172")


def test_a_new_pin_replaces_the_old_one_and_a_removed_one_is_gone(kept: Pins, store: Store) -> None:
    with store.write_local() as rows:
        kept.set(rows, "d-1", "908172")
    kept.check("d-1", "908172")
    with store.write_local() as rows:
        kept.remove(rows, "d-1")
        kept.remove(rows, "nobody")
    assert not kept.has("d-1")


def test_full_width_digits_are_digits() -> None:
    assert pins.checked("２７４１５９") == PIN
