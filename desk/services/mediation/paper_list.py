"""Which papers a case can make now, each with the form, whose it is, and how it is drawn."""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, cast

from desk.rules import mediation_labels as labels
from desk.rules.dossier import ATTACHED, PAPER, ROW_OF, has_report
from desk.rules.mediation_parties import agents_apart
from desk.rules.papers_due import DuePaper, Stage, papers_due
from desk.services.mediation import closing_values, paper_marks
from desk.services.mediation import paper_values as values
from desk.services.mediation.values import CaseCard
from desk.services.pdf import binding
from desk.services.pdf.binding import Sheets
from desk.services.pdf.forms import form
from desk.services.pdf.forms.form import Extras
from desk.services.pdf.mediation import (
    agreement,
    application,
    authorisation,
    back_cover,
    closing_report,
    committee_proof,
    confirmation_application,
    cover,
    dossier_note,
    end_notice,
    follow_up_record,
    inquiry_record,
    oral_agreement,
    referral_letter,
    registration,
    rights_notice,
    sitting_record,
)
from desk.services.pdf.mediation.dossier_values import BackCover, Cover, DossierNote
from desk.services.print_jobs import Paper as Kind
from desk.text import _

_OVER: Final = frozenset({"performed", "followed_up", "archived"})
_ENDED: Final = frozenset({"refused", "terminated"})
_LETTERS: Final = 2  # one for the organ, one for the dossier
_SHARED: Final = frozenset({"F-01", "F-02", "F-10"})
"""Forms that share row and record with another: F-01 and F-02 are both about the case."""

Draw = Callable[[Extras], bytes]


@dataclass(frozen=True)
class CasePaper:
    """One paper the case can make: its form (F-03), the record it is about, and whose it is in words.

    `filed`: what it tells has happened, so it belongs into the dossier; `former`: a later one took its place,
    so it is bound but not asked for any more; `part`: it is handed in with the form, as the proof of F-10;
    `mark`: a short mark of the words it was written with, "" where nobody writes them anew after a print;
    `shows`: the values its layout shows, None for a paper of several layouts.
    """

    form: str
    target_id: str
    who: str
    draw: Draw
    filed: bool = True
    former: bool = False
    part: str = ""
    mark: str = ""
    shows: object = field(default=None, repr=False)

    @property
    def kind(self) -> Kind:
        """Its kind in the print ledger, which is also the name of its layout."""
        code = self.form.replace("F-", "f")
        return cast("Kind", f"{code}_{self.part}" if self.part else code)

    @property
    def key(self) -> str:
        """What it is asked for by: f03:<record id>."""
        return f"{self.kind}:{self.target_id}"

    @property
    def print_part(self) -> str:
        """What the print ledger keeps of it: its key, with the mark of its words if there is one."""
        return f"{self.key}:{self.mark}" if self.mark else self.key

    @property
    def filing(self) -> str:
        """What a scan of its signed pages is filed to (`Attachment.party_id`); no two in a row share it."""
        form = self.kind.replace("_", "-")
        return f"{form}-{self.target_id}" if self.form in _SHARED else self.target_id

    @property
    def label(self) -> str:
        """Its name, with whose it is."""
        name = ATTACHED.get(self.kind) or PAPER[self.form]
        return _("{name}（{who}）").format(name=name, who=self.who) if self.who else name

    @property
    def blanks(self) -> tuple[str, ...]:
        """The required fields it leaves to a pen, in words."""
        return form.blanks(self.kind, self.shows) if self.shows is not None else ()

    @property
    def row(self) -> str:
        """The row of the dossier it lies in (§3.6)."""
        return ROW_OF.get(self.kind) or ROW_OF[self.form]


def papers(card: CaseCard) -> tuple[CasePaper, ...]:
    """Return the papers of a case in the order of their forms; `card` holds phones and numbers in clear."""
    made = (*_beginning(card), *_records(card), *_former(card), *_agreed(card), *_ending(card))
    return tuple(sorted(made, key=lambda paper: paper.form))


