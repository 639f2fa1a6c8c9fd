"""What a roster was understood to say: frozen values between reading, the import page and the plan."""

from dataclasses import dataclass
from datetime import date

from desk.services.sheets.findings import Doubt, Skipped
from desk.services.sheets.headers import Column


@dataclass(frozen=True)
class RosterMandate:
    """One mandate (ZD-03): the level, and the constituency or the electing unit, never both (ZD-02)."""

    level: str
    constituency: str = ""
    electing_unit: str = ""
    term: str = ""


@dataclass(frozen=True)
class RosterRow:
    """One deputy of the roster; `line` is the line in the file, `lines` all of them if several were joined.

    `levels` are short words from high to low as the file says; `mandates` are those that may be stored
    (a street has none of level 镇, ZD-05). `problem` says why the row cannot be imported, "" if it can.
    `continued` marks a line whose name stands in a merged cell above.
    """

    line: int
    name: str
    levels: tuple[str, ...] = ()
    mandates: tuple[RosterMandate, ...] = ()
    constituency: str = ""
    post: str = ""
    phone: str = ""
    sex: str = "0"
    ethnicity: str = ""
    birth: date | None = None
    group_name: str = ""
    remark: str = ""
    departed: bool = False
    consultative: bool = False
    doubts: tuple[Doubt, ...] = ()
    problem: str = ""
    lines: tuple[int, ...] = ()
    continued: bool = False

    def doubts_about(self, field: str) -> tuple[str, ...]:
        """Return the sentences of doubt about one field."""
        return tuple(doubt.sentence for doubt in self.doubts if doubt.field == field)


@dataclass(frozen=True)
class Roster:
    """A whole roster; `header_line` is 0 if no header was found, `notes` concern the file as a whole.

    `sheet` is the sheet that was read, `other_sheets` are those that were not.
    """

    file_name: str
    title: str
    header_line: int
    columns: tuple[Column, ...]
    rows: tuple[RosterRow, ...]
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()
