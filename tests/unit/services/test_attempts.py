"""Each on its own: a refusal is kept for the page and stops nothing else."""

from collections.abc import Callable

import pytest

from desk.errors import InputProblem, Problem
from desk.services.attempts import Attempt, each_alone
from desk.services.outcome import Done


def done(*nouns: str) -> Callable[[], Done[None]]:
    return lambda: Done(None, frozenset(nouns))


def refused(sentence: str) -> Callable[[], Done[None]]:
    def work() -> Done[None]:
        raise InputProblem(sentence, field="day")

    return work


def test_one_refusal_keeps_none_of_the_others() -> None:
    tried = each_alone(
        [Attempt(("a",), done("visit")), Attempt(("b",), refused("错了")), Attempt(("c",), done("matter"))]
    )
    assert tried.changed == {"visit", "matter"}
    assert [(key, problem.sentence) for key, problem in tried.refused.items()] == [("b", "错了")]


def test_of_a_whole_that_is_refused_the_part_that_can_be_is_taken() -> None:
    """The problem of the whole is what is said of the rest."""
    first, second = Attempt(("a",), refused("甲不对")), Attempt(("b",), done("party"))
    tried = each_alone([Attempt(("a", "b"), refused("整页不对"), (first, second))])
    assert tried.changed == {"party"}
    assert {key: problem.sentence for key, problem in tried.refused.items()} == {"a": "整页不对"}
    neither = each_alone([Attempt(("a", "b"), refused("整页不对"), (first,))])
    assert set(neither.refused) == {"a", "b"}


def test_a_bug_flies() -> None:
    def bug() -> Done[None]:
        raise ValueError("unknown code")

    assert not issubclass(ValueError, Problem)
    with pytest.raises(ValueError, match="unknown code"):
        each_alone([Attempt(("a",), bug)])
