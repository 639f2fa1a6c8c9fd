"""What a verb of a service gives back: a value, and the kinds of record that changed."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Value_co = TypeVar("Value_co", covariant=True)


@dataclass(frozen=True)
class Done(Generic[Value_co]):
    """`changed` holds nouns ("visit", "matter"…); screens that show one of them load again."""

    value: Value_co
    changed: frozenset[str] = frozenset()
