"""What the editor of an agreement begins with: the one there is, or what the case already says."""

from desk import clock
from desk.services.mediation.agreement_values import AgreementView, Term
from desk.services.mediation.forms import AgreementForm, TermForm
from desk.services.mediation.values import CaseCard


def form_of(agreement: AgreementView) -> AgreementForm:
    """Return the agreement as it was typed."""
    return AgreementForm(
        form=agreement.form,
        facts=agreement.facts,
        issues=agreement.issues,
        responsibilities=agreement.responsibilities,
        terms=tuple(map(_term, agreement.terms)),
        mode=agreement.mode,
        mode_text=agreement.mode_text,
        breach=agreement.breach,
        reached_on=agreement.reached_on,
        recorder=agreement.recorder,
        written_asked=agreement.written_asked,
        local=agreement.local,
    )


def starting_form(card: CaseCard) -> AgreementForm:
    """Return a first draft: the facts as registered, what was asked for as the matters in dispute."""
    recorder = next((each.name for each in card.mediators if each.role == "recorder"), "")
    return AgreementForm(
        form="written",
        facts=card.summary,
        issues="；".join(card.claims),
        reached_on=clock.today(),
        recorder=recorder,
    )


def _term(term: Term) -> TermForm:
    """Return a term as it was typed; what kind it is follows from that."""
    figures = term.amount_figures.removesuffix("元").strip()
    return TermForm(
        id=term.id,
        text=term.text,
        ower_id=term.ower_id,
        ower=term.ower,
        payee_id=term.payee_id,
        payee=term.payee,
        amount=figures,
        way=term.way,
        due_on=term.due_on,
    )
