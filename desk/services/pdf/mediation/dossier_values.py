"""What the papers around a dossier show: report, cover, contents, note, back cover; see also `values`."""

from dataclasses import dataclass
from datetime import date

from desk.rules.numerals import official_date
from desk.services.pdf.mediation.values import PartyBlock
from desk.text import _


@dataclass(frozen=True)
class ClosingReport:
    """F-11 人民调解结案报告表: stays with the committee; phones come masked (§8, internal)."""

    number: str
    filled_on: date | None
    committee: str
    handler: str
    accepted_on: date | None
    closed_on: date | None
    parties: tuple[PartyBlock, ...]
    source: str
    summary: str
    result: str


@dataclass(frozen=True)
class Cover:
    """F-13 卷宗封面; the title names the parties in clear, as the archive looks for them."""

    committee: str
    title: str
    number: str
    mediators: tuple[str, ...]
    begun_on: date | None
    ended_on: date | None
    filed_by: str
    filed_on: date | None
    keeping: str
    pages: int | None = None
    remark: str = ""

    @property
    def period(self) -> str:
        """调解日期(起—至)."""
        begun = official_date(self.begun_on) if self.begun_on else ""
        ended = official_date(self.ended_on) if self.ended_on else ""
        return f"{begun}—{ended}" if begun or ended else ""


@dataclass(frozen=True)
class ContentsEntry:
    """A line of 卷内目录: running number, name of the paper, its pages ("3" or "3—5"), remark."""

    n: int
    name: str
    pages: str
    remark: str = ""


@dataclass(frozen=True)
class Contents:
    """F-13 卷内目录."""

    number: str
    title: str
    entries: tuple[ContentsEntry, ...]


@dataclass(frozen=True)
class DossierNote:
    """F-13 卷宗情况说明（备考表）: gaps, number of pages, who filed and who checked."""

    number: str
    note: str
    pages: int | None
    filed_by: str
    checked_by: str
    noted_on: date | None

    @property
    def pages_text(self) -> str:
        """页数 in words; "" while nobody has counted."""
        return _("本卷共 {count} 页。").format(count=self.pages) if self.pages is not None else ""


@dataclass(frozen=True)
class BackCover:
    """F-13 封底."""

    committee: str
    number: str
    keeping: str = ""
