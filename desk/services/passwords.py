"""A new password against the policy and the commonest ones, loaded only when somebody chooses a password."""

from functools import lru_cache

from desk import errors
from desk.rules.passwords import PasswordPolicy, check


@lru_cache(maxsize=1)
def common_passwords(count: int = 3000) -> frozenset[str]:
    """Return the `count` commonest passwords in lower case, from the frequency list of the zxcvbn package."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(word.lower() for word in FREQUENCY_LISTS["passwords"][:count])


def require_good(password: str, policy: PasswordPolicy) -> None:
    """Let pass a password that the policy takes (SEC-01).

    Raises:
        InputProblem: too short, too common, too few kinds of characters.
    """
    problems = check(password, common_passwords(), policy)
    if problems:
        raise errors.InputProblem(" ".join(problems), field="password")
