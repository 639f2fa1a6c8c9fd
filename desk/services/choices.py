"""Small frozen values that the pages of cases and consultations share."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """One entry of a list to choose from."""

    code: str
    label: str


@dataclass(frozen=True)
class GroupCount:
    """How many records stand under a chip of a list."""

    group: str
    label: str
    count: int
