"""Deputies with their mandates, two of them on duty each working day."""

from dataclasses import dataclass
from datetime import datetime

from desk.rules.labels import MANDATE_LEVEL
from desk.services.seed import people, words
from desk.services.seed.dice import Dice
from desk.services.seed.people import Row

HOW_MANY = 36
_TERM = "18"


@dataclass(frozen=True)
class SeededDeputy:
    """What a visit keeps of its receiver."""

    id: str
    name: str
    levels_text: str


@dataclass(frozen=True)
class Roster:
    """All deputies, and the rows that stand for them."""

    deputies: tuple[SeededDeputy, ...]
    rows: dict[str, list[Row]]


def roster(dice: Dice, at: datetime) -> Roster:
    """Make the deputies of the station, some with two mandates, one departed in twelve."""
    deputies: list[SeededDeputy] = []
    rows: dict[str, list[Row]] = {"deputy": [], "mandate": []}
    for place in range(HOW_MANY):
        deputy_id = dice.id_at(at)
        levels = sorted({5, dice.one((3, 4, 4, 5, 5, 5))})
        name = people.name(dice)
        departed = place % 12 == 11
        rows["deputy"].append(
            {
                "record_id": deputy_id,
                "name": name,
                "sex": dice.one("12"),
                "phone": people.phone(dice),
                "post": dice.one(words.POSTS),
                "state": "departed" if departed else "active",
                "departed_on": at.date() if departed else None,
            }
        )
        rows["mandate"] += [_mandate(dice, deputy_id, level, at, departed=departed) for level in levels]
        if not departed:
            text = "、".join(MANDATE_LEVEL[level] for level in levels)
            deputies.append(SeededDeputy(deputy_id, name, text))
    return Roster(tuple(deputies), rows)


def duty(dice: Dice, deputy: SeededDeputy, start: datetime, end: datetime) -> Row:
    """Return one deputy's duty of a day."""
    return {
        "record_id": dice.id_at(start),
        "deputy_id": deputy.id,
        "name_told": deputy.name,
        "started_at": start,
        "ended_at": end,
        "by_pin": True,
    }


def _mandate(dice: Dice, deputy_id: str, level: int, at: datetime, *, departed: bool) -> Row:
    return {
        "record_id": dice.id_at(at),
        "deputy_id": deputy_id,
        "level": level,
        "constituency": f"第 {dice.between(1, 32)} 选区",
        "term": _TERM,
        "state": "ended" if departed else "active",
    }
