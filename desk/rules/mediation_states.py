"""The states of a mediation as a table, and what has to be there before each step (domain.md §3.4, amended).

registered → consent_pending → accepted | rejected → investigating → mediating → agreed_written | agreed_oral
→ performing → performed | partly | not_performed → followed_up → archived; side exits refused, terminated,
referred_out. A case is accepted on one application or on the committee's own initiative (MED-02); no session
is held before the other side agreed; a small oral case takes one step (`settle`) from its registration to its
agreement.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from desk.errors import InputProblem
from desk.rules.mediation_guards import (
    Case,
    missing_follow_up,
    missing_to_accept,
    missing_to_agree,
    missing_to_archive,
    missing_to_close,
    missing_to_end,
    missing_to_mediate,
    missing_to_settle,
    performance_of,
)
from desk.rules.mediation_labels import STATE
from desk.rules.visit_states import Missing, refuse

Verb = Literal[
    "ask_consent",
    "accept",
    "reject",
    "investigate",
    "mediate",
    "settle",
    "agree_written",
    "agree_oral",
    "perform",
    "perform_all",
    "perform_partly",
    "not_perform",
    "take_back",
    "follow_up",
    "remediate",
    "refuse",
    "terminate",
    "refer_out",
    "archive",
    "reopen",
    "void",
]

BEFORE_ARCHIVE: Final = "*"
"""Target of 重新打开: the state the dossier was archived from."""


@dataclass(frozen=True)
class Step:
    """One allowed step: from `source` by `verb` to `target` (empty: voided)."""

    source: str
    verb: Verb
    target: str
    needs_reason: bool = False


def _rows(verb: Verb, target: str, *sources: str, reason: bool = False) -> tuple[Step, ...]:
    return tuple(Step(source, verb, target, reason) for source in sources)


OPEN_TO_REGISTRAR: Final = ("registered", "consent_pending")
"""States in which the registrar still sees and corrects the case; only these may be made void."""

_NEW: Final = OPEN_TO_REGISTRAR

TAKEN: Final = ("accepted", "investigating", "mediating")
"""States in which a committee mediates: sittings and drafts are written (MED-09), its term runs (MED-23)."""

UNDER_WAY: Final = (*_NEW, *TAKEN)
"""States in which parties are still asked whether they agree and told their rights (MED-02, 05, 06)."""

_AGREED: Final = ("agreed_written", "agreed_oral")
_ENDED: Final = ("performed", "partly", "not_performed")

TO_PERFORM: Final = (*_AGREED, "performing", "partly", "not_performed")
"""States in which an agreement is in force and not all of it performed, and nobody has visited yet."""

OWED: Final = (*TO_PERFORM, "followed_up")
"""States in which a term may still be written down as performed (MED-14)."""

STANDING: Final = (*_AGREED, "performing", *_ENDED, "followed_up")
"""States in which an agreement stands: later visits, and the term of its confirmation (MED-14, SQ-01)."""

SUMMED_UP: Final = (*_ENDED, "followed_up")
"""States in which it was written down how far the agreement as a whole was performed."""

BY_TERM: Final = frozenset({"take_back"})
"""Steps no button of the case takes: they come of what is written down for one term of the agreement."""

STEPS: Final = (
    Step("registered", "ask_consent", "consent_pending"),
    *_rows("accept", "accepted", *_NEW),
    *_rows("reject", "rejected", *_NEW, reason=True),
    Step("accepted", "investigate", "investigating"),
    *_rows("mediate", "mediating", "accepted", "investigating"),
    *_rows("settle", "agreed_oral", *_NEW, "accepted"),
    Step("mediating", "agree_written", "agreed_written"),
    Step("mediating", "agree_oral", "agreed_oral"),
    *_rows("perform", "performing", *_AGREED),
    *_rows("perform_all", "performed", *OWED),
    *_rows("perform_partly", "partly", *_AGREED, "performing", "not_performed", "followed_up"),
    *_rows("not_perform", "not_performed", *_AGREED, "performing"),
    *_rows("take_back", "performing", *_ENDED, "followed_up", reason=True),
    *_rows("follow_up", "followed_up", *_ENDED),
    *_rows("remediate", "mediating", *_AGREED, "performing", *_ENDED, "followed_up", reason=True),
    *_rows("refuse", "refused", *_NEW, *TAKEN),
    *_rows("terminate", "terminated", *TAKEN),
    *_rows("refer_out", "referred_out", *_NEW, *TAKEN, reason=True),
    *_rows("archive", "archived", "performed", "followed_up", "rejected"),
    *_rows("archive", "archived", "refused", "terminated", "referred_out"),
    Step("archived", "reopen", BEFORE_ARCHIVE, needs_reason=True),
    *_rows("void", "", *_NEW, reason=True),
)

VERB_WORDS: Final = {
    "ask_consent": "征求对方意见",
    "accept": "受理",
    "reject": "不予受理",
    "investigate": "开始调查",
    "mediate": "开始调解",
    "settle": "登记口头协议",
    "agree_written": "登记书面协议生效",
    "agree_oral": "登记口头协议",
    "perform": "开始履行",
    "perform_all": "登记为已履行",
    "perform_partly": "登记为部分履行",
    "not_perform": "登记为未履行",
    "take_back": "更正履行登记",
    "follow_up": "登记回访",
    "remediate": "再次调解",
    "refuse": "登记拒绝调解",
    "terminate": "终止调解",
    "refer_out": "移送",
    "archive": "归档",
    "reopen": "重新打开",
    "void": "作废",
}

_GUARDS: Final[Mapping[str, Callable[[Case], tuple[Missing, ...]]]] = {
    "accept": missing_to_accept,
    "mediate": missing_to_mediate,
    "agree_written": lambda case: missing_to_agree(case, "written"),
    "agree_oral": lambda case: missing_to_agree(case, "oral"),
    "perform_all": lambda case: missing_to_close(case, "performed"),
    "perform_partly": lambda case: missing_to_close(case, "partly"),
    "not_perform": lambda case: missing_to_close(case, "not_performed"),
    "follow_up": missing_follow_up,
    "archive": missing_to_archive,
}


def step(state: str, verb: Verb, case: Case, *, reason: str = "") -> str:
    """Return the state after `verb`; InputProblem if the table forbids it or anything it needs is missing."""
    found = next((row for row in STEPS if (row.source, row.verb) == (state, verb)), None)
    if found is None:
        raise InputProblem(f"本案{STATE[state]}，不能{VERB_WORDS[verb]}。", field="state")
    if found.needs_reason and not reason.strip():
        raise InputProblem(f"{VERB_WORDS[verb]}要写明理由。", field="reason")
    refuse(missing_for(state, verb, case))
    if found.target == BEFORE_ARCHIVE:
        assert case.archived_from, "an archived case remembers its state"
        return case.archived_from
    return found.target


def verbs(state: str) -> tuple[Verb, ...]:
    """Return the steps the table knows from a state, in its order, whatever may still be missing."""
    return tuple(row.verb for row in STEPS if row.source == state)


def offered(state: str, case: Case) -> tuple[Verb, ...]:
    """Return the steps of the table that would change something, in its order (MED-14).

    After the follow-up the performance is summed up again only where the terms say more than the visit found.
    """
    if state != "followed_up":
        return verbs(state)
    found = performance_of(case.agreement)
    idle: set[Verb] = set()
    if found == "performed" == case.followed_performance:
        idle.add("perform_all")
    if found != "partly" or case.followed_performance == "partly":
        idle.add("perform_partly")
    return tuple(verb for verb in verbs(state) if verb not in idle)


def missing_for(state: str, verb: Verb, case: Case) -> tuple[Missing, ...]:
    """Return all that `verb` still needs in `state`, with field and sentence, in the form's order."""
    if verb in {"refuse", "terminate", "refer_out"}:
        return missing_to_end(case, verb, begun=state == "mediating")
    if verb == "settle":
        return missing_to_settle(case, accepted=state not in _NEW)
    guard = _GUARDS.get(verb)
    return guard(case) if guard else ()


def result_of(state: str, *, accepted: bool, agreed: bool, archived_from: str = "") -> str:
    """Return the result statistics count (CL-3): pending, success, failed, referred; "" for a case that was
    never accepted. `agreed` tells whether an agreement stands.
    """
    last = archived_from if state == "archived" else state
    if not accepted:
        return ""
    if last == "referred_out":
        return "referred"
    if last in {"refused", "terminated"}:
        return "failed"
    return "success" if agreed and last != "mediating" else "pending"
