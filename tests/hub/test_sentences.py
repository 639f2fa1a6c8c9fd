"""What the hub says to a person."""

import pytest

from desk.hub import sentences
from desk.wire.troubles import STATUS


@pytest.mark.parametrize("code", sorted(set(STATUS) - {"epoch_changed", "cursor_ahead", "device_forked"}))
def test_every_refusal_has_a_sentence(code: str) -> None:
    assert sentences.of(code).strip()
