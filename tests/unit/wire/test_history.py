"""The history of a record on its way."""

import pytest

from desk.wire import history
from desk.wire.codecs import WireError
from desk.wire.history import FIRST, History
from desk.wire.incoming import OpIn
from desk.wire.revision import Revision
from tests.fake_hub import foreign, patch


def test_it_comes_back_byte_for_byte() -> None:
    ops = (foreign("o1", "matter", "r1", subject="路灯"), patch("o2", "matter", "r1", "o1", subject="树"))
    revisions = tuple(
        Revision(n, 0, "2026-11-23T09:00:00.000+08:00", "applied", OpIn.of(each), each["set"])
        for n, each in enumerate(ops, 1)
    )
    told = History("S:1", "r1", revisions, "2.0")
    read = History.decode(told.encode())
    assert read == told
    assert [each.op.body for each in read.revisions] == [each.op.body for each in revisions]


def test_where_a_page_goes_on() -> None:
    assert history.place_in("") == FIRST
    assert history.place_in(history.written((12, 3))) == (12, 3)
    for text in ("x", "1", "1.", ".1", "-1.0", "1.2.3", "1.9999999999999999", "１.０"):
        with pytest.raises(WireError):
            history.place_in(text)
