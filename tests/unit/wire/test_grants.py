"""What a role may write of a record, name by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules import rights
from desk.wire import grants
from desk.wire.columns import KINDS
from desk.wire.records import RECORDS


def test_the_county_writes_the_card_of_a_station_and_no_word_of_a_visit() -> None:
    assert grants.refused("county", "station", "patch", ["phone", "name"]) == ()
    assert grants.refused("county", "visit", "patch", ["place", "safety"]) == ("place", "safety")
    assert grants.refused("head", "visit", "patch", ["place"]) == ()


def test_what_it_may_not_begin_is_refused_as_a_whole() -> None:
    assert grants.refused("county", "station", "insert", ["name"]) == ("name",)
    assert grants.refused("county", "station", "insert", []) == ("station",)


def test_void_is_a_right_of_its_own() -> None:
    assert grants.refused("county", "station", "void", ["void", "void_reason"]) == ("void", "void_reason")
    assert grants.refused("clerk", "visit", "void", ["void"]) == ()


@pytest.mark.parametrize("role", sorted(rights.LOOKING_DESKS))
@pytest.mark.parametrize("kind", sorted(KINDS))
@given(noun=st.sampled_from(sorted(RECORDS)))
def test_a_desk_of_the_county_that_names_no_field_may_do_nothing(role: str, kind: str, noun: str) -> None:
    assert grants.refused(role, noun, kind, []) == (noun,)


def test_who_has_more_than_single_fields_may_name_none() -> None:
    for kind in KINDS:
        assert grants.refused("head", "visit", kind, []) == ()


def test_a_void_op_is_refused_whatever_it_names() -> None:
    assert grants.refused("county", "station", "void", ["phone"]) == ("phone",)


def test_what_nobody_knows_is_nobodys() -> None:
    assert grants.refused("county", "planet", "patch", ["mass"]) == ("mass",)
    assert grants.refused("county", "station", "patch", ["mass"]) == ("mass",)
