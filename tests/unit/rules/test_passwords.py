"""SEC-01 and SEC-02: passwords, PINs and the rising delay."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.passwords import (
    LockStep,
    PasswordPolicy,
    check,
    check_pin,
    is_expired,
    lock_seconds,
    wait_text,
)

COMMON = frozenset({"password", "12345678", "iloveyou1"})
PLAIN = PasswordPolicy()
STRICT = PasswordPolicy(min_classes=3, max_age_days=90)


def test_sec01_eight_characters_are_enough_when_dengbao_is_off() -> None:
    assert check("xiaoqiao", COMMON, PLAIN) == []
    assert check("小桥流水人家有灯", COMMON, PLAIN) == []


def test_sec01_a_short_password_is_refused() -> None:
    assert check("xiaoqia", COMMON, PLAIN) == ["密码至少要 8 个字符。"]
    assert check("", COMMON, PLAIN)


@pytest.mark.parametrize("password", ["password", "PassWord", "12345678"])
def test_sec01_a_common_password_is_refused_in_any_case(password: str) -> None:
    assert check(password, COMMON, PLAIN) == ["这个密码太常见，容易被人猜到，请换一个。"]


def test_sec01_dengbao_asks_for_three_classes() -> None:
    assert check("xiaoqiao", COMMON, STRICT) == ["密码要包含大写字母、小写字母、数字、符号中的至少 3 种。"]
    assert check("Xiaoqiao7", COMMON, STRICT) == []
    assert check("xiaoqiao-7", COMMON, STRICT) == []


def test_sec01_age_counts_only_when_dengbao_is_on() -> None:
    assert is_expired(date(2026, 1, 1), date(2026, 4, 2), STRICT)
    assert not is_expired(date(2026, 1, 1), date(2026, 4, 1), STRICT)
    assert not is_expired(date(2016, 1, 1), date(2026, 4, 1), PLAIN)


@pytest.mark.parametrize(
    "pin",
    [
        "123456",
        "111111",
        "654321",
        "567890",
        "098765",
        "121212",
        "123123",
        "112233",
        "000000",
        "246802",
        "100001",
    ],
)
def test_a_simple_pin_is_refused(pin: str) -> None:
    assert check_pin(pin) == ["PIN 太简单，请不要用重复或连续的数字。"]


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "12345a", "１２３４５６", "²³¹⁴⁵⁶"])
def test_a_pin_is_six_plain_digits(pin: str) -> None:
    assert check_pin(pin) == ["PIN 应为 6 位数字。"]


@pytest.mark.parametrize("pin", ["407188", "190273", "528491"])
def test_a_good_pin_passes(pin: str) -> None:
    assert check_pin(pin) == []


STEPS = (LockStep(5, 300), LockStep(6, 600), LockStep(8, 1800), LockStep(10, 3600))


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (4, 0), (5, 300), (6, 600), (7, 600), (8, 1800), (10, 3600), (99, 3600)]
)
def test_sec02_the_delay_rises_with_failures(failures: int, seconds: int) -> None:
    assert lock_seconds(failures, STEPS) == seconds


def test_the_wait_is_said_in_words() -> None:
    assert wait_text(40) == "请等 40 秒再试"
    assert wait_text(61) == "请等 2 分钟再试"


@given(st.text(max_size=30))
def test_a_password_is_refused_exactly_when_short_or_common(password: str) -> None:
    assert bool(check(password, COMMON, PLAIN)) == (len(password) < 8 or password.lower() in COMMON)


@given(st.integers(0, 50))
def test_sec02_one_more_failure_never_shortens_the_wait(failures: int) -> None:
    assert lock_seconds(failures + 1, STEPS) >= lock_seconds(failures, STEPS)


@given(st.from_regex(r"[0-9]{6}", fullmatch=True))
def test_a_pin_with_one_digit_said_six_times_never_passes(pin: str) -> None:
    assert check_pin(pin[0] * 6)
    assert len(check_pin(pin)) <= 1
