"""Ops of older schemas brought up to this one. Fields are only ever added, so most steps change nothing.

Schema N, N-1 and N-2 are served fully. What is older is still taken in for ever, and pulls no more (sync.md
2.11): an old desk can always hand in its records.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from desk.wire.records import SCHEMA

OLDEST_SERVED: Final = max(1, SCHEMA - 2)
"""The oldest schema that may pull."""

Body = Mapping[str, Any]
Step = Callable[[Body], Body]


def _additive(body: Body) -> Body:
    return body


STEPS: Final[Mapping[int, Step]] = {1: _additive, 2: _additive}
"""From schema n to n + 1. A schema that only added fields and nouns needs none but the plain step."""


def upcast(body: Body, steps: Mapping[int, Step] = STEPS, target: int = SCHEMA) -> Body:
    """Return the op's body as `target` would have written it; its bytes and its hash stay what they were.

    A newer one, or one that says no schema, is returned as it is.
    """
    schema = body.get("schema")
    if not isinstance(schema, int) or isinstance(schema, bool):
        return body
    for version in range(max(1, schema), target):
        body = steps[version](body)
    return body
