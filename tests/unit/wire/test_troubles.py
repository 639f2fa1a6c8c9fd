"""Answers that are no answer."""

import pytest

from desk.wire import troubles
from desk.wire.codecs import WireError
from desk.wire.epochs import Epoch
from desk.wire.troubles import AnyTrouble, CursorAhead, DeviceForked, EpochChanged, Trouble

ONE_OF_EACH = [
    EpochChanged("S:1", (Epoch("e1", 0), Epoch("e2", 7))),
    CursorAhead("S:1", "e1", 7),
    DeviceForked("d1"),
    Trouble("busy", wait_s=30),
    Trouble("halted", "请联系县里", "S:1"),
]


@pytest.mark.parametrize("trouble", ONE_OF_EACH)
def test_each_comes_back_and_has_a_status(trouble: AnyTrouble) -> None:
    assert troubles.decode(trouble.encode()) == trouble
    assert 400 <= troubles.status_of(trouble) < 600


def test_the_last_life_is_the_current_one() -> None:
    assert EpochChanged("S:1", (Epoch("e1", 0), Epoch("e2", 7))).epoch == "e2"


def test_a_word_of_a_newer_hub_is_a_plain_trouble() -> None:
    assert troubles.decode(b'{"error":"moonlight","moon":1}') == Trouble("moonlight")


@pytest.mark.parametrize(
    "raw",
    [b"{}", b'{"error":7}', b'{"error":"epoch_changed","scope":"S:1"}', b'{"error":"busy","wait_s":-1}'],
)
def test_what_is_none_is_refused(raw: bytes) -> None:
    with pytest.raises(WireError):
        troubles.decode(raw)
