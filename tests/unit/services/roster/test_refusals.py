"""A table that is no roster is refused with a way out."""

from desk.services.roster import refusals


def test_a_sentence_and_a_way_out() -> None:
    problem = refusals.no_names()
    assert problem.sentence == "没有找到“姓名”这一栏。"
    assert problem.way_out.startswith("请")
