"""By when a question that came by letter or over the network is answered (FL-10)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desk.rules.deadlines import due, until_text
from desk.rules.profile import Profile
from desk.rules.workdays import Calendar


@dataclass(frozen=True)
class AnswerBy:
    """The last day, the exact moment where hours are counted, and the words for it."""

    on: date
    moment: datetime | None
    text: str


def answer_by(channel: str, received_at: datetime, profile: Profile, calendar: Calendar) -> AnswerBy | None:
    """Return by when to answer, or None where the person is here or on the phone and is answered at once.

    `received_at` is local time. Letters count working days (DL-01, DL-03), messages hours around the clock.
    """
    day = received_at.date()
    if channel == "letter":
        last = due(day, profile.term("term.consultation.letter", day), calendar).date
        return AnswerBy(last, None, until_text(last, day))
    if channel == "network":
        moment = received_at + timedelta(hours=profile.number("term.consultation.network", day))
        words = f"截至 {moment.month} 月 {moment.day} 日 {moment:%H:%M}"
        return AnswerBy(moment.date(), moment, words)
    return None
