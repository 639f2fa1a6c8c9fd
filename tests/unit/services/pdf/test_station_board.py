"""The station's code board (F-52, QR rules)."""

from dataclasses import replace

import pytest

from desk.errors import PaperProblem
from desk.services.pdf import decode, station_board
from desk.services.pdf.station_board import StationBoard
from tests.paper_samples import MISSING, outside, texts

BOARD = StationBoard(
    station="示例镇人大代表联络站",
    phone="0000-1234567",
    address="示例镇人民路 1 号",
    hours="每月 21 日 9:00—11:00",
    code="https://xf.example.gov.cn/s/330106004",
)


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
