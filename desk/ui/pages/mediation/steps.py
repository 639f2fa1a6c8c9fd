"""What pressing a step does: what is missing is said and led to; what needs words asks for them."""

from collections.abc import Callable
from typing import Any, Final, Protocol

from PySide6.QtCore import SignalInstance

from desk.services.mediation.values import CaseCard, VerbView
from desk.text import _
from desk.ui.pages.mediation.case_papers import CasePrinter
from desk.ui.pages.mediation.case_view import CaseView
from desk.ui.pages.mediation.case_writes import CaseWrites
from desk.ui.pages.mediation.tab_part import Work
from desk.ui.pages.mediation.tabs import TABS

MAIN: Final = (
    *("accept", "mediate", "agree_written", "agree_oral", "follow_up", "archive", "perform_all"),
    *("perform_partly", "not_perform", "settle"),
)
"""The steps that lead on; of those offered the first is the red button."""

_OPENS: Final = {
    "investigate": ("inquiries", "held_at"),
    "mediate": ("sittings", "held_at"),
    "refuse": ("accept", "end_way"),
    "terminate": ("accept", "end_way"),
    "refer_out": ("accept", "end_way"),
    "follow_up": ("after", "visited_at"),
    "archive": ("dossier", "keeping"),
}
"""Steps that are taken by filling in a form: its tab and its first field."""

SIGNING: Final = frozenset({"signers", "mediator_signed_on", "recorder_signed_on", "sealed_on"})
"""What is missing while an agreement only waits for signatures and the seal."""

_ITSELF: Final = {"accept": {"accepted_on"}}
"""What a step gives itself."""


def offered(card: CaseCard | None) -> tuple[VerbView, ...]:
    """Return the steps the case may take now."""
    return tuple(each for each in card.verbs if _has_place(each.verb)) if card is not None else ()


def main_step(card: CaseCard | None) -> VerbView | None:
    """Return the step that is the red button now: the first that leads on."""
    verbs = {each.verb: each for each in offered(card)}
    return next((verbs[verb] for verb in MAIN if verb in verbs), None)


def signature_page(card: CaseCard | None) -> str:
    """Return the key of the paper to be signed while only signatures are missing, "" for none."""
    main = main_step(card)
    if card is None or card.agreement is None or main is None or main.verb != "agree_written":
        return ""
    lacking = {gap.field for gap in main.missing}
    return f"f07:{card.agreement.id}" if lacking and lacking <= SIGNING else ""


def _has_place(verb: str) -> bool:
    """Tell whether a step that is taken by a form has its form in a tab."""
    tab, field = _OPENS.get(verb, ("", ""))
    return not tab or any(spec.key == tab and field in spec.fields for spec in TABS)


class Stepping(Protocol):
    """What the steps need of an open case."""

    case_id: str
    card: CaseCard | None
    view: CaseView
    writes: CaseWrites
    printer: CasePrinter
    small_wanted: SignalInstance

    def void(self, reason: str) -> None:
        """Make the case void."""

    def ask_text(self, question: str, then: Callable[[str], None]) -> None:
        """Ask for some words."""


class Steps:
    """The steps of one case."""

    def __init__(self, case: Stepping) -> None:
        self._case = case

    def forward(self) -> None:
        """Take the main step of the state, or finish the form that is being filled in."""
        case = self._case
        part = case.view.parts.get(case.view.current())
        if part is not None and part.finish():
            return
        page = signature_page(case.card)
        if page and not case.writes.is_dirty():
            case.printer.print(page)
            return
        found = main_step(case.card)
        if found is not None:
            self.take(found.verb)

    def give_number(self) -> None:
        """Give an accepted case its number on the PC that gives them; another PC says who does."""
        case_id = self._case.case_id
        self._case.writes.do(lambda services: services.mediation.cases.give_number(case_id))

    def take(self, verb: str) -> None:
        """Take a step, after what is typed has been saved: what is missing is known only then."""
        self._case.writes.save(lambda: self._take(verb))

    def _take(self, verb: str) -> None:
        case = self._case
        known = {each.verb: each for each in offered(case.card)}
        if verb not in known:
            return
        gaps = [
            (gap.field, gap.sentence) for gap in known[verb].missing if gap.field not in _ITSELF.get(verb, ())
        ]
        if verb in _OPENS:
            tab, field = _OPENS[verb]
            # A form that is opened says itself what it lacks; what stands elsewhere is said before.
            elsewhere = [gap for gap in gaps if case.view.tab_of(gap[0]) not in ("", tab)]
            if elsewhere and verb == "mediate":
                case.view.mark(elsewhere)
                return
            case.view.mark([])
            case.view.show_tab(tab)
            case.view.part(tab).begin(verb)
            case.view.go_to(field, tab)
        elif verb == "settle":
            case.small_wanted.emit()
        elif gaps:
            case.view.mark(gaps)
        else:
            self._do(verb)

    def _do(self, verb: str) -> None:
        case = self._case
        case_id, on = case.case_id, case.view.part("accept").chosen_day()
        works: dict[str, tuple[Work, str]] = {
            "ask_consent": (lambda s: s.mediation.steps.ask(case_id), _("已转为征求对方意见。")),
            "accept": (lambda s: s.mediation.steps.accept(case_id, on), _("已受理。")),
            "agree_written": (lambda s: s.mediation.agreements.agree(case_id), _("协议已生效。")),
            "agree_oral": (lambda s: s.mediation.agreements.agree(case_id), _("口头协议已登记。")),
            **dict.fromkeys(
                ("perform", "perform_all", "perform_partly", "not_perform"),
                (lambda s: s.mediation.aftercare.conclude(case_id), _("履行情况已登记。")),
            ),
        }
        reasons: dict[str, tuple[str, Callable[[str], Callable[[Any], Any]]]] = {
            "reject": (
                _("为什么不予受理？会告知当事人。"),
                lambda why: lambda s: s.mediation.steps.reject(case_id, why),
            ),
            "remediate": (
                _("为什么再次调解？原协议会由新的协议代替。"),
                lambda why: lambda s: s.mediation.endings.remediate(case_id, why),
            ),
            "reopen": (
                _("为什么重新打开已归档的案卷？（会记入审计）"),
                lambda why: lambda s: s.mediation.endings.reopen(case_id, why),
            ),
        }
        if verb in works:
            work, said = works[verb]
            case.writes.do(work, said)
        elif verb in reasons:
            question, make = reasons[verb]
            case.ask_text(question, lambda why: case.writes.do(make(why)))
        elif verb == "void":
            case.ask_text(_("为什么作废？（会记入审计）"), case.void)
