"""The agreement of a case: its words, signatures and seal, its effect, and the performance of each term.

A written agreement takes effect when everybody signed and the seal is on it, an oral one on the day it is
reached (MED-12, 13); the effective date is derived, never typed.
"""

from dataclasses import replace
from datetime import date
from typing import Final

from desk.errors import InputProblem
from desk.models.agreement import Agreement, AgreementTerm, Signature
from desk.models.mediation import CaseMediator
from desk.models.party import Party
from desk.rules import mediation_states
from desk.rules.agreement_money import figures, read_amount
from desk.rules.mediation_labels import SIGN_KIND
from desk.services.mediation import local_lines, mediator_check, put_agreement, seen, visit_link
from desk.services.mediation.case_desk import CaseDesk, audited
from desk.services.mediation.case_terms import called
from desk.services.mediation.forms import AgreementForm
from desk.services.mediation.sheet import Sheet
from desk.services.mediation.values import CaseCard
from desk.services.outcome import Done
from desk.services.visit_rows import Act
from desk.text import _

_ROLES: Final = ("party", "mediator", "recorder", "seal")


class Agreements:
    """Keeps the agreement and what is owed by it."""

    def __init__(self, desk: CaseDesk) -> None:
        self._desk = desk

    def form(self, case_id: str) -> AgreementForm:
        """Return what was typed, for the editor; empty if there is no agreement. Raises AccessProblem."""
        self._desk.session.require("read", "mediation")
        with self._desk.reading(case_id) as (rows, case):
            form, row, act = put_agreement.form_of(case), case.agreement, self._desk.looking(rows)
            if row is None:
                return form
            known = local_lines.offered(act.profile, act.at.date())
            return replace(form, local=local_lines.of(case, known, "agreement", row.record_id))

    def save(self, case_id: str, form: AgreementForm, base: AgreementForm | None = None) -> Done[CaseCard]:
        """Save the words while they are drafted; `base` is the form as it was read, None for a first one.

        What is missing is told at `agree`. Raises InputProblem for a sum that cannot be read, dates that
        cannot be, an agreement in force; Overtaken.
        """
        with self._desk.changing(case_id, deciding=True) as (act, case):
            self._require(case, mediation_states.TAKEN, _("本案还没有受理或者调解已经结束，不能起草协议。"))
            form = put_agreement.over(act, case, base, form)
            _check_reached(case, form.reached_on, act)
            row = put_agreement.put(case, form)
            local_lines.put(act, case, "agreement", row.record_id, form.local)
            return self._desk.done(act, case, "agreement")

    def sign(
        self, case_id: str, role: str, signer_id: str = "", on: date | None = None, *, way: str = ""
    ) -> Done[CaseCard]:
        """Write down a signature, seal or fingerprint on the written agreement (MED-12).

        `role` is party (with `signer_id`), mediator, recorder or seal. Raises InputProblem for a day before
        the agreement or to come, and for who does not sign.
        """
        if role not in _ROLES or (way and way not in SIGN_KIND):
            raise ValueError(f"unknown role or way: {role} {way}")
        with self._desk.changing(case_id, deciding=True) as (act, case):
            agreement = _drafted(case)
            day = on or act.at.date()
            if day > act.at.date():
                raise InputProblem(_("签字盖章的日期还没有到，请核对。"), field="signed_on")
            if agreement.reached_on is not None and day < agreement.reached_on:
                raise InputProblem(_("签字盖章的日期早于协议日期，请核对。"), field="signed_on")
            name = _signer(case, agreement, role, signer_id)
            for old in case.signatures(agreement):
                if (old.role, old.signer_id) == (role, signer_id):
                    old.tombstone(_("登记更正"))
            case.add(
                Signature(
                    mediation_id=case_id,
                    paper="F-07" if agreement.form == "written" else "F-08",
                    target_id=agreement.record_id,
                    role=role,
                    signer_id=signer_id,
                    name=name,
                    signed_on=day,
                    way=way or ("seal" if role == "seal" else "signature"),
                )
            )
            return self._desk.done(act, case, "signature")

    def unsign(self, case_id: str, signature_id: str, reason: str) -> Done[CaseCard]:
        """Take a signature back that was written down by mistake. Raises InputProblem once in force."""
        if not reason.strip():
            raise InputProblem(_("请写明理由。"), field="reason")
        with self._desk.changing(case_id, deciding=True) as (act, case):
            drafted = _drafted(case)
            signed = case.one(Signature, signature_id, _("签名"))
            if signed.target_id != drafted.record_id:
                raise InputProblem(_("这个签字在已被代替的协议上，不能撤销。"), field="signers")
            signed.tombstone(reason.strip())
            return self._desk.done(act, case, "signature")

    def agree(self, case_id: str) -> Done[CaseCard]:
        """Put the agreement into force: written with all signatures and the seal, oral on its day.

        Raises InputProblem that lists what is missing (MED-02, 05, 11, 12; an agreement before acceptance),
        and for a mediator who was hit by the conflict check (FL-11).
        """
        with self._desk.changing(case_id, deciding=True) as (act, case):
            row, agreement = case.case, case.agreement
            mediator_check.look(act, case)
            mediator_check.refuse(case)
            written = agreement is None or agreement.form == "written"
            known = seen.case(case, act.profile, act.at.date())
            row.state = mediation_states.step(row.state, "agree_written" if written else "agree_oral", known)
            assert agreement is not None, "the guard asks for it"
            agreement.state = "in_force"
            audited(act, case, "mediation_agree")
            words = _("矛盾调解：双方达成书面协议（{number}），按约定履行。")
            if not written:
                words = _("矛盾调解：双方达成口头协议（{number}），按约定履行。")
            touched = visit_link.tell(act, case, words.format(number=called(row)), close=False)
            return self._desk.done(act, case, "agreement", *touched)

    def term_done(
        self, case_id: str, term_id: str, on: date | None = None, *, amount: str = "", note: str = ""
    ) -> Done[CaseCard]:
        """Write down that a term was performed, or the part of its sum that was paid so far.

        `amount` is all that was paid for it up to now, "" for the whole. The first one takes the case to
        履行中. Raises InputProblem for a day before the agreement or to come, more than was owed.
        """
        with self._desk.changing(case_id, deciding=True) as (act, case):
            self._require(case, mediation_states.OWED, _("协议还没有生效或者已经履行完毕。"))
            term = _owed(case, term_id)
            day = on or act.at.date()
            agreement = case.agreement
            assert agreement is not None, "a term belongs to it"
            if day > act.at.date() or (agreement.reached_on is not None and day < agreement.reached_on):
                raise InputProblem(_("履行日期早于协议日期或者还没有到，请核对。"), field="performed_on")
            paid = read_amount(amount) if amount.strip() else term.amount
            if paid > term.amount:
                raise InputProblem(
                    _("已付的比约定的 {owed} 多，请核对。").format(owed=figures(term.amount)), field="amount"
                )
            if term.kind == "money" and not paid:
                raise InputProblem(_("一分没付的，不用登记。"), field="amount")
            whole = term.kind != "money" or paid == term.amount
            term.state = "performed" if whole else "partly"
            term.performed_on, term.performed_amount, term.note = day, paid, note.strip()
            if case.case.state in {"agreed_written", "agreed_oral"}:
                known = seen.case(case, act.profile, act.at.date())
                case.case.state = mediation_states.step(case.case.state, "perform", known)
            return self._desk.done(act, case, "agreement_term")

    def term_open(self, case_id: str, term_id: str, reason: str) -> Done[CaseCard]:
        """Take back what was written down as performed by mistake; the reason stands with the term.

        A case whose performance was summed up is under way again, and so is the matter of its visit. Raises
        InputProblem without a reason, and for a term that nothing was written down of.
        """
        if not reason.strip():
            raise InputProblem(_("请写明理由。"), field="reason")
        with self._desk.changing(case_id, deciding=True) as (act, case):
            row = case.case
            self._require(case, (*mediation_states.OWED, "performed"), _("协议还没有生效。"))
            term = _owed(case, term_id)
            if term.state == "open":
                raise InputProblem(_("这一条没有登记过履行。"), field="clauses")
            term.state, term.performed_on, term.performed_amount = "open", None, 0
            term.note = reason.strip()
            touched: frozenset[str] = frozenset()
            if row.state in mediation_states.SUMMED_UP:
                known = seen.case(case, act.profile, act.at.date())
                row.state = mediation_states.step(row.state, "take_back", known, reason=reason)
                touched = visit_link.open_again(case)
                words = _("矛盾调解：履行登记有误，已经更正（{number}）。").format(number=called(row))
                touched |= visit_link.tell(act, case, words, close=False)
            audited(act, case, "mediation_take_back", "state,performed_on,performed_amount")
            return self._desk.done(act, case, "agreement_term", *touched)

    @staticmethod
    def _require(case: Sheet, states: tuple[str, ...], sentence: str) -> None:
        if case.case.state not in states:
            raise InputProblem(sentence, field="state")


