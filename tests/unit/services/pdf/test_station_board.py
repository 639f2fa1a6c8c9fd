"""The station's code board (F-52, QR rules)."""

from dataclasses import replace

import pytest

from desk.errors import PaperProblem
from desk.services.pdf import decode, qr_mark, render, station_board
from desk.services.pdf.station_board import CODE_SIDES, StationBoard
from tests.paper_samples import MISSING, outside, texts

BOARD = StationBoard(
    station="示例镇人大代表联络站",
    phone="0000-1234567",
    address="示例镇人民路 1 号",
    hours="每月 21 日 9:00—11:00",
    code="https://xf.example.gov.cn/s/330106004",
    invite="扫码留言",
    note="本码只含站点编号，不含个人信息",
)


@pytest.mark.parametrize("side", CODE_SIDES)
def test_every_size_reads_and_leaves_room_for_the_words(side: float) -> None:
    """The black of the code spans its side less the quiet zone; nothing is drawn over that zone."""
    board = replace(BOARD, code_side=side)
    pdf = station_board.draw(board)
    assert outside(pdf) == []
    assert decode.codes(pdf) == (decode.Found(0, BOARD.code),)
    modules = len(qr_mark.matrix(BOARD.code))
    picture = render.page(pdf, 0, 254, grey=True)
    middle = round((74 + side / 2) * 10)
    dark = [x / 10 for x in range(picture.width) if picture.getpixel((x, middle)) < 100]
    wide = side * modules / (modules + 2 * qr_mark.QUIET)
    assert max(dark) - min(dark) <= wide + 0.3
    for words in (BOARD.invite, BOARD.note, BOARD.phone):
        assert words in texts(pdf)[0]


@pytest.mark.parametrize("dpi", [40, 75, 300])
def test_name_and_phone_stand_below_a_code_that_reads(dpi: int) -> None:
    pdf = station_board.draw(BOARD)
    assert decode.codes(pdf, dpi=dpi) == (decode.Found(0, BOARD.code),)
    for words in (BOARD.station, BOARD.phone, BOARD.address, BOARD.hours):
        assert "".join(words.split()) in texts(pdf)[0]


def test_a_long_name_stays_on_the_page() -> None:
    assert outside(station_board.draw(replace(BOARD, station="很长的站名" * 12, address="址" * 90))) == []


def test_what_is_not_known_leaves_no_empty_line() -> None:
    words = texts(station_board.draw(replace(BOARD, address="", hours="")))[0]
    assert "地址" not in words
    assert "接待时间" not in words


def test_a_missing_glyph_stops_the_board() -> None:
    with pytest.raises(PaperProblem, match="站名"):
        station_board.draw(replace(BOARD, station=MISSING))
