"""Roles, what they may ask, and what a county's PC may hand in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.hub import rights
from desk.hub.rights import Pusher
from desk.rules import rights as table
from desk.wire.enrolling import ROLES
from desk.wire.records import RECORDS
from tests.hub.hub_ops import op

COUNTY = Pusher("d1", "county")
nouns = st.sampled_from(sorted(RECORDS))


def test_every_role_has_its_row_and_an_auditor_writes_nothing() -> None:
    assert set(rights.RIGHTS) == ROLES
    assert {role for role in ROLES if rights.may(role, "push")} == {"station", "county"}
    assert all(rights.may(role, "pull") for role in ROLES)
    assert not rights.may("web", "hello")
    assert not rights.may("station", "other")


@given(st.data(), nouns)
def test_a_county_writes_a_field_exactly_where_its_group_says_so(data: st.DataObject, noun: str) -> None:
    """sync.md 2.7, class B; SEC-04."""
    field = data.draw(st.sampled_from(RECORDS[noun].fields))
    made = op("o1", "patch", type=noun, set={field.name: None})
    allowed = table.may({"county"}, "write", field.group)
    assert COUNTY.fault(made) == ("" if allowed else "no_field_right")
    assert Pusher("d1", "auditor").fault(made) == "no_field_right"
    assert Pusher("d1", "station").fault(made) == ""


@pytest.mark.parametrize("kind", ["insert", "void"])
@given(nouns)
def test_it_begins_nothing_and_makes_nothing_void_at_a_station(kind: str, noun: str) -> None:
    made = op("o1", kind, type=noun, set={"void": True, "void_reason": "重复"} if kind == "void" else {})
    assert COUNTY.fault(made) == "no_field_right"


@pytest.mark.parametrize("kind", ["patch", "close", "void"])
@given(nouns)
def test_an_op_that_sets_nothing_is_not_its_to_hand_in(kind: str, noun: str) -> None:
    """It would bring a void record back to life, close a question or open a false one."""
    made = op("o1", kind, type=noun, base={"conflict:c1": "o0"})
    assert COUNTY.fault(made) == "no_field_right"
    assert Pusher("d1", "station").fault(made) == ""


def test_its_own_scope_is_its_own() -> None:
    assert COUNTY.fault(op("o1", type="user", scope="C:1")) == ""


def test_what_a_station_wrote_it_hands_in_only_if_the_hub_had_it() -> None:
    made = op("o1", device="d2")
    assert COUNTY.fault(made) == "not_yours"
    assert Pusher("d1", "county", vouched=frozenset({"o1"})).fault(made) == ""
    assert Pusher("d1", "county", vouched=frozenset({"o2"})).fault(made) == "not_yours"


def test_a_seal_gives_no_right_to_write_oneself() -> None:
    made = op("o1", device="d1")
    assert Pusher("d1", "county", vouched=frozenset({"o1"})).fault(made) == "no_field_right"


@pytest.mark.parametrize(
    ("role", "scope", "may"),
    [
        ("station", "S:1", True),
        ("county", "S:1", False),
        ("county", "C:1", True),
        ("auditor", "S:1", False),
        ("auditor", "C:1", False),
    ],
)
def test_whose_scope_it_is_may_stop_it(role: str, scope: str, may: bool) -> None:
    assert rights.may_halt(role, scope) is may
