"""A form nobody has filled in yet: the values of a paper that is printed to be written on."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class EmptyPaper:
    """Stands for any paper of a layout: what is `known` beforehand, and nothing in every other field."""

    known: Mapping[str, object] = field(default_factory=dict)

    def __getattr__(self, key: str) -> object:
        """Return what is known of a field, "" for the hand."""
        if key.startswith("__"):
            raise AttributeError(key)
        return self.known.get(key, "")
