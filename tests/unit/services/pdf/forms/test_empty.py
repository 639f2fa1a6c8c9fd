"""A form nobody has filled in: nothing in every field but what is known beforehand."""

import copy

import pytest

from desk.services.pdf.forms.empty import EmptyPaper


def test_every_field_is_empty_but_the_known_ones() -> None:
    paper = EmptyPaper({"side": "申请人", "is_oral": False})
    assert (getattr(paper, "name"), paper.side, paper.is_oral) == ("", "申请人", False)  # noqa: B009 - any name


def test_it_is_no_paper_of_everything() -> None:
    """What Python asks of any object is not answered with an empty field."""
    with pytest.raises(AttributeError):
        getattr(EmptyPaper(), "__fspath__")  # noqa: B009 - a name of Python's own
    assert copy.copy(EmptyPaper({"n": 1})) == EmptyPaper({"n": 1})
