"""The list of commonest passwords (issue A §3: not among the 3,000 commonest)."""

from desk.rules.passwords import PasswordPolicy, check
from desk.services.passwords import common_passwords


def test_the_3000_commonest_are_known_in_lower_case() -> None:
    found = common_passwords()
    assert 2900 < len(found) <= 3000
    assert {"password", "12345678"} <= found
    assert all(word == word.lower() for word in found)
    assert check("password", found, PasswordPolicy())
    assert common_passwords() is found
