"""Every refusal is a sentence and a way out."""

import pytest

from desk.errors import InputProblem
from desk.services.sheets import refusals

MAKERS = (
    refusals.locked,
    refusals.foreign,
    refusals.other_format,
    refusals.unreachable,
    refusals.empty,
    refusals.damaged,
    refusals.unknown_charset,
    refusals.too_long,
    lambda: refusals.too_heavy(60 * 1024**2, 20 * 1024**2),
)


@pytest.mark.parametrize("make", MAKERS)
def test_a_sentence_and_a_way_out(make) -> None:  # type: ignore[no-untyped-def] # a list of makers
    problem = make()
    assert isinstance(problem, InputProblem)
    assert problem.sentence.endswith("。")
    assert problem.way_out.startswith("请")
