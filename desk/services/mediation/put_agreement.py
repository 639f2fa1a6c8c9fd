"""Writes an AgreementForm onto the agreement of a case and its terms; sums are read from what was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from desk.errors import InputProblem
from desk.models.agreement import Agreement, AgreementTerm
from desk.models.party import Party
from desk.rules import mediation_labels as labels
from desk.rules.agreement import copies, kind_of
from desk.rules.agreement_money import figures, read_amount
from desk.rules.dispute_codes import AGREEMENT_FORM
from desk.services import overtaken
from desk.services.mediation import local_lines
from desk.services.mediation.forms import AgreementForm, TermForm
from desk.services.mediation.sheet import Sheet
from desk.services.visit_rows import Act
from desk.text import _

_TEXTS: Final = ("facts", "issues", "responsibilities", "breach", "recorder")


def put(sheet: Sheet, form: AgreementForm) -> Agreement:
    """Write the words of the agreement that is being drafted; return it.

    Raises InputProblem for a sum that cannot be read (three decimals, twelve digits), for a term that says
    nothing, for an agreement in force, which only another mediation replaces, and for other words than those
    somebody has signed (MED-12); ValueError for a code the form does not offer.
    """
    if form.form not in AGREEMENT_FORM or form.mode not in {"", *labels.PERFORMANCE_MODE}:
        raise ValueError(f"unknown code: {form.form} {form.mode}")
    row = sheet.agreement
    if row is not None and row.state == "in_force":
        raise InputProblem(
            _("协议已经生效，不能修改。"), way_out=_("双方要变更的，请先“再次调解”。"), field="agreement"
        )
    before = _signed_words(sheet)
    if row is None:
        row = sheet.add(Agreement(mediation_id=sheet.case.record_id, state="draft"))
    row.form = form.form
    for name in _TEXTS:
        setattr(row, name, getattr(form, name).strip())
    row.performance_mode, row.performance_text = form.mode, form.mode_text.strip()
    row.reached_on, row.written_asked = form.reached_on, form.written_asked
    row.copies = copies(len(sheet.of(Party)))
    _put_terms(sheet, row, form.terms)
    if sheet.signatures(row) and _signed_words(sheet) != before:
        raise InputProblem(
            _("已经有人在协议上签字盖章，签的是原来的内容，不能直接改。"),
            way_out=_("要改的，请先撤销已登记的签字，改好后重新打印、重新签。"),
            field="signers",
        )
    return row


def over(act: Act, sheet: Sheet, base: AgreementForm | None, form: AgreementForm) -> AgreementForm:
    """Return what is to be written of a form that was read as `base`. Raises Overtaken.

    What kind a term is follows from its words again, unless the form names it.
    """
    row = sheet.agreement
    if row is None or base is None:
        return form
    known = local_lines.offered(act.profile, act.at.date())
    standing = replace(form_of(sheet), local=local_lines.of(sheet, known, "agreement", row.record_id))
    names = {each.record_id: each.name for each in sheet.of(Party)}
    three = (_named(each, names) for each in (base, form, standing))
    found: AgreementForm = overtaken.over(act.rows, "agreement", *three)
    kinds = {each.id: each.kind for each in form.terms}
    return replace(
        found, terms=tuple(replace(each, kind=kinds.get(each.id, each.kind)) for each in found.terms)
    )


def _named(form: AgreementForm, names: Mapping[str, str]) -> AgreementForm:
    """Return the form with the parties of its terms called as they are now: only their ids are kept."""
    terms = tuple(
        replace(
            each,
            kind="",
            ower=names.get(each.ower_id, each.ower),
            payee=names.get(each.payee_id, each.payee),
        )
        for each in form.terms
    )
    return replace(form, terms=terms)


def _signed_words(sheet: Sheet) -> AgreementForm:
    """Return what a signature stands for; day and recorder may still be filled in after the first one."""
    return replace(form_of(sheet), reached_on=None, recorder="", written_asked=False)


def form_of(sheet: Sheet) -> AgreementForm:
    """Return what was typed, for the editor; an empty form if there is no agreement yet."""
    row = sheet.agreement
    if row is None:
        return AgreementForm()
    return AgreementForm(
        form=row.form,
        facts=row.facts,
        issues=row.issues,
        responsibilities=row.responsibilities,
        terms=tuple(map(_term_form, sheet.terms(row))),
        mode=row.performance_mode,
        mode_text=row.performance_text,
        breach=row.breach,
        reached_on=row.reached_on,
        recorder=row.recorder,
        written_asked=row.written_asked,
    )


def _put_terms(sheet: Sheet, agreement: Agreement, forms: Sequence[TermForm]) -> None:
    known = {row.record_id: row for row in sheet.terms(agreement)}
    kept = {form.id for form in forms}
    for row in known.values():
        if row.record_id not in kept:
            row.tombstone(_("登记更正"))
    names = {row.record_id: row.name for row in sheet.of(Party)}
    for n, form in enumerate(forms, start=1):
        row = known.get(form.id) or sheet.add(
            AgreementTerm(
                record_id=sheet.new_id(AgreementTerm, form.id),
                mediation_id=sheet.case.record_id,
                agreement_id=agreement.record_id,
                state="open",
            )
        )
        _put_term(row, n, form, names)


def _put_term(row: AgreementTerm, n: int, form: TermForm, names: dict[str, str]) -> None:
    if form.way not in {"", *labels.CLAUSE_WAY} or form.kind not in {"", *labels.CLAUSE_KIND}:
        raise ValueError(f"unknown code: {form.way} {form.kind}")
    fen = _fen(form.amount, n)
    if not form.text.strip() and fen is None and form.due_on is None:
        raise InputProblem(
            _("第 {n} 条没有内容。").format(n=n),
            way_out=_("请写明约定了什么；不要这一条的，请点“去掉”。"),
            field="text",
        )
    payee = names.get(form.payee_id, form.payee.strip())
    row.n = n
    row.text = form.text.strip()
    row.kind = form.kind or kind_of(fen=fen, way=form.way, payee=payee, due=form.due_on)
    row.ower_id, row.ower = form.ower_id, names.get(form.ower_id, form.ower.strip())
    row.payee_id, row.payee = form.payee_id, payee
    row.amount = fen or 0
    row.way, row.way_text = form.way, form.way_text.strip()
    row.due_on = form.due_on


def _fen(typed: str, n: int) -> int | None:
    if not typed.strip():
        return None
    try:
        return read_amount(typed)
    except InputProblem as problem:
        sentence = _("第 {n} 条：{sentence}").format(n=n, sentence=problem.sentence)
        raise InputProblem(sentence, way_out=problem.way_out, field="amount") from problem


def _term_form(row: AgreementTerm) -> TermForm:
    return TermForm(
        id=row.record_id,
        text=row.text,
        kind=row.kind,
        ower_id=row.ower_id,
        ower=row.ower,
        payee_id=row.payee_id,
        payee=row.payee,
        amount=figures(row.amount).removesuffix(" 元") if row.amount else "",
        way=row.way,
        way_text=row.way_text,
        due_on=row.due_on,
    )
