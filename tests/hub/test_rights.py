"""Roles and what they may ask."""

from desk.hub import rights
from desk.wire.enrolling import ROLES


def test_every_role_has_its_row_and_only_stations_write() -> None:
    assert set(rights.RIGHTS) == ROLES
    assert {role for role in ROLES if rights.may(role, "push")} == {"station"}
    assert all(rights.may(role, "pull") for role in ROLES)
    assert not rights.may("web", "hello")
    assert not rights.may("station", "other")
