"""What a command of the hub says: lines for a person, and the same as data for a program (`--json`)."""

import json
from dataclasses import asdict, dataclass, field, is_dataclass
from typing import Any


@dataclass(frozen=True)
class Told:
    """lines: as they are printed. data: dataclasses, lists, maps and plain values."""

    lines: tuple[str, ...] = ()
    data: Any = field(default_factory=dict)

    def printed(self, *, as_json: bool) -> tuple[str, ...]:
        """Return the lines to print; as JSON it is one line."""
        if not as_json:
            return self.lines
        return (json.dumps(self.data, ensure_ascii=False, default=_plain),)


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)
