"""The agreement of a case as shown: terms in figures and words, signatures, the checklist."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from desk.models.agreement import Agreement, AgreementTerm, Signature
from desk.models.mediation import CaseMediator
from desk.models.party import Party
from desk.rules import agreement as rule
from desk.rules import agreement_money as money
from desk.rules import clear_content, deadlines, workdays
from desk.rules import mediation_labels as labels
from desk.rules.dispute_codes import AGREEMENT_FORM
from desk.rules.numerals import amount_words
from desk.rules.profile import Profile
from desk.services.mediation import local_lines, seen
from desk.services.mediation.agreement_values import AgreementView, CheckView, Colour, SignatureView, Term
from desk.services.mediation.sheet import Sheet
from desk.text import _

_DAY_TERM = deadlines.Term(0, deadlines.Unit.DAY)
_SOON = 3
_ROLE = {"party": "当事人", "mediator": "调解员", "recorder": "记录人", "seal": "调委会印章"}


def agreement(sheet: Sheet, row: Agreement, profile: Profile, today: date) -> AgreementView:
    """Return one agreement with all that is derived from it: effect (MED-12, 13), copies, sums, checks."""
    known = seen.agreement(sheet, row)
    assert known is not None, "there is a row"
    total = money.total(clause.fen for clause in known.clauses)
    parties = len(sheet.of(Party))
    called = seen.called(sheet)
    return AgreementView(
        id=row.record_id,
        form=row.form,
        form_label=AGREEMENT_FORM.get(row.form, ""),
        facts=row.facts,
        issues=row.issues,
        responsibilities=row.responsibilities,
        terms=tuple(_term(term, today, called) for term in sheet.terms(row)),
        mode=row.performance_mode,
        mode_label=labels.PERFORMANCE_MODE.get(row.performance_mode, ""),
        mode_text=row.performance_text,
        breach=row.breach,
        reached_on=row.reached_on,
        effective_on=rule.effective_date(known) if known.clauses else None,
        copies=rule.copies(parties),
        copies_text=_("份数 {n}（当事人各 1、调委会 1）").format(n=rule.copies(parties)),
        recorder=row.recorder,
        written_asked=row.written_asked,
        signatures=_signatures(sheet, row, called),
        checks=_checks(known),
        total_fen=total,
        total_text=money.both(total) if total else "",
        written_reasons=_written_reasons(sheet, known, profile, today),
        in_force=row.state == "in_force",
        replaced_on=row.replaced_on,
        replaced_why=row.replaced_why,
        local=local_lines.of(sheet, local_lines.offered(profile, today), "agreement", row.record_id),
    )


def _term(row: AgreementTerm, today: date, called: Mapping[str, str]) -> Term:
    fen = row.amount if row.kind == "money" else None
    owed = row.kind != "declaration"
    colour, left = _left(row, today) if owed and row.state != "performed" else ("", "")
    return Term(
        id=row.record_id,
        n=row.n,
        text=row.text,
        kind=row.kind,
        kind_label=labels.CLAUSE_KIND.get(row.kind, ""),
        ower_id=row.ower_id,
        ower=called.get(row.ower_id, row.ower),
        payee_id=row.payee_id,
        payee=called.get(row.payee_id, row.payee),
        fen=fen,
        amount_figures=money.figures(fen) if fen else "",
        amount_words=amount_words(fen) if fen else "",
        way=row.way,
        way_label=row.way_text or labels.CLAUSE_WAY.get(row.way, ""),
        due_on=row.due_on,
        due_text=deadlines.until_text(row.due_on, today) if row.due_on is not None else "",
        state=row.state if owed else "",
        state_label=_state_label(row, today) if owed else "",
        colour=colour,
        left_text=left,
        performed_on=row.performed_on,
        performed_fen=row.performed_amount,
        note=row.note,
    )


def _left(row: AgreementTerm, today: date) -> tuple[Colour, str]:
    if row.due_on is None:
        return "", ""
    fixed = deadlines.Due(row.due_on, row.due_on, False, False, _DAY_TERM, ())
    left = deadlines.remaining(fixed, today, workdays.Calendar())
    if left.days < 0:
        return "yellow", left.text
    return ("white" if left.days <= _SOON else ""), left.text


def _state_label(row: AgreementTerm, today: date) -> str:
    if row.state == "open" and row.due_on is not None and row.due_on >= today:
        return _("未到期")
    return labels.CLAUSE_STATE.get(row.state, "")


def _signatures(sheet: Sheet, row: Agreement, called: Mapping[str, str]) -> tuple[SignatureView, ...]:
    """Return every place of the signature page in its order; the id is empty where one is still missing."""
    signed = sheet.signatures(row)
    mediators = [each.name for each in sheet.of(CaseMediator) if each.role == "mediator"]
    committee = sheet.committee
    places = [
        *(("party", each.record_id, each.name) for each in seen.speakers(sheet)),
        ("mediator", "", "、".join(mediators)),
        ("recorder", "", row.recorder),
        ("seal", "", committee.name if committee is not None else ""),
    ]
    found = [_place(role, signer_id, name, signed) for role, signer_id, name in places]
    names = {each.record_id: each.name for each in sheet.of(Party)}
    # Who was called otherwise when signing keeps that name; else two of one name are told apart.
    return tuple(
        replace(each, name=called[each.signer_id]) if names.get(each.signer_id) == each.name else each
        for each in found
    )


def _place(role: str, signer_id: str, name: str, signed: list[Signature]) -> SignatureView:
    mine = [each for each in signed if each.role == role and (not signer_id or each.signer_id == signer_id)]
    found = mine[-1] if mine else None
    return SignatureView(
        id=found.record_id if found is not None else "",
        role=role,
        role_label=_ROLE[role],
        signer_id=signer_id,
        name=found.name if found is not None and found.name else name,
        signed_on=found.signed_on if found is not None else None,
        way=found.way if found is not None else "",
        way_label=labels.SIGN_KIND.get(found.way, "") if found is not None else "",
    )


def _checks(known: rule.Agreement) -> tuple[CheckView, ...]:
    return tuple(
        CheckView(
            check.item, check.label, check.applies, check.passed, tuple(gap.sentence for gap in check.gaps)
        )
        for check in clear_content.clear_content(known)
    )


def _written_reasons(sheet: Sheet, known: rule.Agreement, profile: Profile, today: date) -> tuple[str, ...]:
    if known.form != "oral":
        return ()
    return rule.written_reasons(
        asked=known.written_asked,
        on_spot=known.mode == "immediate",
        difficulty=sheet.case.difficulty,
        triggers=profile.items("mediation.written_when", today),
    )
