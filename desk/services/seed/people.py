"""Invented people: names that exercise every search, numbers that belong to nobody."""

from datetime import date
from typing import Any

from desk.rules.identity import check_digit
from desk.services.seed import words
from desk.services.seed.dice import Dice

Row = dict[str, Any]
"""Fields of one record by name."""

# 154 and 33 99 99 were never given to anybody.
_PHONE = "154"
_REGION = "339999"


def name(dice: Dice) -> str:
    """Return a name: mostly two given characters, some of one, some 某, compound, rare or dotted ones."""
    if dice.happens(0.5):
        return dice.one(words.DOTTED)
    surname = dice.one(words.COMPOUND) if dice.happens(2) else dice.early(words.SURNAMES)
    if dice.happens(8):
        return surname + ("某某" if dice.happens(60) else "某")
    given = words.RARE_GIVEN if dice.happens(1) else words.GIVEN
    return surname + dice.one(given) + (dice.one(words.GIVEN) if dice.happens(82) else "")


def phone(dice: Dice) -> str:
    """Return a mobile number of a range nobody has, now and then a landline."""
    if dice.happens(4):
        return f"0571-0{dice.between(0, 9999999):07}"
    return f"{_PHONE}{dice.between(0, 99999999):08}"


def person(dice: Dice, record_id: str) -> Row:
    """Return the fields of a person, `community` besides them for the words they will say."""
    sex = dice.one("12")
    community = dice.early(words.COMMUNITIES)
    address = f"示例街道{community}{dice.between(1, 48)} 幢 {dice.between(1, 18)}{dice.between(1, 4):02} 室"
    row: Row = {
        "record_id": record_id,
        "name": name(dice),
        "sex": sex,
        "phone": phone(dice) if dice.happens(93) else "",
        "address": address if dice.happens(85) else "",
        "grid": f"{community}第{dice.between(1, 9)}网格" if dice.happens(70) else "",
    }
    if dice.happens(35):
        born = date(dice.between(1940, 2004), dice.between(1, 12), dice.between(1, 28))
        order = dice.between(0, 99) * 10 + dice.between(0, 4) * 2 + (sex == "1")
        first = f"{_REGION}{born:%Y%m%d}{order:03}"
        row |= {"id_type": "id_card", "id_no": first + check_digit(first), "birth_date": born}
    return row
