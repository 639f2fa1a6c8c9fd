"""Each refusal is a sentence with a way out, in a clerk's words."""

import pytest

from desk.errors import InputProblem
from desk.services.attachments import refusals


@pytest.mark.parametrize("kind", ["heic", "film", "sound", "ole", "program", "zip", "archive", ""])
def test_what_is_none_of_ours_says_what_it_is_and_what_to_do(kind: str) -> None:
    told = refusals.foreign(kind)
    assert isinstance(told, InputProblem)
    assert told.sentence
    assert told.way_out
    assert told.field == "attachment"


def test_numbers_stand_in_the_sentences() -> None:
    assert refusals.too_heavy(60 << 20, 50 << 20).sentence == "文件太大（60 MB），最多 50 MB"
    assert refusals.too_many_pages(300, 200).sentence == "这份 PDF 有 300 页，最多 200 页"
    assert "120 百万" in refusals.too_many_pixels(9, 9, 120_000_000).sentence
    assert "100 份" in refusals.too_many(100).sentence
