"""What a hub is told when it starts; the command line hands it to its workers in the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

_PREFIX = "DESK_HUB_"


@dataclass(frozen=True)
class Settings:
    """data: folder of the hub's own database and logs. database: how to reach another one, empty for its own.

    connections: most connections of one worker to the database. host: where it listens. certificate, key:
    files by which it speaks TLS, empty for none. rounds: how many desks one worker lets work at a time,
    before it tells others when to come. own: 1 where the workers look after the database in `data`.
    """

    data: str = ""
    database: str = ""
    port: int = 8750
    workers: int = 1
    connections: int = 8
    host: str = "127.0.0.1"
    certificate: str = ""
    key: str = ""
    rounds: int = 16
    own: int = 0

    @property
    def folder(self) -> Path:
        """The data folder; beside the working folder if none was named."""
        return Path(self.data or "hub-data").resolve()

    def to_environment(self) -> dict[str, str]:
        """Return the variables a worker reads."""
        return {_PREFIX + each.name.upper(): str(getattr(self, each.name)) for each in fields(self)}

    @staticmethod
    def from_environment(environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read the variables; what is missing stands at its default. Raises ValueError for no number."""
        found = {each: environment.get(_PREFIX + each.name.upper()) for each in fields(Settings)}
        said = {
            each.name: int(value) if each.type is int else value
            for each, value in found.items()
            if value is not None
        }
        return Settings(**said)  # type: ignore[arg-type]
