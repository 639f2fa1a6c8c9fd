"""The records of a mediation read back as their forms: inquiries (F-05) and sittings (F-06)."""

from dataclasses import fields
from typing import Final

from desk.models.sitting import Inquiry, Presence, Sitting
from desk.services.mediation import local_lines
from desk.services.mediation.forms import InquiryForm, LocalLine, PresenceForm, SittingForm
from desk.services.mediation.sheet import Sheet
from desk.services.visit_rows import Act

_APART: Final = frozenset({"investigators", "present", "local"})
INQUIRY: Final = tuple(each.name for each in fields(InquiryForm) if each.name not in _APART)
"""Fields that are called the same in the form of an inquiry and in its record."""

SITTING: Final = tuple(each.name for each in fields(SittingForm) if each.name not in _APART)
"""Fields that are called the same in the form of a sitting and in its record."""

BETWEEN: Final = "、"
"""What stands between the names of the investigators in their record."""


def inquiry(act: Act, sheet: Sheet, row: Inquiry) -> InquiryForm:
    """Return an inquiry as it was typed."""
    return InquiryForm(
        **{name: getattr(row, name) for name in INQUIRY},
        investigators=tuple(filter(None, row.investigators.split(BETWEEN))),
        local=_local(act, sheet, "inquiry", row.record_id),
    )


def sitting(act: Act, sheet: Sheet, row: Sitting) -> SittingForm:
    """Return a sitting as it was typed, with who was there."""
    there = (each for each in sheet.of(Presence) if each.sitting_id == row.record_id)
    return SittingForm(
        **{name: getattr(row, name) for name in SITTING},
        present=tuple(PresenceForm(each.name, each.role, each.who_id) for each in there),
        local=_local(act, sheet, "sitting", row.record_id),
    )


def _local(act: Act, sheet: Sheet, noun: str, record_id: str) -> tuple[LocalLine, ...]:
    known = local_lines.offered(act.profile, act.at.date())
    return local_lines.of(sheet, known, noun, record_id)
