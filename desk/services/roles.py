"""Roles of users as words, as the record writes them, and the three administrators' posts (SEC-11)."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from desk.rules import rights
from desk.rules.labels import ROLE

POSTS: Final[Mapping[str, str]] = MappingProxyType(
    {"sysadmin": "系统管理员", "secadmin": "安全管理员", "audadmin": "审计管理员"}
)
"""The posts of 等保 level 2; one person holds two only by a choice that is written down."""

LABELS: Final[Mapping[str, str]] = MappingProxyType({**ROLE, **POSTS})
"""What can be given at a desk: the roles at the desk and the posts."""

_SHOWN_FIRST = ("head", "clerk", "mediator", "lawyer", "deputy", *POSTS)


def parsed(text: str) -> frozenset[str]:
    """Return the codes of a user record; what a newer program may have added and this one does not know is
    left out."""
    return frozenset(text.split(",")) & rights.ROLES


def written(roles: Iterable[str]) -> str:
    """Return the codes as a user record holds them: sorted, comma between."""
    return ",".join(sorted(set(roles)))


def label(roles: Iterable[str]) -> str:
    """Return the word shown beside the name at the sign-on window: the first of the roles in order of
    weight."""
    held = frozenset(roles)
    return next((LABELS[code] for code in _SHOWN_FIRST if code in held), "")


def words(roles: Iterable[str]) -> str:
    """Return all the words for a list: 站长、工作人员."""
    held = frozenset(roles)
    return "、".join(LABELS[code] for code in _SHOWN_FIRST if code in held)


def posts_held_together(roles: Iterable[str]) -> frozenset[str]:
    """Return the administrators' posts if there are two or more among the roles, else none (SEC-11)."""
    posts = frozenset(roles) & POSTS.keys()
    return posts if len(posts) > 1 else frozenset()
