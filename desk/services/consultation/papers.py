"""The papers of 法律咨询 by rights: the sheet of a consultation (F-40), the list of a joint day."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.models.base import alive
from desk.models.consultation import Consultation as Row
from desk.models.local_value import LocalValue
from desk.models.own import own
from desk.models.station import Station
from desk.rules import consultation_codes as codes
from desk.rules.labels import RATING, SEX
from desk.rules.local_fields import LocalField, local_fields
from desk.rules.numerals import official_date
from desk.services.consultation import access, intake, joint_ledger, rows
from desk.services.consultation.advice import Advice, citation_text
from desk.services.consultation.consultation_desk import ConsultationDesk
from desk.services.consultation.forms import ConsultationForm
from desk.services.consultation.joint_days import JointDays
from desk.services.consultation.values import HintView
from desk.services.papers import Paper
from desk.services.pdf import faces, ledger_sheet, render
from desk.services.pdf.consultation import sheet
from desk.services.pdf.consultation.values import ConsultationSheet
from desk.services.pdf.forms.empty import EmptyPaper
from desk.services.pdf.forms.form import Extras
from desk.services.print_jobs import PrintJobs
from desk.text import _

_CHANNEL: Final[Mapping[str, str]] = {**codes.CHANNEL, "visit": "来访"}
_CONFLICT: Final[Mapping[str, str]] = {"hit": "有", "unchecked": "未查", "": "未查"}
"""The form offers 无, 有 and 未查; every other result of the check lets the question be answered (FL-11)."""

_UNKNOWN_SEX: Final = "0"


class ConsultationPapers:
    """Makes the papers of consultations for whoever is signed on."""

    def __init__(self, desk: ConsultationDesk, joint_days: JointDays, print_jobs: PrintJobs) -> None:
        """Use the services whose records the papers show."""
        self._desk = desk
        self._joint_days = joint_days
        self._print_jobs = print_jobs

    def sheet(self, consultation_id: str) -> Paper:
        """Return F-40 of one consultation; it is the visitor's own, so name and phone stand in clear.

        Raises AccessProblem without the right to print consultations or to read this one (FL-12),
        InputProblem when there is none, PaperProblem when a character has no glyph.
        """
        self._desk.session.require("print", "consultation")
        reader = access.reader_of(self._desk.session)
        profile, today = self._desk.profiles.current(), clock.today()
        with self._desk.store.read() as session:
            row = rows.found(session, consultation_id)
            access.require_read(reader, row)
            form = rows.form_of(session, row, clear=True)
            values = self._values(row, form, profile.text("consultation.disclaimer", today))
            extras = Extras(faces.of_profile(profile, today), self._local(session, consultation_id, today))
        pdf = sheet.draw(values, extras)
        return Paper(
            kind="f40",
            title=_("法律咨询登记表"),
            pdf=pdf,
            pages=render.page_count(pdf),
            record_id=consultation_id,
            number=values.number,
            reprint=self._print_jobs.reprints(consultation_id, "f40"),
        )

    def blank(self) -> Paper:
        """Return F-40 to be filled in by hand: no number, no person, the disclaimer as it is (FL-14).

        Raises AccessProblem without the right to print consultations.
        """
        self._desk.session.require("print", "consultation")
        profile, today = self._desk.profiles.current(), clock.today()
        added = tuple((field, "") for field in local_fields(profile, today, "f40"))
        extras = Extras(faces.of_profile(profile, today), added, by_hand=True)
        paper = EmptyPaper({"disclaimer": profile.text("consultation.disclaimer", today)})
        pdf = sheet.draw(paper, extras)
        return Paper("f40", _("空白法律咨询登记表"), pdf, render.page_count(pdf))

    def joint_day(self, day_id: str) -> Paper:
        """Return the list of one joint reception day: who sat, who came, nobody named in full.

        Raises AccessProblem without the right to print joint days, InputProblem when there is none,
        PaperProblem when a character has no glyph.
        """
        self._desk.session.require("print", "joint_day")
        day = self._joint_days.get(day_id)
        profile, today = self._desk.profiles.current(), clock.today()
        with self._desk.store.read() as session:
            station = session.scalars(own(session, Station)).first()
        ledger = joint_ledger.ledger(day, station.name if station is not None else "")
        pdf = ledger_sheet.draw(ledger, today, faces.of_profile(profile, today))
        return Paper("joint_day", ledger.title, pdf, render.page_count(pdf), day_id)

    def _values(self, row: Row, form: ConsultationForm, disclaimer: str) -> ConsultationSheet:
        told = not form.identity_refused
        hints = _in_order(self._hints(form))
        return ConsultationSheet(
            number=row.number,
            at=row.consulted_at,
            channel=_CHANNEL.get(form.channel, ""),
            name=form.name if told else "",
            sex=SEX.get(form.sex, "") if form.sex != _UNKNOWN_SEX else "",
            age=form.age or None,
            phone=form.phone if told else "",
            address=form.address if told else "",
            identity_refused=form.identity_refused,
            person_class=tuple(codes.PERSON_CLASS[code] for code in form.person_class),
            opponents=(_("无"),) if form.no_opponent else tuple(each.name for each in form.opponents),
            conflict=_CONFLICT.get(row.conflict, _("无")),
            category=codes.category_words(form.topics),
            question=form.question,
            procedures=tuple(codes.PROCEDURE[code] for code in form.procedures),
            limitation_on=hints[0].ends_on if hints else None,
            limitation_note="；".join(note for note in (*_limitations(hints), form.limitation_note) if note),
            answer=form.answer,
            citations=tuple(citation_text(self._desk.statutes, cited) for cited in form.citations),
            disposition=codes.DISPOSITION.get(form.disposition, ""),
            referral=_referral(form),
            adviser=row.adviser_name,
            licence_no=form.licence_no,
            disclaimer_ack=form.disclaimer_ack,
            disclaimer=disclaimer,
            rating=RATING.get(row.rating, ""),
        )

    def _hints(self, form: ConsultationForm) -> tuple[HintView, ...]:
        """Return the limitations of a form; none for days that cannot be, which no check kept out once."""
        if intake.wrong_days(form, clock.today()):
            return ()
        return Advice(self._desk).hints(form)

    def _local(self, session: Rows, consultation_id: str, today: date) -> tuple[tuple[LocalField, str], ...]:
        added = local_fields(self._desk.profiles.current(), today, "f40")
        wanted = alive(LocalValue).where(
            LocalValue.noun == "consultation", LocalValue.target_id == consultation_id
        )
        found = {row.key: row.value for row in session.scalars(wanted)} if added else {}
        return tuple((field, found.get(field.key, "")) for field in added)


def _referral(form: ConsultationForm) -> str:
    """Return where the visitor is told to go, or the day they come again."""
    again = ""
    if form.disposition == "appointed" and form.appointment_at is not None:
        again = _("约定 {at} 再来").format(at=f"{form.appointment_at:%Y-%m-%d %H:%M}")
    return "；".join(note for note in (again, form.referred_to, form.disposition_note) if note)


def _in_order(hints: tuple[HintView, ...]) -> tuple[HintView, ...]:
    """Return the hints with a day, those still open first, the earliest of them at the head."""
    dated = [hint for hint in hints if hint.ends_on is not None]
    return tuple(sorted(dated, key=lambda hint: (hint.state == "expired", hint.ends_on or date.max)))


def _limitations(hints: tuple[HintView, ...]) -> Iterator[str]:
    """Yield what each day is: the first without it, for it stands in front; what has run out says so."""
    for place, hint in enumerate(hints):
        assert hint.ends_on is not None, "it has a day"
        over = hint.state == "expired"
        if place == 0:
            yield _("{label}（已届满）").format(label=hint.label) if over else hint.label
            continue
        words = _("{label}已于{day}届满") if over else _("{label}至{day}")
        yield words.format(label=hint.label, day=official_date(hint.ends_on))
