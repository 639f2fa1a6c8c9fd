"""The values a decision writes."""

from datetime import datetime

import pytest

from desk.errors import InputProblem
from desk.services.tray import choices
from desk.services.tray.values import Side

AT = datetime.fromisoformat("2026-11-23T09:05:00+08:00")


def test_a_choice_carries_its_value_also_where_it_stands_already() -> None:
    assert choices.chosen("value", "subject", "theirs", ("a", "b")) == {"subject": "b"}
    assert choices.chosen("value", "subject", "mine", ("a", "b")) == {"subject": "a"}


def test_a_number_given_twice_is_only_acknowledged() -> None:
    assert choices.chosen("number", "number", "theirs", ("LF1", "LF1")) == {}


def test_a_deletion_is_chosen_with_its_reason_and_undone_without() -> None:
    assert choices.chosen("void", "void", "theirs", (True, False)) == {"void": False, "void_reason": ""}
    made = choices.chosen("void", "void", "mine", (True, False))
    assert made["void"] is True
    assert made["void_reason"]
    kept = choices.chosen("void", "void_reason", "mine", ("重复", "写错"))
    assert kept == {"void": True, "void_reason": "重复"}


def test_a_third_text_is_trimmed_and_neither_empty_nor_endless() -> None:
    assert choices.chosen("words", "statement", "third", ("a", "b"), text=" 新 ") == {"statement": "新"}
    for typed in ("", "  ", "字" * (choices.MOST + 1)):
        with pytest.raises(InputProblem):
            choices.chosen("words", "statement", "third", ("a", "b"), text=typed)


def test_both_texts_say_who_said_which_and_what_stands_comes_first() -> None:
    joined = choices.both(("我的。", Side("李某", AT)), ("在的。\n", Side("周某某", None)))
    assert joined == "在的。\n（周某某）\n\n我的。\n（李某 2026-11-23 09:05）"
    assert choices.both(("a", Side()), ("b", Side())) == "b\n\na"
