from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.wire import codecs
from desk.wire.codecs import Codec, Value, WireError

CHINA = timezone(timedelta(hours=8))


def test_an_instant_keeps_its_offset_to_the_millisecond() -> None:
    moment = datetime(2026, 3, 2, 9, 14, 5, 120_000, tzinfo=CHINA)
    assert codecs.INSTANT.to_json(moment) == "2026-03-02T09:14:05.120+08:00"
    assert codecs.INSTANT.from_json("2026-03-02T09:14:05.120+08:00") == moment


@pytest.mark.parametrize(
    ("codec", "value"),
    [
        (codecs.TEXT, 3),
        (codecs.CODE, "一号"),
        (codecs.CODES, "head,clerk"),
        (codecs.CODES, "clerk,clerk"),
        (codecs.ID, "王某某"),
        (codecs.INT, True),
        (codecs.INT, 2**53),
        (codecs.FEN, "1"),
        (codecs.BOOL, 1),
        (codecs.DATE, datetime(2026, 3, 2, tzinfo=UTC)),
        (codecs.DATE, "2026-03-02"),
        (codecs.INSTANT, date(2026, 3, 2)),
        (codecs.INSTANT, datetime(1899, 12, 31, tzinfo=UTC)),
        (codecs.INSTANT, datetime(2201, 1, 1, tzinfo=UTC)),
        (codecs.INSTANT, datetime(2026, 3, 2)),  # noqa: DTZ001 - the naive moment is what must be refused
    ],
)
def test_a_value_of_another_kind_is_refused(codec: Codec, value: Value) -> None:
    with pytest.raises(WireError):
        codec.to_json(value)


@pytest.mark.parametrize(
    ("codec", "body"),
    [
        (codecs.DATE, "2026-02-30"),
        (codecs.INSTANT, "2026-03-02T09:14"),
        (codecs.INSTANT, "soon"),
        (codecs.INSTANT, "0001-01-01T00:00:00.000+08:00"),
        (codecs.INSTANT, "9999-12-31T23:59:59.999-08:00"),
        (codecs.DATE, 3),
    ],
)
def test_json_of_another_kind_is_refused(codec: Codec, body: object) -> None:
    with pytest.raises(WireError):
        codec.from_json(body)


@given(st.dates())
def test_dates_come_back(day: date) -> None:
    assert codecs.DATE.from_json(codecs.DATE.to_json(day)) == day


@given(st.sets(st.sampled_from(["clerk", "deputy", "head", "lawyer"])))
def test_sets_are_written_sorted(roles: set[str]) -> None:
    text = ",".join(sorted(roles))
    assert codecs.CODES.from_json(codecs.CODES.to_json(text)) == text


def test_every_default_is_its_own_kind() -> None:
    for name in ("TEXT", "CODE", "CODES", "ID", "INT", "FEN", "BOOL", "DATE", "INSTANT"):
        codec: Codec = getattr(codecs, name)
        assert codec.from_json(codec.to_json(codec.default)) == codec.default
