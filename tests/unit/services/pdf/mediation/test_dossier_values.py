"""What the papers around a dossier derive."""

from dataclasses import replace

from tests.case_papers import COVER, NOTE


def test_the_period_is_shown_as_far_as_known() -> None:
    assert COVER.period == "2026年11月3日—2026年12月10日"
    assert replace(COVER, ended_on=None).period == "2026年11月3日—"
    assert replace(COVER, begun_on=None, ended_on=None).period == ""


def test_uncounted_pages_stay_blank() -> None:
    assert NOTE.pages_text == "本卷共 18 页。"
    assert replace(NOTE, pages=None).pages_text == ""
