"""F-40 of one consultation: gathered by right, in clear for the client who takes it home, and drawn."""

from datetime import date
from typing import Final

from desk import clock
from desk.errors import InputProblem
from desk.rules import consultation_codes as codes
from desk.rules.labels import RATING, SEX
from desk.services.consultation import access, rows
from desk.services.consultation.access import state_of
from desk.services.consultation.advice import Advice, citation_text
from desk.services.consultation.consultation_desk import ConsultationDesk
from desk.services.consultation.forms import ConsultationForm
from desk.services.papers import Paper
from desk.services.pdf import render
from desk.services.pdf.consultation import sheet
from desk.services.pdf.consultation.values import ConsultationSheet
from desk.services.print_jobs import PrintJobs
from desk.text import _

_KIND: Final = "f40"
_NONE: Final = frozenset({"clear", "no_other_party", "namesake"})


class ConsultationPapers:
    """Makes the sheet of a consultation for who may print it."""

    def __init__(self, desk: ConsultationDesk, advice: Advice, print_jobs: PrintJobs) -> None:
        self._desk = desk
        self._advice = advice
        self._print_jobs = print_jobs

    def make(self, consultation_id: str) -> Paper:
        """Return the sheet. Raises AccessProblem without the right, InputProblem before there is an answer
        or an end, PaperProblem when a character has no glyph."""
        self._desk.session.require("print", "consultation")
        values = self.gather(consultation_id)
        pdf = sheet.draw(values)
        return Paper(
            kind=_KIND,
            title=_("法律咨询登记表"),
            pdf=pdf,
            pages=render.page_count(pdf),
            record_id=consultation_id,
            number=values.number,
            reprint=self._print_jobs.reprints(consultation_id, _KIND),
        )

    def gather(self, consultation_id: str) -> ConsultationSheet:
        """Return what is printed; of the check only 无, 有 or 未查 (FL-11), and no ID number."""
        reader = access.reader_of(self._desk.session)
        with self._desk.store.read() as session:
            row = rows.found(session, consultation_id)
            access.require_read(reader, row)
            if state_of(row) not in ("answered", "finished", "referred", "appointed"):
                raise InputProblem(_("还没有解答，先做利益冲突检查，写明解答意见再打印。"), field="answer")
            form = rows.form_of(session, row, clear=True)
            limit = self._limit(form)
            return ConsultationSheet(
                number=row.number,
                at=row.consulted_at,
                channel=codes.CHANNEL.get(row.channel, ""),
                name=form.name,
                sex=SEX.get(form.sex, "") if form.sex != "0" else "",
                age=form.age or None,
                phone=form.phone,
                address=form.address,
                identity_refused=form.identity_refused,
                person_class=tuple(codes.PERSON_CLASS[code] for code in form.person_class),
                opponents=tuple(each.name for each in form.opponents if each.name),
                conflict=_conflict(row.conflict),
                category=codes.category_words(form.topics),
                question=form.question,
                procedures=tuple(codes.PROCEDURE[code] for code in form.procedures),
                limitation_on=limit[0],
                limitation_note=limit[1],
                answer=form.answer,
                citations=tuple(citation_text(self._desk.statutes, each) for each in form.citations),
                disposition=codes.DISPOSITION.get(form.disposition, ""),
                referral=" ".join(filter(None, (form.referred_to, form.disposition_note))),
                adviser=row.adviser_name,
                licence_no=form.licence_no,
                disclaimer_ack=form.disclaimer_ack,
                disclaimer=self._desk.profiles.current().text("consultation.disclaimer", clock.today()),
                rating=RATING.get(row.rating, ""),
            )

    def _limit(self, form: ConsultationForm) -> tuple[date | None, str]:
        """Return the nearest last day that has not passed, and what ends on it."""
        today = clock.today()
        running = [
            hint for hint in self._advice.hints(form) if hint.ends_on is not None and hint.ends_on >= today
        ]
        nearest = min(running, key=lambda hint: hint.ends_on or today, default=None)
        if nearest is None:
            return None, form.limitation_note
        return nearest.ends_on, "　".join(filter(None, (nearest.label, form.limitation_note)))


def _conflict(code: str) -> str:
    if code in _NONE:
        return _("无")
    return _("有") if code == "hit" else _("未查")
