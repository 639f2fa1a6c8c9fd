"""PCs of stations that are known to a hub, for measurements: their keys, their ops, their first hello."""

from dataclasses import dataclass
from typing import Any

import psycopg

from desk import ids
from desk.hub import enrolment, register
from desk.wire import codes, signing
from desk.wire.enrolling import Enrol, Enrolled
from desk.wire.greeting import HelloAsk
from tests.bench.day_ops import Station
from tests.bench.ready_pushes import Signer


@dataclass(frozen=True)
class Pc:
    """One PC: who it is to the hub, what its station writes, and the life of its scope."""

    signer: Signer
    station: Station
    epoch: str

    def hello(self) -> bytes:
        """Write its first greeting."""
        return self.signer.hello(HelloAsk(self.station.incarnation, 0, "first"))


def let_in(connection: "psycopg.Connection[Any]", count: int, scope: str = "") -> list[Pc]:
    """Enrol one PC at each of so many stations of one county; `scope` names that of the only one."""
    county = register.add_county(connection, f"示例县{ids.new_id()[-6:]}")
    return [_let_in(connection, county, n, scope or f"S:{ids.new_id()}") for n in range(count)]


def _let_in(connection: "psycopg.Connection[Any]", county: str, seed: int, scope: str) -> Pc:
    device, key = ids.new_id(), ids.random_bytes(32)
    place = register.add_station(connection, county, "示例站", scope=scope)
    code = enrolment.new_code(connection, station=place).code
    bare = codes.clean(code, codes.ONE_TIME, field="code")
    told = enrolment.enrol(connection, Enrol(bare, device, signing.public_of(key), scope))
    assert isinstance(told, Enrolled)
    found = connection.execute("SELECT epoch FROM scope WHERE scope_id = %s", (scope,)).fetchall()
    connection.commit()
    station = Station(scope, device, seed)
    # The first hello begins session 1.
    return Pc(Signer(device, station.incarnation, key, 1), station, found[0][0])
