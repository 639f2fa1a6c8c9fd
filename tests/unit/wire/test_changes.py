"""How one field changes (sync.md 2.7, class E)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.wire.changes import apply, elements, set_change

ROLES = st.sets(st.sampled_from(["clerk", "deputy", "head", "lawyer"])).map(
    lambda roles: ",".join(sorted(roles))
)


@given(ROLES, ROLES)
def test_a_set_changes_by_what_came_and_went(old: str, new: str) -> None:
    assert apply(old, set_change(old, new)) == new


@pytest.mark.parametrize(
    ("other", "both"), [("clerk,head", "clerk,head"), ("clerk,lawyer", "clerk,head,lawyer")]
)
def test_two_additions_never_fight(other: str, both: str) -> None:
    """Class E: add wins (sync.md 2.7)."""
    assert apply(other, set_change("clerk", "clerk,head")) == both


def test_a_plain_value_takes_the_place_of_the_old_one() -> None:
    assert apply("old", "new") == "new"
    assert apply("old", None) is None


def test_no_set_has_no_elements() -> None:
    assert elements("") == set()
    assert elements("a,b") == {"a", "b"}
