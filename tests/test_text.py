"""Sentences are shown as they are written."""

from desk.text import _


def test_a_sentence_is_its_own_id() -> None:
    assert _("来访接待") == "来访接待"
