"""Each rule of domain.md §3 that binds the program is quoted by a test of the rules: MED and SQ by number."""

import re
from pathlib import Path

import pytest

BINDING = [f"MED-{n:02}" for n in (*range(1, 17), 18, 19, *range(20, 31))]
BINDING += [f"SQ-{n:02}" for n in range(1, 7)]
# MED-17 (misconduct), 31 (a standard without a text), 32 (petition organs), SQ-07 (a third party's suit)
# ask nothing of the desk.


def quoted() -> set[str]:
    """Return the numbers that names of test functions in this folder carry: test_med12_… is MED-12."""
    found: set[str] = set()
    for path in Path(__file__).parent.glob("test_*.py"):
        for name in re.findall(r"def (test_\w+)", path.read_text(encoding="utf-8")):
            found |= {f"{kind.upper()}-{n}" for kind, n in re.findall(r"_(med|sq)([0-9]{2})(?=_)", name)}
    return found


@pytest.mark.parametrize("number", BINDING)
def test_a_test_is_named_after_the_rule(number: str) -> None:
    assert number in quoted()
