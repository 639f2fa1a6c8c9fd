"""利益冲突检查 of the mediators of a case: who advised one side does not mediate for both (FL-11, MED-17).

Checked whenever parties or mediators change; the answer is written down when it is a new one. A hit says only
that another mediator is wanted; what was hit is for the head, who may judge that it is a namesake.
"""

from desk.errors import InputProblem
from desk.models.conflict_check import ConflictCheck
from desk.models.mediation import CaseMediator
from desk.models.party import Party
from desk.rules.conflict_check import Finding, Quarrel, Strength
from desk.rules.consultation_codes import MAY_BE_ANSWERED
from desk.services import conflicts
from desk.services.mediation.case_desk import CaseDesk
from desk.services.mediation.sheet import Sheet
from desk.services.mediation.values import CaseCard
from desk.services.outcome import Done
from desk.services.visit_rows import Act
from desk.text import _


class MediatorChecks:
    """What the head decides about a mediator who was hit."""

    def __init__(self, desk: CaseDesk) -> None:
        self._desk = desk

    def judge(self, case_id: str, mediator_id: str, reason: str) -> Done[CaseCard]:
        """Judge that only a name agreed and it is another person; it holds for the people checked.

        `mediator_id` is `CaseMediatorView.checked_as`, also of somebody of whom only the name was typed.
        Raises InputProblem without a reason or when more than a name agreed, AccessProblem for all but the
        head.
        """
        self._desk.session.require("read", "conflict_check")
        if not reason.strip():
            raise InputProblem(_("请写明凭什么认定不是同一人。"), field="reason")
        with self._desk.changing(case_id, deciding=True) as (act, case):
            row = newest(case).get(mediator_id)
            if row is None or row.result != "hit":
                raise InputProblem(_("这名调解员没有需要核对的情况。"), field="mediators")
            if row.strength != Strength.WEAK.code:
                raise InputProblem(
                    _("证件号码、信用代码或者手机号相同，不能认定为同名。"),
                    way_out=_("请换一位调解员。"),
                    field="mediators",
                )
            case.know(conflicts.judged(act, row, reason))
            return self._desk.done(act, case, "conflict_check")


def look(act: Act, case: Sheet) -> None:
    """Check every mediator against the parties; write down what is new."""
    known = newest(case)
    parties = case.of(Party)
    ours = tuple(conflicts.party_side(row) for row in parties if row.side == "applicant")
    theirs = tuple(conflicts.party_side(row) for row in parties if row.side != "applicant")
    for row in seats(case):
        question = conflicts.Question(
            Quarrel(ours, theirs, case.case.matter_id),
            key_of(row),
            case.case.record_id,
            mediates=True,
            name="" if row.mediator_id else row.name,
        )
        before = known.get(key_of(row))
        finding = conflicts.check(act.rows, question, act.profile, act.at.date())
        finding = finding.without(_judged(case, before))
        renamed = before is not None and question.name not in ("", before.adviser_name)
        if renamed or not _said_before(before, finding):
            case.know(conflicts.note(act, "mediation", question, finding, finding.state))


def refuse(case: Sheet) -> None:
    """Refuse to go on with a mediator who was hit. Raises InputProblem that says no more than that."""
    known = newest(case)
    for seat in seats(case):
        row = known.get(key_of(seat))
        if row is not None and row.result not in MAY_BE_ANSWERED:
            raise InputProblem(
                _("本案请换一位调解员：{name}。").format(name=row.adviser_name),
                way_out=_("同名不同人的，请先登记本案，再请站长核对。"),
                field="mediators",
            )


def newest(case: Sheet) -> dict[str, ConflictCheck]:
    """Return the last check of each mediator of the case, by `key_of`."""
    return {row.adviser_id: row for row in case.checks()}


def seats(case: Sheet) -> list[CaseMediator]:
    """Return who mediates; the recorder serves neither side."""
    return [row for row in case.of(CaseMediator) if row.role == "mediator"]


def key_of(row: CaseMediator) -> str:
    """Return what a check of this mediator is filed under: their record, or their place in the case."""
    return row.mediator_id or row.record_id


def _judged(case: Sheet, row: ConflictCheck | None) -> frozenset[tuple[str, str]]:
    """Return noun and record id of what the head judged a namesake of this mediator, `row` being the last."""
    if row is None:
        return frozenset()
    who = (row.adviser_id, row.adviser_name)
    checks = (each for each in case.checks() if (each.adviser_id, each.adviser_name) == who)
    return frozenset((each.hit_noun, each.hit_id) for each in checks if each.result == "namesake")


def _said_before(row: ConflictCheck | None, left: Finding) -> bool:
    """Tell whether the last answer stands: the same, or judged a namesake with nothing left to judge."""
    if row is None:
        return False
    if row.result == "namesake":
        return not left.hits
    worst = max((hit.strength for hit in left.hits), default=Strength.NONE)
    return row.result == left.state and row.strength == worst.code
