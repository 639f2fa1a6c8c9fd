"""A case as the rules look at it: rows in, the frozen values of the rules out."""

from datetime import date

from desk.models.agreement import Agreement as AgreementRow
from desk.models.agreement import AgreementTerm, Signature
from desk.models.committee import Mediator
from desk.models.mediation import CaseMediator, Extension, Mediation, Participant
from desk.models.party import Party as PartyRow
from desk.models.report import Report as ReportRow
from desk.models.sitting import Sitting
from desk.rules import agreement as agreements
from desk.rules import mediation_clock, mediation_eligibility, mediation_parties, mediation_rules
from desk.rules.deadlines import Pause
from desk.rules.dispute_codes import RISK_FLAG, Report
from desk.rules.mediation_guards import Case
from desk.rules.mediation_labels import PARTY_SIDE
from desk.rules.names import name_key
from desk.rules.profile import Profile
from desk.rules.visit_states import Missing
from desk.services.mediation.sheet import Sheet
from desk.text import _


def codes(text: str) -> tuple[str, ...]:
    """Return the codes of a stored set."""
    return tuple(text.split(",")) if text else ()


def stored(found: tuple[str, ...]) -> str:
    """Return codes as a set is stored: sorted, once each."""
    return ",".join(sorted(set(found)))


def consent_of(case: Mediation, row: PartyRow) -> str:
    """Return unasked, applied, agreed or refused (MED-02): who applied need not be asked."""
    if row.refused_on is not None:
        return "refused"
    if row.side == "applicant" and case.source != "initiative" and case.applied_on is not None:
        return "applied"
    return "agreed" if row.agreed_on is not None else "unasked"


def party(case: Mediation, row: PartyRow) -> mediation_parties.Party:
    """Return one party as the rules see it."""
    limited = row.protected or (row.minor and row.birth_date is None)
    return mediation_parties.Party(
        name=row.name,
        side=row.side,
        kind=row.kind,
        consent=consent_of(case, row),
        phone=row.phone,
        address=row.address,
        birth=row.birth_date,
        capacity="limited" if limited else "full",
        own_living=row.own_living,
        guardian=row.guardian,
        legal_rep=row.legal_rep,
        id_no=row.id_no if row.kind == "natural_person" else row.uscc,
        represents=row.representative,
        rights_told=row.told_on is not None,
        key=row.record_id,
    )


def parties(sheet: Sheet) -> tuple[mediation_parties.Party, ...]:
    """Return all parties as the rules see them."""
    return tuple(party(sheet.case, row) for row in sheet.of(PartyRow))


def speakers(sheet: Sheet) -> list[PartyRow]:
    """Return who speaks and signs: of each side, the third too, whom it chose, else all (MED-12, 27)."""
    known = parties(sheet)
    keys = {each.key for side in PARTY_SIDE for each in mediation_parties.speakers(known, side)}
    return [row for row in sheet.of(PartyRow) if row.record_id in keys]


def called(sheet: Sheet) -> dict[str, str]:
    """Return what each party is called in a term and where it signs: two of one name are told apart."""
    rows = sorted(sheet.of(PartyRow), key=lambda row: row.n)
    words = mediation_parties.told_apart([(row.side, row.name) for row in rows])
    return {row.record_id: word for row, word in zip(rows, words, strict=True)}


def clause(row: AgreementTerm) -> agreements.Clause:
    """Return one term as the rules see it."""
    return agreements.Clause(
        text=row.text,
        obligor=row.ower,
        kind=row.kind,
        payee=row.payee,
        fen=row.amount if row.kind == "money" else None,
        way=row.way,
        due=row.due_on,
        state=row.state,
    )


def agreement(sheet: Sheet, row: AgreementRow | None = None) -> agreements.Agreement | None:
    """Return an agreement (by default the one that stands) with its terms and signatures."""
    row = row or sheet.agreement
    if row is None:
        return None
    signed, names = sheet.signatures(row), called(sheet)
    return agreements.Agreement(
        form=row.form,
        reached_on=row.reached_on,
        signers=tuple(
            agreements.Signer(names[each.record_id], _signed_on(signed, "party", each.record_id))
            for each in speakers(sheet)
        ),
        facts=row.facts,
        issues=row.issues,
        responsibilities=row.responsibilities,
        clauses=tuple(clause(term) for term in sheet.terms(row)),
        mode=row.performance_mode,
        mode_text=row.performance_text,
        breach=row.breach,
        mediator_signed_on=_signed_on(signed, "mediator"),
        recorder_signed_on=_signed_on(signed, "recorder"),
        sealed_on=_signed_on(signed, "seal"),
        written_asked=row.written_asked,
    )


