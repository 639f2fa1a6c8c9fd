"""What the sheet of a legal consultation shows, ready to print."""

from dataclasses import dataclass
from datetime import date, datetime

from desk.rules.numerals import official_date
from desk.text import _


@dataclass(frozen=True)
class ConsultationSheet:
    """F-40 法律咨询登记表: the visitor takes it home, so the name and phone told stand in clear.

    No ID number is printed. With `identity_refused` name, phone and address stay empty and the sheet says so
    (FL-09). `disclaimer` is printed on every sheet (FL-14). `conflict` is only 无, 有 or 未查: who, when and
    what is never printed (FL-11).
    """

    number: str
    at: datetime | None
    channel: str
    name: str
    sex: str
    age: int | None
    phone: str
    address: str
    identity_refused: bool
    person_class: tuple[str, ...]
    opponents: tuple[str, ...]
    conflict: str
    category: str
    question: str
    procedures: tuple[str, ...]
    limitation_on: date | None
    limitation_note: str
    answer: str
    citations: tuple[str, ...]
    disposition: str
    referral: str
    adviser: str
    licence_no: str
    disclaimer_ack: bool
    disclaimer: str
    rating: str = ""

    @property
    def name_text(self) -> str:
        """咨询人姓名, or that it was not told."""
        return _("不愿透露身份") if self.identity_refused else self.name

    @property
    def limitation_text(self) -> str:
        """可能届满的期限: the day and what it is."""
        day = official_date(self.limitation_on) if self.limitation_on else ""
        return "　".join(part for part in (day, self.limitation_note) if part)
