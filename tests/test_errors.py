"""Every problem carries a sentence and the way out."""

import inspect

import pytest

from desk import errors

KINDS = [each for _, each in inspect.getmembers(errors, inspect.isclass) if issubclass(each, errors.Problem)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_problem_keeps_what_it_says(kind: type[errors.Problem]) -> None:
    problem = kind("保存失败：磁盘已满", way_out="请清理磁盘后重试", field="电话")
    assert str(problem) == problem.sentence == "保存失败：磁盘已满"
    assert (problem.way_out, problem.field) == ("请清理磁盘后重试", "电话")


def test_the_tree_is_drawn_in_the_docstring() -> None:
    assert all(kind.__name__ in (errors.__doc__ or "") for kind in KINDS)