def due(card: CaseCard, made: Sequence[CasePaper], printed: AbstractSet[str]) -> tuple[CasePaper, ...]:
    """Return what is to be printed now: of each form that is due, the sheets not printed yet.

    `printed` are the keys of what left the desk as it is now.
    """
    counts: dict[str, int] = {}
    made = [paper for paper in made if not paper.former]
    for paper in made:
        counts[paper.form] = counts.get(paper.form, 0) + (paper.key in printed)
    found: list[CasePaper] = []
    for asked in papers_due(stage(card), counts):
        waiting = [paper for paper in made if paper.form == asked.code and paper.key not in printed]
        found += waiting[: asked.count]
    return tuple(found)


def copies(card: CaseCard, paper: CasePaper) -> int:
    """Return how many copies are made of a paper: of what each party gets one a party and one (MED-12)."""
    if paper.part == "referral":
        return _LETTERS
    all_due: tuple[DuePaper, ...] = papers_due(stage(card), {})
    return next((each.copies for each in all_due if each.code == paper.form and not paper.part), 1)


def stage(card: CaseCard) -> Stage:
    """Return how far the case has come, as the rule on due papers looks at it."""
    return Stage(
        state=card.state,
        source=card.source,
        form=card.agreement.form if card.agreement is not None else "",
        simple=card.small,
        parties=len(card.parties),
        agents=sum(len(party.agents) for party in card.parties),
        investigations=len(card.inquiries),
        sessions=len(card.sittings),
        follow_ups=len(card.follow_ups),
        confirmation=card.confirmation.applied_on is not None,
        may_confirm=_may_confirm(card),
        accepted=card.accepted_on is not None,
    )


def _may_confirm(card: CaseCard) -> bool:
    """Tell whether both sides may ask the court now and it is worth asking (MED-16, SQ-01, 04).

    Of what was done on the spot nothing is left to enforce; where a court may not confirm this type of
    dispute somebody looks first.
    """
    agreed, asked = card.agreement, card.confirmation
    if agreed is None or agreed.form != "written" or not agreed.in_force or agreed.mode == "immediate":
        return False
    return asked.may_apply and not asked.questions and card.state not in _OVER


def cover_of(card: CaseCard) -> Cover:
    """Return F-13, the cover; pages are counted when the dossier is bound."""
    return Cover(
        committee=card.committee_name,
        title=card.title,
        number=values.number(card),
        mediators=values.mediators(card),
        begun_on=card.accepted_on,
        ended_on=closing_values.mediated_until(card),
        filed_by=card.filed_by,
        filed_on=card.filed_on,
        keeping=labels.KEEPING_TERM.get(card.keeping, ""),
    )


def note_of(card: CaseCard, gaps: Sequence[str] = ()) -> DossierNote:
    """Return F-13, the note: what was written, and `gaps` that the list of papers found."""
    return DossierNote(
        number=values.number(card),
        note="\n".join(part for part in (card.dossier_note, *gaps) if part),
        pages=None,
        filed_by=card.filed_by,
        checked_by=card.checked_by,
        noted_on=card.filed_on,
    )


def back_of(card: CaseCard) -> BackCover:
    """Return F-13, the back cover."""
    return BackCover(committee=card.committee_name, number=values.number(card))


def _beginning(card: CaseCard) -> Iterator[CasePaper]:
    if card.applied_on is not None and not card.small:
        mark = paper_marks.application(card)
        yield _one("F-01", card.id, "", application.draw, values.application(card), mark=mark)
    if card.accepted_on is not None:
        mark = paper_marks.registration(card)
        yield _one("F-02", card.id, "", registration.draw, values.registration(card), mark=mark)
        for party in card.parties:
            notice, told = values.rights_notice(card, party), party.told_on is not None
            yield _one("F-03", party.id, party.name, rights_notice.draw, notice, filed=told)
    acting = [(party, agent) for party in card.parties for agent in party.agents]
    words = agents_apart([(agent.name, party.name) for party, agent in acting])
    for (party, agent), who in zip(acting, words, strict=True):
        letter, given = values.authorisation(card, party, agent), agent.letter_on is not None
        mark = paper_marks.authorisation(agent)
        yield _one("F-04", agent.id, who, authorisation.draw, letter, filed=given, mark=mark)


