"""Roles as words and as the record writes them."""

import pytest

from desk.rules import rights
from desk.services import roles


def test_sec_11_the_three_posts_are_roles_with_rights() -> None:
    assert roles.POSTS.keys() <= rights.ROLES
    assert roles.LABELS.keys() <= rights.ROLES


@pytest.mark.parametrize(
    ("held", "label"),
    [({"clerk", "head"}, "站长"), ({"lawyer"}, "律师"), ({"secadmin"}, "安全管理员"), (set(), "")],
)
def test_the_word_beside_the_name(held: set[str], label: str) -> None:
    assert roles.label(held) == label


def test_written_sorted_and_read_back() -> None:
    assert roles.written(["head", "clerk", "head"]) == "clerk,head"
    assert roles.parsed("clerk,head") == {"clerk", "head"}
    assert roles.parsed("") == frozenset()
    assert roles.parsed("clerk,wizard_of_2030") == {"clerk"}


def test_sec_11_two_posts_together_are_noticed() -> None:
    assert roles.posts_held_together({"head", "sysadmin"}) == frozenset()
    assert roles.posts_held_together({"audadmin", "sysadmin", "head"}) == {"audadmin", "sysadmin"}
