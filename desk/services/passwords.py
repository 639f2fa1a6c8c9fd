"""The commonest passwords, loaded only when somebody chooses a password."""

from functools import lru_cache


@lru_cache(maxsize=1)
def common_passwords(count: int = 3000) -> frozenset[str]:
    """Return the `count` commonest passwords in lower case, from the frequency list of the zxcvbn package."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(word.lower() for word in FREQUENCY_LISTS["passwords"][:count])
