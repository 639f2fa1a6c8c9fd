"""The dossier's completeness list (§3.6): what the records of a case, and the scans on it, amount to."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from desk.models.attachment import Attachment
from desk.models.base import Synced
from desk.models.confirmation import Confirmation
from desk.models.follow_up import FollowUp
from desk.models.mediation import CaseMediator, Mediation
from desk.models.party import Agent, Party
from desk.models.sitting import Inquiry, Sitting
from desk.rules import dossier, mediation_rules
from desk.rules.mediation_parties import agents_apart
from desk.rules.profile import Profile
from desk.services.mediation import seen
from desk.services.mediation.sheet import Sheet
from desk.services.mediation.values import DossierRow, DossierView
from desk.text import _

_COVERS = ("cover", "contents", "back_cover")
_EACH: Final[Mapping[str, type[Synced]]] = {
    "investigation": Inquiry,
    "mediation_record": Sitting,
    "follow_up": FollowUp,
    "confirmation": Confirmation,
}
_NEED = {"mandatory": "must", "expected": "expected", "optional": "if_any", "off": "if_any"}


def listed(sheet: Sheet, profile: Profile, today: date) -> tuple[dossier.Row, ...]:
    """Return the rows of the dossier as the rule lists them."""
    return dossier.rows(
        file_of(sheet),
        mediation_rules.mandatory_papers(profile, today),
        profile.items("dossier.scan_needed", today),
    )


def view(rows: tuple[dossier.Row, ...]) -> DossierView:
    """Return the list as a page shows it: mandatory rows counted, missing ones named."""
    there, must = dossier.count_mandatory(rows)
    shown = tuple(
        DossierRow(
            key=row.code,
            label=row.name,
            need=_NEED[row.need],
            present=row.present,
            sentence="" if row.present or row.need != "mandatory" else _("缺{what}。").format(what=row.name),
            party_id=row.owner,
        )
        for row in rows
    )
    missing = tuple(row for row in shown if row.need == "must" and not row.present)
    # While the case is open nothing says yet which papers it must have.
    summary = _("必须 {there} / {must}").format(there=there, must=must) if must else _("必须的文书随结果定")
    if missing:
        summary = _("{summary} · 缺 {n}").format(summary=summary, n=must - there)
    return DossierView(rows=shown, must=must, missing=missing, summary=summary)


def file_of(sheet: Sheet) -> dossier.File:
    """Return what is known of the case when its dossier is looked through."""
    case, agreement = sheet.case, sheet.agreement
    return dossier.File(
        outcome=dossier.outcome_of(
            _ended_in(case),
            form=agreement.form if agreement is not None else "",
            difficulty=case.difficulty,
            accepted=case.accepted_on is not None,
            sessions=len(sheet.of(Sitting)),
        ),
        parties=seen.parties(sheet),
        items=tuple(_items(sheet)),
        agents=_agents(sheet),
        investigated=bool(sheet.of(Inquiry)),
        followed_up=bool(sheet.of(FollowUp)),
        confirmation_asked=bool(sheet.of(Confirmation)),
        performed=any(term.performed_on is not None for term in sheet.terms(agreement)),
    )


def _agents(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    """Return the agents by id and by what each is called on a letter of his own."""
    found = sheet.of(Agent)
    parties = {row.record_id: row.name for row in sheet.of(Party)}
    words = agents_apart([(row.name, parties.get(row.party_id, "")) for row in found])
    return tuple((row.record_id, word) for row, word in zip(found, words, strict=True))


def _ended_in(case: Mediation) -> str:
    return case.archived_from if case.state == "archived" else case.state


def _items(sheet: Sheet) -> Iterator[dossier.Item]:
    """Yield the papers that the records of the case can make, and the scans that lie on it.

    A paper can be made once everything it must say is there; a copy of an identity paper is always a scan.
    """
    case, agreement = sheet.case, sheet.agreement
    speakers = seen.speakers(sheet)
    notes = (case.dossier_note, case.reject_reason, case.end_reason)
    can_be_made = {
        "registration": case.applied_on is not None or case.accepted_on is not None,
        "rights_notice": bool(speakers) and all(row.told_on is not None for row in speakers),
        "agreement": agreement is not None and agreement.state == "in_force",
        "termination": case.ended_on is not None and case.remedies_told_on is not None,
        "referral": _ended_in(case) == "referred_out" and bool(case.referred_to),
        "closing_report": dossier.has_report(case.state, accepted=case.accepted_on is not None),
        "case_note": any(words.strip() for words in notes),
    } | dict.fromkeys(_COVERS, bool(case.keeping and case.filed_by))
    yield from (dossier.Item(row) for row, there in can_be_made.items() if there)
    yield from (
        dossier.Item("authority", who=agent.record_id)
        for agent in sheet.of(Agent)
        if agent.letter_on is not None
    )
    for row, table in _EACH.items():
        yield from (dossier.Item(row) for _each in sheet.of(table))
    yield from _scans(sheet)


def _scans(sheet: Sheet) -> Iterator[dossier.Item]:
    for file in sheet.of(Attachment):
        if file.slot in dossier.ROW:
            pages = max(1, file.pages)
            yield dossier.Item(file.slot, who=file.party_id, way="scan", pages=pages, title=file.name)


def filed_by_default(sheet: Sheet) -> str:
    """Return who files the dossier if nobody else is named: the case's first mediator."""
    names = [row.name for row in sheet.of(CaseMediator) if row.role == "mediator"]
    return names[0] if names else ""
