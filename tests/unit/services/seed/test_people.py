"""Invented people have names for every search and numbers that belong to nobody."""

from datetime import date

from desk.rules.identity import check_id
from desk.rules.names import check_name
from desk.rules.phones import PhoneKind, classify, normalise
from desk.services.seed import people
from desk.services.seed.dice import Dice


def test_names_can_be_stored_and_are_of_every_kind() -> None:
    dice = Dice(3)
    names = [people.name(dice) for _n in range(2000)]
    assert not any(check_name(name).problem for name in names)
    assert {2, 3, 4} <= {len(name) for name in names}
    assert any("·" in name for name in names)
    assert any("某" in name for name in names)
    assert any(ord(max(name)) > 0xFFFF for name in names)
    assert len(set(names)) > 1000


def test_phones_are_of_a_range_nobody_has() -> None:
    dice = Dice(3)
    phones = [normalise(people.phone(dice)) for _n in range(500)]
    assert {classify(phone) for phone in phones} <= {PhoneKind.MOBILE, PhoneKind.UNKNOWN}
    assert all(phone.startswith(("154", "05710")) for phone in phones)


def test_identity_numbers_check_and_agree_with_the_rest() -> None:
    dice = Dice(3)
    rows = [people.person(dice, f"p{n}") for n in range(300)]
    carded = [row for row in rows if "id_no" in row]
    assert carded
    for row in carded:
        found = check_id(row["id_no"], date(2026, 1, 1))
        assert found.valid
        assert (found.birth, found.sex) == (row["birth_date"], row["sex"])
