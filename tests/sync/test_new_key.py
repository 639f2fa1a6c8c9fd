"""A PC takes a new key over a line that breaks: the real client, the real hub."""

from pathlib import Path

import pytest

from desk.errors import HubProblem
from desk.models import plain
from desk.models.store import Store
from desk.services.session import Session, User
from desk.services.sync import gate
from desk.services.sync.client import HubClient
from desk.services.sync.enrolment import Enrolment
from desk.services.sync.rounds import Rounds
from tests import factories
from tests.hub.desks import code_for
from tests.stores import KEY, SCOPE
from tests.sync.bridge import hub_on

HEAD = User("u1", "周某某", frozenset({"head"}))


def key_of(store: Store) -> bytes:
    with store.read() as rows:
        return bytes(plain.ask(rows, "SELECT secret FROM device_secret WHERE name = ?", (gate.KEY,))[0][0])


@pytest.mark.parametrize("cut", ["", "there", "back"])
def test_it_goes_on_syncing_whatever_was_lost(database: str, tmp_path: Path, cut: str) -> None:
    with hub_on(database) as line:
        store = Store.create(tmp_path / "pc", KEY, scope_id=SCOPE)
        session = Session(HEAD, bytes(32))
        enrolment = Enrolment(store, session, lambda way: HubClient(way, line))
        rounds = Rounds(store, session, lambda way: HubClient(way, line))
        enrolment.enrol("https://hub.example", code_for(database))
        before, places = key_of(store), []

        def at_the_second(place: str) -> bool:
            # The first request of a renewal is its hello.
            places.append(place)
            return place == cut and places.count(place) == 2

        line.cut = at_the_second
        if cut:
            with pytest.raises(HubProblem):
                enrolment.renew_key()
        else:
            enrolment.renew_key()
        line.cut = lambda _place: False
        with store.write("u1") as rows:
            rows.add(factories.person())
        assert rounds.run().value.report.trouble == ""
        assert (key_of(store) != before) == (cut != "there")
        # The new key is written down too, which goes with the next.
        assert rounds.run().value.state.light == "synced"
        store.close()
