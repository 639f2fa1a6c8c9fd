"""The pair of keys of a one-time code: known again, and opened by the code alone."""

from datetime import timedelta
from pathlib import Path

import pytest

from desk import clock, errors
from desk.models.base import alive
from desk.models.store import Store
from desk.models.user import EntryCode
from desk.services import entry_codes, entry_key, keybox, keys, slots
from desk.services.keybox import Holder, Keybox
from desk.services.slot_values import SlotFile
from desk.wire import codes
from tests import factories
from tests.sign_on import CHEAP, STEPS, Clocks, MemorySecrets

KEY = bytes(range(32))
BARE = codes.clean(codes.new(codes.ONE_TIME), codes.ONE_TIME)


def test_a_code_makes_the_same_half_everywhere_and_another_for_another_user() -> None:
    half = entry_key.open_half("u-1", "7K2M9QXR4T6WPA12")
    assert half == "ad25efb712c68f79377661a2afa68ce66823cdfdc8209704d607b1e49bc30357"
    assert entry_key.open_half("u-2", "7K2M9QXR4T6WPA12") != half


def test_whoever_has_the_code_finds_the_secret() -> None:
    given, secret = entry_key.lock(entry_key.open_half("u-1", BARE))
    assert entry_key.unlock("u-1", BARE, given) == secret
    assert entry_key.unlock("u-2", BARE, given) != secret
    assert entry_key.lock(entry_key.open_half("u-1", BARE)) != (given, secret)


@pytest.mark.parametrize("half", ["", "xyz", "ab", "00" * 32])
def test_what_is_no_half_locks_nothing(half: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        entry_key.lock(half)


def test_nothing_that_travels_opens_the_slot(store: Store, tmp_path: Path, clocks: Clocks) -> None:
    """A copy of a PC's folder and keyring, and all the hub holds: not enough without the code itself."""
    user, secrets = factories.user(name="钱某某"), MemorySecrets()
    with store.write("u1") as rows:
        rows.add(user)
        rows.flush()
        bare = codes.clean(entry_codes.issue(rows, user.record_id), codes.ONE_TIME)
    with store.read() as rows:
        record = rows.scalars(alive(EntryCode)).one()
    folder = tmp_path / "desk"
    folder.mkdir()
    slots.save(folder, SlotFile("store-1", "示例镇"))
    box = Keybox(folder, secrets, cost=CHEAP, steps=STEPS)
    box.put_entry(KEY, Holder(user.record_id, user.name, ""), record.digest, clock.now() + timedelta(days=7))
    slot = box.file().slots[0]
    stolen = (record.digest, slot.given, record.record_id, user.record_id, record.digest + slot.given)
    context = keybox._slot_context("store-1", slot)
    for secret in stolen:
        with pytest.raises(keys.WrongSecret):
            keys.unwrap(slot.wrap, secret, secrets.kept["store-1"], context=context)
    with pytest.raises(errors.AccessProblem):
        box.open_invite(user.name, codes.new(codes.ONE_TIME))
    assert box.open_invite(user.name, bare) == (Holder(user.record_id, user.name, ""), KEY)