def _records(card: CaseCard) -> Iterator[CasePaper]:
    for inquiry in card.inquiries:
        asked, mark = values.inquiry_record(card, inquiry), paper_marks.inquiry(inquiry)
        yield _one("F-05", inquiry.id, _nth(inquiry.n), inquiry_record.draw, asked, mark=mark)
    for sitting in card.sittings:
        met, mark = values.sitting_record(card, sitting), paper_marks.sitting(sitting)
        yield _one("F-06", sitting.id, _nth(sitting.n), sitting_record.draw, met, mark=mark)
    for visit in card.follow_ups:
        seen, mark = values.follow_up_record(card, visit), paper_marks.follow_up(visit)
        yield _one("F-09", visit.id, visit.party_name, follow_up_record.draw, seen, mark=mark)


def _former(card: CaseCard) -> Iterator[CasePaper]:
    """Yield the agreements a later mediation took the place of (MED-16): they stay in the dossier."""
    for old in card.former_agreements:
        code, draw = ("F-08", oral_agreement.draw) if old.form == "oral" else ("F-07", agreement.draw)
        paper = values.agreement(card, old)
        yield _one(code, old.id, _("已由后来的调解代替"), draw, paper, former=True)


def _agreed(card: CaseCard) -> Iterator[CasePaper]:
    agreed = card.agreement
    if agreed is None:
        return
    paper = values.agreement(card, agreed)
    code, draw = ("F-08", oral_agreement.draw) if agreed.form == "oral" else ("F-07", agreement.draw)
    # Once in force its words are fixed: the days that come with the signatures ask for no other print.
    mark = "" if agreed.in_force else paper_marks.agreement(card, agreed)
    yield _one(code, agreed.id, "", draw, paper, filed=agreed.in_force, mark=mark)
    applied = card.confirmation.applied_on is not None
    if agreed.in_force and (card.confirmation.may_apply or applied):
        asked = values.confirmation_application(card, agreed)
        yield _one("F-10", agreed.id, "", confirmation_application.draw, asked, filed=applied)
        led = values.committee_proof(card, agreed)
        yield _one("F-10", agreed.id, "", committee_proof.draw, led, filed=applied, part="proof")


def _ending(card: CaseCard) -> Iterator[CasePaper]:
    over = bool(card.end.way) or card.state in _OVER
    if has_report(card.state, accepted=card.accepted_on is not None):
        yield _one("F-11", card.id, "", closing_report.draw, closing_values.closing_report(card))
    if card.end.way in _ENDED and card.accepted_on is not None:
        notice, mark = closing_values.end_notice(card), paper_marks.end_notice(card)
        yield _one("F-12", card.id, "", end_notice.draw, notice, mark=mark)
    if card.end.way == "referred_out" and card.end.referred_to:
        letter = closing_values.referral_letter(card)
        yield _one("F-12", card.id, "", referral_letter.draw, letter, part="referral")
    if over:
        yield CasePaper("F-13", card.id, "", partial(_covers, card))


def _one(
    code: str, target_id: str, who: str, draw: Callable[..., bytes], shows: object, **more: Any
) -> CasePaper:
    """Return a paper of one layout."""
    return CasePaper(code, target_id, who, partial(draw, shows), shows=shows, **more)


def _covers(card: CaseCard, extras: Extras) -> bytes:
    """Draw cover, note and back cover; the list of contents needs the bound dossier."""
    return binding.bind(
        [
            Sheets("", cover.draw(cover_of(card), extras), numbered=False),
            Sheets("", dossier_note.draw(note_of(card), extras), numbered=False),
            Sheets("", back_cover.draw(back_of(card), extras), numbered=False),
        ]
    )


def _nth(number: int) -> str:
    return _("第{number}次").format(number=number)
