"""利益冲突检查 of one consultation: asked before it is answered, and again before it is ended (FL-11)."""

from desk import clock
from desk.models.consultation import Consultation as Row
from desk.rules import consultation_states as states
from desk.rules.consultation_codes import MAY_BE_ANSWERED
from desk.rules.visit_states import refuse
from desk.services import conflicts
from desk.services.consultation import intake, rows
from desk.services.consultation.consultation_desk import ConsultationDesk
from desk.services.consultation.forms import ConsultationForm
from desk.services.visit_rows import Act
from desk.text import _


def ask(desk: ConsultationDesk, act: Act, row: Row, ready: ConsultationForm) -> None:
    """Ask whether this adviser may answer and write that down. Raises InputProblem for who is missing."""
    alone = ready.no_opponent and not ready.opponents
    result = "no_other_party" if alone else "clear"
    told = rows.notice_told(act.rows, row)
    refuse(states.missing_to("check", intake.record_of(ready, result, told=told)))
    question = _question(row, ready)
    finding = conflicts.check(act.rows, question, act.profile, clock.today())
    result = finding.state if finding.hits else result
    state = row.state
    if state == "appointed":
        state, row.disposition = states.step(state, "resume"), ""
    elif state in ("checked", "answered"):
        state = states.step(state, "change")
    conflicts.note(act, "consultation", question, finding, result)
    row.conflict = result
    if result in MAY_BE_ANSWERED:
        state = states.step(state, "check", missing=desk.gaps(act, row, ready, "check"))
        if ready.answer and ready.question:
            state = states.step(state, "answer", missing=desk.gaps(act, row, ready, "answer"))
    row.state = state


def ask_again(act: Act, row: Row, ready: ConsultationForm) -> bool:
    """Tell whether the last check still stands; where it does not, write the hit down and close the answer.

    Since it was made another PC may have added a party or changed the adviser, and the other side may have
    been heard there. A check that is open or hit already is left to what the form still needs.
    """
    if row.conflict not in MAY_BE_ANSWERED:
        return True
    question = _question(row, ready)
    finding = conflicts.check(act.rows, question, act.profile, clock.today())
    if row.conflict == "namesake":
        finding = finding.without(_judged(act, row))
    if not finding.hits:
        return True
    conflicts.note(act, "consultation", question, finding, finding.state, reason=_("办结前又查"))
    row.conflict, row.state = finding.state, states.step(row.state, "change")
    return False


def _question(row: Row, ready: ConsultationForm) -> conflicts.Question:
    return conflicts.Question(intake.quarrel_of(ready, row.matter_id), ready.adviser_id, row.record_id)


def _judged(act: Act, row: Row) -> frozenset[tuple[str, str]]:
    """Return noun and record id of what the head judged a namesake since somebody last asked for a check.

    What is asked again before the end, which says so as its reason, leaves the judgements before it standing.
    """
    found: set[tuple[str, str]] = set()
    for check in conflicts.made(act.rows, row.record_id):
        if check.adviser_id != row.adviser_id or not check.reason:
            break
        if check.result == "namesake":
            found.add((check.hit_noun, check.hit_id))
    return frozenset(found)
