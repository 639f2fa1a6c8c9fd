"""Chance repeats with its seed."""

import uuid
from collections import Counter

from desk.services.seed.dice import Dice
from tests.factories import MORNING


def drawn(seed: int) -> list[object]:
    dice = Dice(seed)
    return [
        dice.id_at(MORNING),
        dice.one("abc"),
        dice.between(1, 6),
        dice.bytes(4),
        dice.say(("{community}",)),
    ]


def test_the_same_seed_draws_the_same() -> None:
    assert drawn(1) == drawn(1) != drawn(2)


def test_ids_are_uuids_of_their_moment() -> None:
    made = uuid.UUID(Dice(1).id_at(MORNING))
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == int(MORNING.timestamp() * 1000)


def test_the_first_come_up_oftener_than_the_last() -> None:
    dice = Dice(1)
    often = Counter(dice.early(range(10)) for _n in range(2000))
    assert often[0] > 5 * often[9]
    assert Counter(dice.of({"a": 90, "b": 10}) for _n in range(1000)).most_common(1)[0][0] == "a"
    assert not any(dice.happens(0) for _n in range(100))
    assert len(set(dice.some(range(9), 9))) == 9
    assert 300 <= (dice.later(MORNING, 5, 5) - MORNING).total_seconds() < 360
