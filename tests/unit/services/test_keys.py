"""The key plan: what opens a wrap, and what must not."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.services import keys
from tests.sign_on import CHEAP

GIB = 1 << 30
KEY = bytes(range(32))
DEVICE = bytes(reversed(range(32)))
passwords = st.text(max_size=64)


@given(passwords)
@settings(max_examples=20, deadline=None)
def test_any_password_opens_its_own_wrap(password: str) -> None:
    made = keys.wrap(KEY, password, DEVICE, context=b"who", cost=CHEAP)
    assert keys.unwrap(made, password, DEVICE, context=b"who") == KEY


@given(passwords)
@settings(max_examples=10, deadline=None)
def test_a_password_in_another_unicode_form_is_the_same_password(password: str) -> None:
    salt = bytes(16)
    forms = {keys.stretch(unicodedata.normalize(form, password), salt, CHEAP) for form in ("NFD", "NFKC")}
    assert len(forms) == 1


def test_full_width_and_composed_letters_are_the_same_password() -> None:
    made = keys.wrap(KEY, "Café１２３密码", b"", context=b"", cost=CHEAP)
    assert keys.unwrap(made, "Cafe\u0301123密码", b"", context=b"") == KEY


@given(passwords, passwords)
@settings(max_examples=10, deadline=None)
def test_another_password_does_not_open_it(one: str, other: str) -> None:
    if unicodedata.normalize("NFKC", one) == unicodedata.normalize("NFKC", other):
        return
    made = keys.wrap(KEY, one, DEVICE, context=b"who", cost=CHEAP)
    with pytest.raises(keys.WrongSecret):
        keys.unwrap(made, other, DEVICE, context=b"who")


def test_neither_part_of_the_secret_opens_it_alone() -> None:
    made = keys.wrap(KEY, "晚风", DEVICE, context=b"who", cost=CHEAP)
    for device_secret in (b"", KEY):
        with pytest.raises(keys.WrongSecret):
            keys.unwrap(made, "晚风", device_secret, context=b"who")


def test_a_wrap_is_bound_to_its_context_cost_salt_and_bytes() -> None:
    made = keys.wrap(KEY, "晚风", DEVICE, context=b"who", cost=CHEAP)
    cheaper = replace(made, cost=keys.KdfCost(CHEAP.memory_kib, 2, 1))
    altered = [
        replace(made, salt=bytes(16)),
        replace(made, nonce=bytes(12)),
        replace(made, wrapped=bytes(48)),
    ]
    for wrong in (cheaper, *altered):
        with pytest.raises(keys.WrongSecret):
            keys.unwrap(wrong, "晚风", DEVICE, context=b"who")
    with pytest.raises(keys.WrongSecret):
        keys.unwrap(made, "晚风", DEVICE, context=b"another")


def test_two_wraps_of_one_key_share_nothing() -> None:
    one, other = (keys.wrap(KEY, "晚风", DEVICE, context=b"who", cost=CHEAP) for _time in range(2))
    assert one.salt != other.salt
    assert one.nonce != other.nonce
    assert one.wrapped != other.wrapped


@pytest.mark.parametrize(
    ("gib", "mib"), [(0.5, 46), (1, 46), (2, 64), (3.8, 121), (3.999, 127), (4, 256), (64, 256)]
)
def test_the_cost_falls_only_under_four_gib_and_never_under_46_mib(gib: float, mib: int) -> None:
    cost = keys.calibrate(int(gib * GIB))
    assert cost.memory_kib // 1024 == mib
    assert (cost.passes, cost.lanes) == (3, 2)
    assert keys.believable(cost)


def test_this_pc_gets_a_cost() -> None:
    assert keys.FLOOR.memory_kib <= keys.calibrate().memory_kib <= keys.FULL.memory_kib


def test_a_cost_outside_floor_and_ceiling_is_not_believed() -> None:
    assert keys.believable(keys.FLOOR)
    for cost in (
        replace(keys.FLOOR, memory_kib=1024),
        replace(keys.FLOOR, passes=0),
        replace(keys.FULL, lanes=999),
    ):
        assert not keys.believable(cost)


@given(st.binary(max_size=100), st.binary(min_size=32, max_size=32))
def test_what_is_sealed_comes_out_again(content: bytes, under: bytes) -> None:
    sealed = keys.seal(content, under, context=b"c")
    assert keys.unseal(sealed, under, context=b"c") == content
    with pytest.raises(keys.WrongSecret):
        keys.unseal(sealed, under + b"x", context=b"c")
