"""What an old ledger was understood to say: frozen values between reading, the import page and the plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desk.rules.local_rules import Category
from desk.services.sheets.findings import Doubt, Skipped
from desk.services.sheets.headers import Column


@dataclass(frozen=True)
class Known:
    """What the station knows when a ledger is read.

    `deputies` maps the key of a name to the deputy's id, "" for namesakes; `topics` are the profile's;
    `max_headcount` bounds 人数.
    """

    today: date
    deputies: Mapping[str, str]
    topics: tuple[Category, ...]
    max_headcount: int


@dataclass(frozen=True)
class LedgerRow:
    """One matter of the ledger; `line` is the line in the file, codes are those of `rules.labels`.

    `note` is what the ledger says about handling, in words that go with the matter. `closed` says that the
    ledger calls it done; `apart` why it is better written down by hand; `problem` why it cannot be imported.
    """

    line: int
    day: date | None = None
    name: str = ""
    anonymous: bool = False
    companions: tuple[str, ...] = ()
    phone: str = ""
    headcount: int = 1
    address: str = ""
    kind: str = "station"
    subject: str = ""
    statement: str = ""
    request: str = ""
    receivers: tuple[str, ...] = ()
    receiver_ids: tuple[str, ...] = ()
    category: str = ""
    category_text: str = ""
    unit: str = ""
    level: str = ""
    due: date | None = None
    note: str = ""
    closed: bool = False
    apart: str = ""
    doubts: tuple[Doubt, ...] = ()
    problem: str = ""

    def doubts_about(self, field: str) -> tuple[str, ...]:
        """Return the sentences of doubt about one field."""
        return tuple(doubt.sentence for doubt in self.doubts if doubt.field == field)


@dataclass(frozen=True)
class OldLedger:
    """A whole ledger; `notes` concern the file, `other_sheets` were not read."""

    file_name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[LedgerRow, ...]
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()
