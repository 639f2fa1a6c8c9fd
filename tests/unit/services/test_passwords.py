"""The list of commonest passwords (issue A §3: not among the 3,000 commonest)."""

import pytest

from desk import errors
from desk.rules.passwords import PasswordPolicy, check
from desk.services.passwords import common_passwords, require_good


def test_the_3000_commonest_are_known_in_lower_case() -> None:
    found = common_passwords()
    assert 2900 < len(found) <= 3000
    assert {"password", "12345678"} <= found
    assert all(word == word.lower() for word in found)
    assert check("password", found, PasswordPolicy())
    assert common_passwords() is found


def test_sec_01_a_weak_password_is_named_by_its_field_and_a_good_one_passes() -> None:
    with pytest.raises(errors.InputProblem, match="太常见") as caught:
        require_good("PassWord", PasswordPolicy())
    assert caught.value.field == "password"
    require_good("柳树下的晚风", PasswordPolicy(min_length=6))
