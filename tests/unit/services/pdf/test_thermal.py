"""Raster for thermal printers: exact width, readable code, ESC/POS frame (domain.md 13.2)."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from desk.services.pdf import decode, receipt_roll, thermal
from tests.paper_samples import CODE, RECEIPT


@pytest.mark.parametrize(("roll", "dots"), thermal.DOTS.items())
@pytest.mark.parametrize("plain", [False, True])
def test_the_code_reads_back_from_the_raster(roll: str, dots: int, plain: bool) -> None:
    png = thermal.picture(receipt_roll.draw(replace(RECEIPT, plain=plain), dots), dots)
    with Image.open(io.BytesIO(png)) as picture:
        assert picture.mode == "1"
        assert picture.width == dots == {"58": 384, "80": 576}[roll]
        assert decode.read_picture(picture.convert("L")) == (CODE,)


def test_the_words_are_burnt_dark_enough_to_read() -> None:
    """A Han character of 9 points is 25 dots high; a strip of text has a tenth to a third of it black."""
    png = thermal.picture(receipt_roll.draw(replace(RECEIPT, reprint=1), 384), 384)
    with Image.open(io.BytesIO(png)) as picture:
        words = picture.crop((8, 240, 376, 800)).convert("L")
    share = words.histogram()[0] / (words.width * words.height)
    assert 0.05 < share < 0.35


def test_the_commands_carry_the_picture_dot_by_dot() -> None:
    picture = Image.new("1", (384, 300), 1)
    picture.putpixel((0, 0), 0)
    picture.putpixel((383, 299), 0)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    data = thermal.commands(buffer.getvalue())
    first, second = data.split(b"\x1dv0\x00")[1:]
    assert data.startswith(b"\x1b@\x1dv0\x00")
    assert first[:4] == (48).to_bytes(2, "little") + (255).to_bytes(2, "little")
    assert second[:4] == (48).to_bytes(2, "little") + (45).to_bytes(2, "little")
    assert first[4] == 0x80
    assert sum(first[5:]) == 0
    assert second[4 : 4 + 45 * 48][-1] == 0x01
    assert data.endswith(b"\x1dVB\x00")
