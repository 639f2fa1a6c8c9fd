"""What helps while a form is filled in, and is not stored: choices, limitation, legal aid."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from desk import clock
from desk.models.user import User
from desk.rules import consultation_codes as codes
from desk.rules import legal_aid, limitation, local_rules
from desk.rules.labels import RATING, SEX
from desk.rules.mediation_labels import PARTY_KIND
from desk.rules.statutes import cite, cite_typed, parse_place
from desk.services import roles
from desk.services.consultation import intake
from desk.services.consultation.consultation_desk import ConsultationDesk
from desk.services.consultation.forms import CitationForm, ConsultationForm
from desk.services.consultation.values import AdviserRow, AidView, Choice, ConsultationFrame, HintView
from desk.services.station import current_station
from desk.services.statutes import Statutes
from desk.text import _

_ADVISES: Final = "lawyer"
_NOT_FROM_KNOWING: Final = frozenset({"confirmation", "suit_after_award", "suit_after_review"})
"""Kinds that start with a paper received, not with the day one knew: shown only when they are chosen."""


@dataclass(frozen=True)
class AidQuestion:
    """What is asked about legal aid besides the form (FL-02…08)."""

    hardship: legal_aid.Hardship = "unknown"
    no_income: bool = False
    relief: bool = False
    urgent_measures: bool = False


class Advice:
    """Computes from a form; reads the profile and the library, changes nothing."""

    def __init__(self, desk: ConsultationDesk) -> None:
        self._desk = desk

    def frame(self) -> ConsultationFrame:
        """Return what the form offers today."""
        today, profile = clock.today(), self._desk.profiles.current()
        session = self._desk.session
        with self._desk.store.read() as rows:
            station = current_station(rows, self._desk.store.device_id)
            users = rows.execute(
                select(User.record_id, User.name, User.roles, User.licence_no)
                .where(User.void.is_(False), User.disabled.is_(False))
                .order_by(User.initials, User.record_id)
            ).all()
        advisers = tuple(
            AdviserRow(user_id, name, licence_no)
            for user_id, name, held, licence_no in users
            if _ADVISES in roles.parsed(held)
        )
        return ConsultationFrame(
            advisers=advisers,
            choices=_choices(),
            disclaimer=profile.text("consultation.disclaimer", today),
            notice_short=profile.text("notice.short", today),
            notice_version=station.notice_version or profile.text("notice.version", today),
            hotline=profile.text("guide.legal_aid", today),
            may_read=session.may("read", "consultation"),
            may_judge=session.may("read", "conflict_check"),
            user_id=session.user.id,
        )

    def hints(self, form: ConsultationForm) -> tuple[HintView, ...]:
        """Return until when rights last, by topic or by the kind chosen (FL-13).

        While no date is given a hint says how long the term is, and from what; its `ends_on` is None.
        Raises InputProblem for dates that cannot be.
        """
        today, profile = clock.today(), self._desk.profiles.current()
        kinds: tuple[str, ...] = (form.limitation_kind,)
        if not form.limitation_kind:
            found = limitation.kinds_for(form.topics, form.procedures)
            kinds = tuple(kind for kind in found if kind not in _NOT_FROM_KNOWING)
        broken: tuple[limitation.Interruption, ...] = ()
        if form.interrupted_on is not None and form.interrupted_by:
            broken = (limitation.Interruption(form.interrupted_by, form.interrupted_on),)
        facts = limitation.Facts(
            form.known_on, form.happened_on, broken, form.still_employed, form.real_estate
        )
        calendar = local_rules.calendar(profile, today)
        warn = limitation.soon(profile, today)
        rules = (limitation.limit(profile, kind, today) for kind in kinds)
        return tuple(
            _hint(limitation.hint(rule, facts, today, calendar, warn) or limitation.undated(rule))
            for rule in rules
        )

    def aid(self, form: ConsultationForm, asked: AidQuestion, days_left: int | None = None) -> AidView:
        """Return the way to legal aid for the matter chosen, or the likeliest by topic (FL-02…08).

        While neither is chosen nothing is said: not that there is no aid.
        """
        if not (form.aid_class or form.topics):
            return AidView("", (_("填写类别，就说明能不能申请、到哪里申请。"),), False, "", False)
        profile, today = self._desk.profiles.current(), clock.today()
        likely = legal_aid.likely_matters(form.topics)
        answers = legal_aid.Answers(
            matter=form.aid_class or likely[0],
            classes=frozenset(form.person_class),
            hardship=asked.hardship,
            no_income=asked.no_income,
            relief=asked.relief,
            litigation="litigation" in form.procedures,
            days_left=days_left,
            urgent_measures=asked.urgent_measures,
        )
        found = legal_aid.advise(answers, legal_aid.terms(profile, today))
        return AidView(
            title=found.title,
            sentences=found.sentences,
            may_apply=found.may_apply,
            place=found.place,
            first=found.first,
            asks_income=not answers.classes.isdisjoint(legal_aid.WITHOUT_INCOME),
        )

    @staticmethod
    def doubts(form: ConsultationForm) -> tuple[str, ...]:
        """Return sentences on what does not fit together: one person on both sides."""
        return intake.doubts(form)

    @staticmethod
    def likely_aid(form: ConsultationForm) -> tuple[Choice, ...]:
        """Return the matters of legal aid, those likely by topic first."""
        likely = legal_aid.likely_matters(form.topics)
        rest = tuple(code for code in legal_aid.MATTER if code not in likely)
        return tuple(Choice(code, legal_aid.MATTER[code].label) for code in (*likely, *rest))

    def citation_text(self, cited: CitationForm) -> str:
        """Return the words of a citation: 《…》第一百八十八条（2021年1月1日施行）."""
        return citation_text(self._desk.statutes, cited)


def citation_text(statutes: Statutes, cited: CitationForm) -> str:
    """Return the words of a citation in the version it was made, whatever the library has by now.

    Raises InputProblem for one that names nothing.
    """
    if not cited.title and cited.law:
        return statutes.cite(cited.law, cited.article)
    place = parse_place(cited.article) if cited.article else None
    for law in statutes.versions(cited.law):
        if law.version_on == cited.version_on and place is not None and law.holds(place.number):
            return cite(law, place.number)
    return cite_typed(cited.title, place, cited.version_on)


def days_left(hints: tuple[HintView, ...]) -> int | None:
    """Return the fewest days left of what still runs, None when nothing does."""
    running = [hint.days_left for hint in hints if hint.days_left is not None and hint.days_left >= 0]
    return min(running, default=None)


def _hint(hint: limitation.Hint) -> HintView:
    return HintView(
        code=hint.code,
        label=hint.label,
        text=hint.text,
        state=hint.state,
        notes=hint.notes,
        article=hint.article,
        ends_on=hint.ends_on,
        days_left=hint.days_left,
    )


def _choices() -> dict[str, tuple[Choice, ...]]:
    topics = {code: f"{codes.TOP_CATEGORY[each.top]} · {each.label}" for code, each in codes.CATEGORY.items()}
    lists: dict[str, Mapping[str, str]] = {
        "channel": codes.CHANNEL,
        "sex": SEX,
        "person_class": codes.PERSON_CLASS,
        "topic": topics,
        "procedure": codes.PROCEDURE,
        "limitation": limitation.KIND,
        "interruption": limitation.INTERRUPTION,
        "disposition": codes.DISPOSITION,
        "state": codes.STATE,
        "top_category": codes.TOP_CATEGORY,
        "rating": RATING,
        "opponent": PARTY_KIND,
    }
    return {name: tuple(Choice(code, word) for code, word in words.items()) for name, words in lists.items()}
