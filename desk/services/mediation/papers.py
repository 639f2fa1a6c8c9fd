"""The papers of a case: each one, all that are due now in one PDF, and the bound dossier.

A paper shows phones and numbers in clear where the form asks for it, so making one needs the right to print
cases. What leaves the desk is written down by `print_jobs`, several papers in one go with their parts.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from desk import clock
from desk.errors import InputProblem
from desk.models.base import alive
from desk.models.local_value import LocalValue
from desk.rules.dossier import ROW, WHOLE
from desk.rules.local_fields import local_fields
from desk.services.attachments.service import Attachments
from desk.services.attachments.values import FILE, Attachment
from desk.services.mediation import paper_list, paper_marks
from desk.services.mediation.case_desk import CaseDesk
from desk.services.mediation.cases import Cases
from desk.services.mediation.paper_list import CasePaper
from desk.services.mediation.paper_values import number
from desk.services.mediation.values import CaseCard
from desk.services.papers import Paper
from desk.services.pdf import binding, faces, render
from desk.services.pdf.binding import Sheets
from desk.services.pdf.decode import Told
from desk.services.pdf.forms.form import Extras
from desk.services.pdf.mediation import dossier
from desk.services.pdf.mediation.dossier import DossierFile
from desk.services.pdf.mediation.dossier_values import Contents
from desk.services.print_jobs import PaperOut, PrintJobRow, PrintJobs
from desk.text import _

_FRONT: Final = frozenset({"cover", "contents", "case_note", "back_cover"})
_MOST_BLANKS: Final = 6
_SLOTS: Final[Mapping[str, str]] = {"signed": "agreement", "scene": "evidence", "": "evidence"}
"""Slots of any record's attachments → the row of the dossier they lie in."""


@dataclass(frozen=True)
class CasePaperRow:
    """One paper as the list shows it: `due` to be printed now, `printed` how often it left the desk;
    `changed`: it was written anew since."""

    key: str
    form: str
    label: str
    due: bool
    printed: int
    copies: int
    changed: bool = False


@dataclass(frozen=True)
class Filing:
    """What a scan in a row of the dossier may be; `code` is kept with it, WHOLE for all papers of the row."""

    row: str
    code: str
    label: str


