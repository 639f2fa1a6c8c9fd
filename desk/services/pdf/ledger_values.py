"""What a ledger on the official sheet shows: tables whose figures stay figures in a workbook too."""

from dataclasses import dataclass
from fractions import Fraction

from desk.rules.agreement_money import in_ten_thousands
from desk.rules.mediation_statistics import rate_text


@dataclass(frozen=True)
class Sum:
    """Money in fen, shown in yuan: 2,600.00."""

    fen: int


@dataclass(frozen=True)
class TenThousands:
    """Money in fen, shown in 万元: 0.26."""

    fen: int


@dataclass(frozen=True)
class Rate:
    """A part of a whole, shown with both, 66.7% above 2/3; — while the whole is nothing."""

    part: int
    whole: int


Value = str | int | Sum | TenThousands | Rate


@dataclass(frozen=True)
class LedgerColumn:
    """A column: its heading, its share of the width, and where its values stand: left, centre, right."""

    heading: str
    share: float = 1.0
    align: str = "left"


@dataclass(frozen=True)
class LedgerLine:
    """A row of values; one with a single value is a heading over the rows that follow."""

    values: tuple[Value, ...]


@dataclass(frozen=True)
class LedgerTable:
    """A table; `empty` stands in it while it has no lines, `caption` above it."""

    columns: tuple[LedgerColumn, ...]
    lines: tuple[LedgerLine, ...]
    caption: str = ""
    empty: str = ""


@dataclass(frozen=True)
class LedgerSheet:
    """A whole ledger: title, who reports on what, the tables, remarks, who signs, and whose seal is set."""

    title: str
    heads: tuple[str, ...]
    tables: tuple[LedgerTable, ...]
    remarks: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    seal: str = ""


def shown(value: Value) -> str:
    """Return a value as the paper prints it."""
    if isinstance(value, Sum):
        return f"{value.fen // 100:,}.{value.fen % 100:02}"
    if isinstance(value, TenThousands):
        return in_ten_thousands(value.fen)
    if isinstance(value, Rate):
        if not value.whole:
            return rate_text(None)
        return f"{rate_text(Fraction(value.part, value.whole))}\n{value.part}/{value.whole}"
    return str(value)