def _check_reached(case: Sheet, reached: date | None, act: Act) -> None:
    accepted = case.case.accepted_on
    if reached is None:
        return
    if reached > act.at.date():
        raise InputProblem(_("协议日期还没有到，请核对。"), field="reached_on")
    if accepted is not None and reached < accepted:
        raise InputProblem(_("协议日期早于受理日期，请核对。"), field="reached_on")


def _drafted(case: Sheet) -> Agreement:
    """Return the agreement that is being drafted. Raises InputProblem if there is none or it is in force."""
    agreement = case.agreement
    if agreement is None:
        raise InputProblem(_("请先填写协议的内容。"), field="agreement")
    if agreement.state == "in_force":
        raise InputProblem(_("协议已经生效，签字盖章不能再改。"), field="agreement")
    return agreement


def _signer(case: Sheet, agreement: Agreement, role: str, signer_id: str) -> str:
    if role == "party":
        speakers = {row.record_id for row in seen.speakers(case)}
        party = case.one(Party, signer_id, _("当事人"))
        if party.record_id not in speakers:
            raise InputProblem(_("由推选的代表签字，这名当事人不用签。"), field="signers")
        return party.name
    if role == "mediator":
        names = [row.name for row in case.of(CaseMediator) if row.role == "mediator"]
        return "、".join(names)
    if role == "recorder":
        return agreement.recorder
    committee = case.committee
    return committee.name if committee is not None else ""


def _owed(case: Sheet, term_id: str) -> AgreementTerm:
    term = case.one(AgreementTerm, term_id, _("协议条款"))
    agreement = case.agreement
    if agreement is None or term.agreement_id != agreement.record_id:
        raise InputProblem(_("这一条属于已被代替的协议。"), field="clauses")
    if term.kind == "declaration":
        raise InputProblem(_("这一条只是表明态度，不用登记履行。"), field="clauses")
    return term