class CasePapers:
    """Makes the papers of cases for whoever is signed on."""

    def __init__(self, desk: CaseDesk, cases: Cases, attachments: Attachments, print_jobs: PrintJobs) -> None:
        """Use the services whose records the papers show."""
        self._desk = desk
        self._cases = cases
        self._attachments = attachments
        self._print_jobs = print_jobs

    def papers(self, case_id: str) -> tuple[CasePaperRow, ...]:
        """Return the papers the case can make now, in the order of their forms. Raises as `make`."""
        card = self._cases.for_paper(case_id)
        made = paper_list.papers(card)
        out = self._out(card, made)
        changed = self._changed(card, made, out)
        due = {paper.key for paper in paper_list.due(card, made, out.keys() - changed)}
        return tuple(
            CasePaperRow(
                key=paper.key,
                form=paper.form,
                label=paper.label,
                due=paper.key in due,
                printed=out[paper.key].times if paper.key in out else 0,
                copies=paper_list.copies(card, paper),
                changed=paper.key in changed,
            )
            for paper in made
        )

    def filings(self, case_id: str) -> tuple[Filing, ...]:
        """Return which paper a scan may be the signed pages of, row by row (§3.6).

        Raises as the case itself does.
        """
        rows: defaultdict[str, list[Filing]] = defaultdict(list)
        for paper in paper_list.papers(self._cases.get(case_id)):
            if paper.row not in _FRONT:
                rows[paper.row].append(Filing(paper.row, paper.filing, paper.label))
        for code, found in rows.items():
            if len(found) > 1:
                found.append(Filing(code, WHOLE, _("整行（这一行的全部文书）")))
        return tuple(each for found in rows.values() for each in found)

    def make(self, case_id: str, key: str) -> Paper:
        """Return one paper of the list by its key.

        Raises AccessProblem without the right to print cases, InputProblem for a paper the case cannot make
        (yet), PaperProblem when a character has no glyph.
        """
        card = self._cases.for_paper(case_id)
        for paper in paper_list.papers(card):
            if paper.key == key:
                pdf = paper.draw(self._extras(case_id, paper.form, paper.target_id))
                copies = paper_list.copies(card, paper)
                return Paper(
                    kind=paper.kind,
                    title=paper.label,
                    pdf=pdf,
                    pages=render.page_count(pdf),
                    record_id=paper.target_id,
                    number=number(card),
                    reprint=self._print_jobs.reprints(paper.target_id, paper.kind),
                    note=_notes(_copies_note(copies), _court_note(card, [paper]), _blanks_note([paper])),
                    parts=(paper.print_part,),
                    copies=copies,
                )
        raise InputProblem(_("本案现在还做不出这份文书。"), field="paper")

    def due(self, case_id: str) -> Paper:
        """Return all that is to be printed now in one PDF, each paper in as many copies as it needs.

        Raises InputProblem when nothing is due, and as `make`.
        """
        card = self._cases.for_paper(case_id)
        made = paper_list.papers(card)
        out = self._out(card, made)
        waiting = paper_list.due(card, made, out.keys() - self._changed(card, made, out))
        if not waiting:
            raise InputProblem(_("现在没有要打印的文书。"), field="paper")
        parts: list[Sheets] = []
        for paper in waiting:
            drawn = Sheets(
                paper.label, paper.draw(self._extras(case_id, paper.form, paper.target_id)), numbered=False
            )
            parts += [drawn] * paper_list.copies(card, paper)
        pdf = binding.bind(parts)
        return Paper(
            kind="case_papers",
            title=_("本案待打印文书"),
            pdf=pdf,
            pages=render.page_count(pdf),
            record_id=case_id,
            number=number(card),
            note=_notes(
                "、".join(paper.label for paper in waiting),
                _court_note(card, waiting),
                _blanks_note(waiting),
            ),
            parts=tuple(paper.print_part for paper in waiting),
        )

    def dossier(self, case_id: str, *, told: Told | None = None) -> Paper:
        """Return the whole dossier in the order of §3.6, scans of signed pages in the place of the papers.

        What is missing stands in the note (`Paper.note` has it too). `told(done, of)` hears how far it is and
        may call the work off by raising. Raises as `make`, and PaperProblem naming a scan that cannot be
        read; opening identity papers is written down (PI-06).
        """
        card = self._cases.for_paper(case_id)
        files = self._attachments.list("mediation", case_id)
        made = paper_list.papers(card)
        parts = [part for code in ROW if code not in _FRONT for part in self._row(card, code, made, files)]
        gaps = [row.sentence for row in card.dossier.missing if row.key not in _FRONT]
        left_out = [file.name for file in files if file.kind == FILE]
        gaps += [_("附件“{name}”不是图片或PDF，另行存放。").format(name=name) for name in left_out]
        bound = dossier.draw(
            DossierFile(
                cover=paper_list.cover_of(card),
                contents=Contents(number(card), card.title, ()),
                parts=tuple(parts),
                note=paper_list.note_of(card, gaps),
                back=paper_list.back_of(card),
            ),
            self._extras(case_id, "F-13"),
            told=told,
        )
        return Paper(
            kind="dossier",
            title=_("人民调解卷宗"),
            pdf=bound.pdf,
            pages=render.page_count(bound.pdf),
            record_id=case_id,
            number=number(card),
            note="".join(gaps),
        )

    def _row(
        self, card: CaseCard, code: str, made: Sequence[CasePaper], files: Sequence[Attachment]
    ) -> list[Sheets]:
        """Return what lies in one row: a scan stands in the place of the paper it is filed to.

        One filed to the whole row stands for all its papers, one filed to none for the only paper of its row;
        beside several it hides none of them, for nobody knows which it is.
        """
        scans = [file for file in files if _row_of(file) == code and file.kind != FILE]
        mine = [paper for paper in made if paper.row == code and paper.filed]
        own = {paper.filing: [file for file in scans if file.party_id == paper.filing] for paper in mine}
        rest = [file for file in scans if file.party_id not in own]
        only = len(mine) == 1 and code != "confirmation" and any(not file.party_id for file in rest)
        gone = only or any(file.party_id == WHOLE for file in rest)
        parts: list[Sheets] = []
        for paper in mine:
            parts += [self._scan(card, file, made) for file in own[paper.filing]]
            if not gone and not own[paper.filing]:
                drawn = paper.draw(self._extras(card.id, paper.form, paper.target_id))
                parts.append(Sheets(paper.label, drawn))
        return [*parts, *(self._scan(card, file, made) for file in rest)]

    def _scan(self, card: CaseCard, file: Attachment, made: Sequence[CasePaper]) -> Sheets:
        opened = self._attachments.open(file.id, _("制作卷宗"))
        code = _row_of(file)
        papers = [paper for paper in made if paper.row == code]
        labels = {paper.filing: paper.label for paper in papers}
        whole = [paper.label for paper in papers if paper.filed and not paper.part]
        who = {party.id: party.name for party in card.parties}.get(file.party_id, "")
        only = whole[0] if len(whole) == 1 else ROW[code]
        name = labels.get(file.party_id) or (f"{only}（{who}）" if who else only)
        return Sheets(name, opened.content, file.mime, turn=file.turn, scanned=True)

    def jobs(self, case_id: str) -> tuple[PrintJobRow, ...]:
        """Return the print ledger of a case: of itself and of whatever its papers are about, oldest first.

        Raises as the case itself does.
        """
        made = paper_list.papers(self._cases.get(case_id))
        return self._print_jobs.of_records({case_id, *(paper.target_id for paper in made)})

    def _out(self, card: CaseCard, made: Sequence[CasePaper]) -> Mapping[str, PaperOut]:
        return self._print_jobs.papers_out(card.id, {paper.target_id for paper in made})

    def _changed(
        self, card: CaseCard, made: Sequence[CasePaper], out: Mapping[str, PaperOut]
    ) -> frozenset[str]:
        """Return what was written anew since it left the desk and is not there as signed pages yet."""
        scanned = {(_row_of(file), file.party_id) for file in self._attachments.list("mediation", card.id)}
        beside = Counter(paper.row for paper in made)
        return frozenset(
            paper.key
            for paper in made
            if paper.key in out
            and paper_marks.is_other(out[paper.key].mark, paper.mark)
            and scanned.isdisjoint(_filings_of(paper, alone=beside[paper.row] == 1))
        )

    def _extras(self, case_id: str, form: str, target_id: str = "") -> Extras:
        """Return this PC's faces and what stands in the county's own fields of a form (F-07).

        The text of the record the paper is about comes before one that was kept for the whole case.
        """
        form = form.replace("F-", "f")
        profile, today = self._desk.profiles.current(), clock.today()
        added = local_fields(profile, today, form)
        found: dict[str, str] = {}
        if added:
            wanted = alive(LocalValue).where(
                LocalValue.target_id.in_((case_id, target_id)), LocalValue.form == form
            )
            with self._desk.store.read() as rows:
                kept = sorted(rows.scalars(wanted), key=lambda row: row.target_id != case_id)
                found = {row.key: row.value for row in kept}
        return Extras(
            faces.of_profile(profile, today), tuple((field, found.get(field.key, "")) for field in added)
        )