def case(sheet: Sheet, profile: Profile, today: date, papers: tuple[Missing, ...] = ()) -> Case:
    """Return the case as its guards look at it on a day; `papers` are the mandatory ones missing."""
    row = sheet.case
    return Case(
        today=today,
        committee=row.committee_id,
        dispute_type=row.dispute_type,
        source=row.source,
        summary=row.summary,
        difficulty=row.difficulty,
        parties=parties(sheet),
        max_representatives=profile.number("mediation.max_representatives", today),
        mediators=seats(sheet),
        applied_on=row.applied_on,
        informed_ack=row.informed_ack,
        accepted_on=row.accepted_on,
        entrust_letter=bool(row.referral_letter.strip()),
        obstacles=obstacles(sheet, profile, today),
        flags=codes(row.risk_flags),
        reports=reports(sheet),
        sessions=len(sheet.of(Sitting)),
        agreement=agreement(sheet),
        end_cause=row.end_cause,
        remedies_told=row.remedies_told_on is not None,
        referred_to=row.referred_to,
        follow_ups=len(sheet.follow_ups),
        followed_performance=_followed_performance(sheet),
        missing_papers=papers,
        fed_back=row.referred_back_on is not None,
        archived_from=row.archived_from,
    )


def _followed_performance(sheet: Sheet) -> str:
    """Return what the last follow-up found, "" for none.

    A full performance the matter of the visit was never told of still has to be summed up for it.
    """
    visited = max(sheet.follow_ups, key=lambda row: str(row.visited_at or ""), default=None)
    found = visited.performance if visited is not None else ""
    matter = sheet.matter
    waits = matter is not None and not matter.void and matter.state == "open"
    return "" if found == "performed" and waits else found


def seats(sheet: Sheet) -> tuple[mediation_eligibility.Seat, ...]:
    """Return who is to mediate and by what title (MED-03, 04; LZ-05).

    Whom the parties chose, or agreed to as somebody who helps, has their consent; somebody of whom only the
    name was typed belongs to no committee and is invited.
    """
    welcome = {name_key(row.name) for row in sheet.of(Participant) if row.consented_on is not None}
    found = []
    for row in sheet.of(CaseMediator):
        if row.role != "mediator":
            continue
        known = sheet.rows.get(Mediator, row.mediator_id) if row.mediator_id else None
        found.append(
            mediation_eligibility.Seat(
                name=row.name,
                kind=known.kind if known is not None else "invited",
                deputy=known is not None and bool(known.deputy_id),
                consented=row.chosen_by == "chosen" or name_key(row.name) in welcome,
            )
        )
    return tuple(found)


def reports(sheet: Sheet) -> tuple[Report, ...]:
    """Return the mandatory reports that were made (MED-07, LZ-11)."""
    return tuple(
        Report(row.kind, row.recipient)
        for row in sheet.of(ReportRow)
        if row.reported_at is not None and row.kind in RISK_FLAG
    )


def obstacles(sheet: Sheet, profile: Profile, today: date) -> tuple[Missing, ...]:
    """Return the sentences for which the case may not be accepted (MED-20…22)."""
    row = sheet.case
    scope = mediation_eligibility.Scope(
        parties=parties(sheet),
        barriers=codes(row.barred),
        competence=(row.competence,) if row.competence else (),
        source=row.source,
    )
    return mediation_eligibility.obstacles(scope, mediation_rules.scope_rules(profile, today))


def clock(sheet: Sheet, today: date) -> mediation_clock.Clock | None:
    """Return the running term of the case; None before it was accepted. An open pause ends today (DL-07)."""
    if sheet.case.accepted_on is None:
        return None
    rows = sheet.of(Extension)
    pauses = (
        Pause(row.from_on, max(row.from_on, row.until_on or today), row.reason or _("中止"))
        for row in rows
        if row.kind == "pause" and row.from_on is not None
    )
    return mediation_clock.Clock(
        sheet.case.accepted_on, any(row.kind == "extension" for row in rows), tuple(pauses)
    )


def open_pause(sheet: Sheet) -> Extension | None:
    """Return the pause that still runs."""
    running = [row for row in sheet.of(Extension) if row.kind == "pause" and row.until_on is None]
    return running[-1] if running else None


def _signed_on(signed: list[Signature], role: str, signer_id: str = "") -> date | None:
    days = [
        row.signed_on
        for row in signed
        if row.role == role and (not signer_id or row.signer_id == signer_id) and row.signed_on is not None
    ]
    return max(days, default=None)
