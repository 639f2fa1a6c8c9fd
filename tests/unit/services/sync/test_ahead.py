"""A question asked before its answer is wanted."""

import threading

import pytest

from desk.services.sync.ahead import Ahead


def test_the_answer_is_there_when_it_is_wanted() -> None:
    ahead: Ahead[int] = Ahead()
    ahead.begin("a", lambda: 1)
    found = ahead.take("a")
    assert found is not None
    assert found.result() == 1
    assert ahead.take("a") is None


def test_what_was_not_foreseen_has_no_answer_here() -> None:
    ahead: Ahead[int] = Ahead()
    assert ahead.take("a") is None
    ahead.begin("a", lambda: 1)
    assert ahead.take("b") is None
    assert ahead.take("a") is None


def test_a_question_that_fails_fails_where_its_answer_is_wanted() -> None:
    def fail() -> int:
        raise ValueError("no line")

    ahead: Ahead[int] = Ahead()
    ahead.begin("a", fail)
    found = ahead.take("a")
    assert found is not None
    with pytest.raises(ValueError, match="no line"):
        found.result()


def test_nothing_goes_on_beside_one_that_is_under_way() -> None:
    ahead: Ahead[int] = Ahead()
    may_end, order = threading.Event(), list[str]()

    def slow() -> int:
        may_end.wait(10)
        order.append("first")
        return 1

    ahead.begin("a", slow)
    waiting = threading.Thread(target=lambda: (ahead.settle(), order.append("then")))
    waiting.start()
    may_end.set()
    waiting.join()
    assert order == ["first", "then"]
