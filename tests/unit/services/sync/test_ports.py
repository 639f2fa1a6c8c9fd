"""Both sides do what a round asks of them: a wrong word would only show in the middle of one."""

import inspect

import pytest

from desk.services.sync.keeper import StoreKeeper
from desk.services.sync.ports import Hub, Keeper
from tests.fake_hub import FakeHub


@pytest.mark.parametrize(("port", "made"), [(Keeper, StoreKeeper), (Hub, FakeHub)])
def test_every_verb_of_the_port_is_there(port: type, made: type) -> None:
    verbs = {name for name in vars(port) if not name.startswith("_")}
    assert verbs
    for name in verbs:
        asked = list(inspect.signature(getattr(port, name)).parameters)
        assert list(inspect.signature(getattr(made, name)).parameters) == asked
