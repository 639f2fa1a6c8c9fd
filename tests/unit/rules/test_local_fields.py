"""Fields a county adds to forms, as rows of the profile."""

from datetime import date

import pytest

from desk.errors import InputProblem
from desk.rules import profile_file
from desk.rules.local_fields import LocalField, local_fields
from desk.rules.profile import Profile, Row

DAY = date(2026, 11, 3)


def _profile(**rows: tuple[str, ...]) -> Profile:
    made = (Row(f"form.{key}", value, "list", DAY, "本地设定") for key, value in rows.items())
    return Profile("县", "1", tuple(made))


def test_fields_are_read_in_file_order() -> None:
    rows = {"f07.grid": ("所在网格", "facts"), "f07.police": ("辖区派出所",), "f02.grid": ("网格",)}
    assert local_fields(_profile(**rows), DAY, "f07") == (
        LocalField("f07", "grid", "所在网格", "facts"),
        LocalField("f07", "police", "辖区派出所"),
    )


def test_an_empty_list_takes_a_field_away() -> None:
    assert local_fields(_profile(**{"f07.grid": ()}), DAY, "f07") == ()


def test_a_profile_file_may_bring_them() -> None:
    row = {"key": "form.f07.grid", "value": ["网格"], "unit": "list", "valid_from": DAY, "source": "本地设定"}
    content = {"schema": 1, "profile": "县", "version": "1", "row": [row]}
    top = profile_file.from_content(content)
    profile_file.check_against(Profile("厂", "1", ()), top)
    row["key"] = "form.agreement"
    with pytest.raises(InputProblem, match="不认识"):
        profile_file.from_content(content)
