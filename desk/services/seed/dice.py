"""Chance that repeats: the same seed gives the same records."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from desk.services.seed import words

Item = TypeVar("Item")


class Dice:
    """All draws of one seeding, in one order."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - invented records, no secrets

    def id_at(self, at: datetime) -> str:
        """Return a UUIDv7 of that moment."""
        value = int(at.timestamp() * 1000) << 80 | 0x7 << 76 | self._random.getrandbits(12) << 64
        text = f"{value | 0b10 << 62 | self._random.getrandbits(62):032x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"

    def one(self, items: Sequence[Item]) -> Item:
        """Return any of the items, each as likely."""
        return items[int(self._random.random() * len(items))]

    def early(self, items: Sequence[Item]) -> Item:
        """Return one of the items, the first far more often than the last (a Zipf-like skew)."""
        return items[int(self._random.random() ** 3 * len(items))]

    def of(self, weighted: dict[str, int]) -> str:
        """Return a key, as often as its weight says."""
        return self._random.choices(list(weighted), list(weighted.values()))[0]

    def happens(self, percent: float) -> bool:
        """Tell whether something of this likelihood happens."""
        return self._random.random() * 100 < percent

    def between(self, low: int, high: int) -> int:
        """Return a whole number of the range, both ends included."""
        return self._random.randint(low, high)

    def some(self, items: Sequence[Item], count: int) -> list[Item]:
        """Return different items in the order drawn."""
        return self._random.sample(items, count)

    def bytes(self, count: int) -> bytes:
        """Return random bytes."""
        return self._random.randbytes(count)

    def later(self, at: datetime, low: int, high: int) -> datetime:
        """Return a moment `low` to `high` minutes after another one."""
        return at + timedelta(minutes=self.between(low, high), seconds=self.between(0, 59))

    def say(self, sentences: Sequence[str], community: str = "") -> str:
        """Return one of the sentences, its places filled."""
        return self.one(sentences).format(
            community=community or self.one(words.COMMUNITIES),
            building=self.between(1, 48),
            count=self.between(2, 19),
            month=self.between(1, 12),
            unit=self.one(words.UNITS),
        )
