"""利益冲突检查 for the head: what stands against an adviser, and whether it is only a namesake (FL-11).

Looking is written down (SEC-05); nobody else learns who, when or what.
"""

from sqlalchemy.orm import Session as Rows

from desk.errors import InputProblem
from desk.models.conflict_check import ConflictCheck
from desk.models.consultation import Consultation as Row
from desk.rules import consultation_states as states
from desk.rules.conflict_check import Strength
from desk.services import audit, conflicts
from desk.services.consultation import rows
from desk.services.consultation.access import state_of
from desk.services.consultation.consultation_desk import ConsultationDesk
from desk.services.consultation.values import Consultation, HitView
from desk.services.outcome import Done
from desk.services.visit_rows import Act
from desk.text import _

_NOUNS = {
    "consultation": "法律咨询",
    "mediation": "矛盾调解",
    "visit": "来访",
    "interest": "申报的回避关系",
    "own": "可能是当事人本人",
}


class Checks:
    """What the head sees and decides of conflict checks."""

    def __init__(self, desk: ConsultationDesk) -> None:
        self._desk = desk

    def look(self, check_id: str) -> HitView:
        """Return what was hit; the look is written down. Raises AccessProblem for all but the head."""
        self._desk.session.require("read", "conflict_check")
        with self._desk.store.write(self._desk.session.user.id) as session:
            row = _found(session, check_id)
            audit.append(
                session,
                "reveal",
                user_id=self._desk.session.user.id,
                noun="conflict_check",
                target_id=check_id,
                fields="hit_noun,hit_number",
            )
            return HitView(
                check_id=check_id,
                adviser=row.adviser_name,
                noun=row.hit_noun,
                noun_label=_NOUNS.get(row.hit_noun, ""),
                number=row.hit_number,
                record_id=row.hit_id,
                strength=row.strength,
                may_be_namesake=_is_weak(row),
                sentence=_sentence(row),
                checked_at=row.checked_at,
            )

    def judge(self, check_id: str, reason: str) -> Done[Consultation]:
        """Judge that only a name agreed and it is another person: the answer opens.

        It holds for the people and adviser checked. Raises InputProblem without a reason, when more than a
        name agreed, or when the check has lapsed; AccessProblem for all but the head.
        """
        self._desk.session.require("read", "conflict_check")
        if not reason.strip():
            raise InputProblem(_("请写明凭什么认定不是同一人。"), field="reason")
        with self._desk.writing() as (act, reader):
            check = _found(act.rows, check_id)
            row = rows.found(act.rows, check.for_id)
            if not _is_weak(check):
                raise InputProblem(
                    _("证件号码、信用代码或者手机号相同，不能认定为同名。"),
                    way_out=_("请换人解答、改约，或者请咨询人拨 12348。"),
                    field="conflict",
                )
            newest = conflicts.newest(act.rows, row.record_id)
            if row.conflict != "hit" or newest is None or newest.record_id != check_id:
                raise InputProblem(_("当事人或者解答人已经变动，请重新检查。"), field="conflict")
            self._open(act, row, check, reason)
            return self._desk.done(act, reader, row, "conflict_check")

    def _open(self, act: Act, row: Row, check: ConflictCheck, reason: str) -> None:
        row.conflict = "namesake"
        ready = rows.form_of(act.rows, row, clear=True)
        gaps = self._desk.gaps(act, row, ready, "check")
        row.state = states.step(state_of(row), "check", missing=gaps)
        act.rows.add(conflicts.judged(act, check, reason))


def _found(session: Rows, check_id: str) -> ConflictCheck:
    row = session.get(ConflictCheck, check_id)
    if row is None or row.void:
        raise InputProblem(_("没有找到这次检查。"), field="conflict")
    return row


def _sentence(row: ConflictCheck) -> str:
    what = f"{_NOUNS.get(row.hit_noun, '')} {row.hit_number}".strip()
    words = _("调解员 {adviser} ") if row.noun == "mediation" else _("解答人 {adviser} ")
    words = words.format(adviser=row.adviser_name)
    words += _("可能就是当事人本人。") if row.hit_noun == "own" else _("与{what}有关。").format(what=what)
    return words + _("只有姓名相同，核对后可以认定同名。") if _is_weak(row) else words


def _is_weak(row: ConflictCheck) -> bool:
    """Tell whether only a name (or a shared landline) agreed."""
    return row.result == "hit" and row.strength == Strength.WEAK.code
