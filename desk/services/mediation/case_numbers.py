"""Case numbers (CL-5): per committee and year, from the committee's first number, without gaps, never reused.

One PC gives all numbers of a committee, so that two never give the same; elsewhere the number stays open
until that PC gives it. The first number may be raised later, after a restore or when another PC takes over.
"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session as Rows

from desk.errors import InputProblem
from desk.models.committee import Committee
from desk.models.mediation import Mediation
from desk.rules.case_numbers import SERIES, case_number, case_pattern
from desk.rules.profile import Profile
from desk.services.mediation.sheet import Sheet
from desk.services.numbers import Numbers
from desk.services.visit_rows import Act
from desk.text import _

_TAKE = (
    "INSERT INTO number_counter (kind, letter, year, last) VALUES (?, '', ?, ?)"
    " ON CONFLICT (kind, letter, year) DO UPDATE SET last = max(last + 1, excluded.last) RETURNING last"
)


def give(act: Act, sheet: Sheet, numbers: Numbers, device_id: str) -> bool:
    """Give an accepted case its number, if this PC is the one that gives them; tell whether it has one now.

    The number stands or falls with the caller's block. Raises ClockProblem.
    """
    case, committee = sheet.case, sheet.committee
    if case.case_no:
        return True
    if committee is None or committee.number_device != device_id or case.accepted_on is None:
        return False
    numbers.check_clock(act.rows)
    case.case_no = _next(act.rows, committee, case.accepted_on, act.profile)
    return True


def require_here(committee: Committee | None, device_id: str) -> Committee:
    """Return the committee if this PC gives its numbers. Raises InputProblem."""
    if committee is None:
        raise InputProblem(_("请先选择受理的人民调解委员会。"), field="committee")
    if not committee.number_device:
        raise InputProblem(
            _("现在没有电脑编这个调委会的案号。"),
            way_out=_("请站长到“设置 › 调委会”核对从第几号起，再保存。"),
            field="case_no",
        )
    if committee.number_device != device_id:
        raise InputProblem(
            _("本机不编这个调委会的案号。"),
            way_out=_("请在编案号的那台电脑上打开本案，点“编案号”。"),
            field="case_no",
        )
    return committee


def _next(rows: Rows, committee: Committee, on: date, profile: Profile) -> str:
    pattern = case_pattern(profile.text("number.mediation_case", on))
    first = committee.number_from if committee.number_year == on.year else 1
    kind = f"{SERIES}{committee.record_id}"
    connection = rows.connection()
    while True:
        n: int = connection.exec_driver_sql(_TAKE, (kind, on.year, max(first, 1))).scalar_one()
        text = case_number(pattern, committee.short_name, on.year, n)
        # A store that came back from a backup may have forgotten numbers it has since pulled.
        taken = select(Mediation.record_id).where(Mediation.case_no == text).limit(1)
        if connection.execute(taken).first() is None:
            return text
