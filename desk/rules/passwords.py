"""What a password and a PIN must be, and how long to wait after failures (SEC-01, SEC-02)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

_PIN_LENGTH = 6
_FEWEST_DIGITS = 3


@dataclass(frozen=True)
class PasswordPolicy:
    """Length in characters; `min_classes` and `max_age_days` are 0 when off (they belong to 等保)."""

    min_length: int = 8
    min_classes: int = 0
    max_age_days: int = 0


@dataclass(frozen=True)
class LockStep:
    """From this many failures in a row on, wait this many seconds after each."""

    failures: int
    seconds: int


def check(password: str, common: frozenset[str], policy: PasswordPolicy) -> list[str]:
    """Return what is wrong with a new password, as sentences; empty when it is good (SEC-01).

    `common` holds the commonest passwords in lower case.
    """
    problems = []
    if len(password) < policy.min_length:
        problems.append(f"密码至少要 {policy.min_length} 个字符。")
    if password.lower() in common:
        problems.append("这个密码太常见，容易被人猜到，请换一个。")
    if len(_classes(password)) < policy.min_classes:
        problems.append(f"密码要包含大写字母、小写字母、数字、符号中的至少 {policy.min_classes} 种。")
    return problems


def is_expired(set_on: date, today: date, policy: PasswordPolicy) -> bool:
    """Tell whether a password is older than the policy allows; never when age is off (SEC-01)."""
    return policy.max_age_days > 0 and (today - set_on).days > policy.max_age_days


def check_pin(pin: str) -> list[str]:
    """Return what is wrong with a PIN, as sentences: six digits, no run, no repetition."""
    if len(pin) != _PIN_LENGTH or not (pin.isascii() and pin.isdigit()):
        return ["PIN 应为 6 位数字。"]
    if _is_simple(pin):
        return ["PIN 太简单，请不要用重复或连续的数字。"]
    return []


def lock_seconds(failures: int, steps: Iterable[LockStep]) -> int:
    """Return how many seconds to wait after so many failures in a row: the highest step reached (SEC-02)."""
    return max((step.seconds for step in steps if step.failures <= failures), default=0)


def wait_text(seconds: int) -> str:
    """Return 请等 5 分钟再试 (rounded up) or 请等 40 秒再试."""
    if seconds < 60:
        return f"请等 {seconds} 秒再试"
    return f"请等 {-(-seconds // 60)} 分钟再试"


def _classes(password: str) -> set[str]:
    return {_class_of(character) for character in password}


def _class_of(character: str) -> str:
    if character.isdigit():
        return "digit"
    if character.isupper():
        return "upper"
    return "lower" if character.islower() else "other"


def _is_simple(pin: str) -> bool:
    """Fewer than three different digits, a run (345678, 890123, 987654), or one half or pair said again."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    paired = pin[0] == pin[1] and pin[2] == pin[3] and pin[4] == pin[5]
    return len(set(pin)) < _FEWEST_DIGITS or len(steps) == 1 or pin[:3] == pin[3:] or paired
