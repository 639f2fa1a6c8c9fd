"""The code's modules (domain.md 7.5, QR rules; issue A, section 5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from desk.errors import PaperProblem
from desk.services.pdf import decode, qr_mark
from tests.paper_samples import CODE


def test_a_receipt_code_is_31_to_35_mm_at_half_a_millimetre() -> None:
    """issue A, section 5: payload v1 makes version 9 to 11."""
    assert len(qr_mark.matrix(CODE)) in {53, 57, 61}
    assert 30.5 <= qr_mark.side(CODE) <= 35
    assert len(qr_mark.matrix("JDT1:" + "x" * 116)) in {53, 57, 61}


def test_runs_cover_exactly_the_black_modules() -> None:
    black = {
        (column, row)
        for row, cells in enumerate(qr_mark.matrix(CODE))
        for column, cell in enumerate(cells)
        if cell
    }
    drawn = [(column + step, row) for column, row, length in qr_mark.row_runs(CODE) for step in range(length)]
    assert len(drawn) == len(black)
    assert set(drawn) == black


@given(st.text(st.sampled_from("ABCdef019_-:/."), min_size=1, max_size=170))
def test_every_text_reads_back(text: str) -> None:
    modules = qr_mark.matrix(text)
    size = len(modules) + 2 * qr_mark.QUIET
    picture = Image.new("L", (size, size), 255)
    for row, cells in enumerate(modules):
        for column, cell in enumerate(cells):
            if cell:
                picture.putpixel((column + qr_mark.QUIET, row + qr_mark.QUIET), 0)
    enlarged = picture.resize((size * 4, size * 4), Image.Resampling.NEAREST)
    assert decode.read_picture(enlarged) == (text,)


def test_too_much_text_is_a_problem_with_a_way_out() -> None:
    with pytest.raises(PaperProblem) as caught:
        qr_mark.matrix("x" * 2000)
    assert caught.value.way_out