def _filings_of(paper: CasePaper, *, alone: bool) -> Iterator[tuple[str, str]]:
    """Yield row and filing of scans that are its signed pages; `alone`: its row has no other paper (§3.6).

    Beside the application to the court lies the court's answer, so one filed to none may be that.
    """
    yield paper.row, paper.filing
    yield paper.row, WHOLE
    if alone and paper.row != "confirmation":
        yield paper.row, ""


def _row_of(file: Attachment) -> str:
    return file.slot if file.slot in ROW else _SLOTS.get(file.slot, "evidence")


def _copies_note(copies: int) -> str:
    return _("一式{copies}份").format(copies=copies) if copies > 1 else ""


def _court_note(card: CaseCard, papers: Sequence[CasePaper]) -> str:
    """Say that nobody named the court a paper is for (SQ-02)."""
    if card.confirmation.court or all(paper.form != "F-10" for paper in papers):
        return ""
    return _("没有写是哪个法院，文书上留空：常用的法院在“设置 › 调委会”里填写")


def _blanks_note(papers: Sequence[CasePaper]) -> str:
    """Say which required fields are left to a pen, so that nobody is surprised by them at the signing."""
    found = tuple(dict.fromkeys(field for paper in papers for field in paper.blanks))
    if not found:
        return ""
    shown, more = "、".join(found[:_MOST_BLANKS]), len(found) > _MOST_BLANKS
    words = _("还空着、要用笔填的：{fields}等 {n} 项") if more else _("还空着、要用笔填的：{fields}")
    return words.format(fields=shown, n=len(found))


def _notes(*notes: str) -> str:
    return "；".join(note for note in notes if note)
