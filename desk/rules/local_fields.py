"""Fields a county adds to the forms: rows of the profile, so that they are printed without code.

A row `form.f07.grid` with the list ["所在网格", "facts"] adds a field `grid` to F-07, labelled 所在网格,
behind the row that shows `facts`. Without a place it stands before the signatures; an empty list takes it
away again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from desk.rules.profile import Profile

OWNER: Final[Mapping[str, str]] = {
    "f03": "party",
    "f04": "agent",
    "f05": "inquiry",
    "f06": "sitting",
    "f07": "agreement",
    "f08": "agreement",
    "f09": "follow_up",
}
"""Forms a case may have several of: what stands in an added field belongs to the record, not to the case."""


@dataclass(frozen=True)
class LocalField:
    """One added field: its form as in f07, the key its value is kept under, its label, what it follows."""

    form: str
    key: str
    label: str
    after: str = ""


def local_fields(profile: Profile, on: date, form: str) -> tuple[LocalField, ...]:
    """Return the fields the profile adds to a form on a day, in file order."""
    found = []
    for row in profile.rows(f"form.{form}", on):
        words = profile.items(row.key, on)
        if words:
            key = row.key.rsplit(".", 1)[1]
            found.append(LocalField(form, key, words[0], words[1] if len(words) > 1 else ""))
    return tuple(found)
