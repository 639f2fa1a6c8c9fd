"""What form F-50 offers besides the visit itself: topics, who approves, dates, notice, where to guide people.

All of it comes from the profile in force on the day, so that no page holds a local rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desk.rules import deadlines, local_rules
from desk.rules.profile import Profile
from desk.services.station import Station
from desk.text import _

_TOPIC = "/"


@dataclass(frozen=True)
class Frame:
    """The choices and fixed words of the form on one day.

    `categories` and `guides` are (code, words) in the order to show them; `approvals` maps a level to who
    approves it; `tell_by` is the last day to tell where a matter went, `tell_term` that term in words, with
    a word of doubt where the year's holidays are not known (DL-06).
    """

    categories: tuple[tuple[str, str], ...]
    approvals: Mapping[str, str]
    tell_by: date
    tell_term: str
    notice_version: str
    notice_short: str
    notice_text: str
    phone_words: str
    contact_words: str
    guides: tuple[tuple[str, str], ...]
    safe_hint: str
    max_headcount: int


def frame(profile: Profile, on: date, station: Station) -> Frame:
    """Return what the form offers on a day; the station's own notice goes before the profile's (PI-03)."""
    term = profile.term("term.tell_where", on)
    due = deadlines.due(on, term, local_rules.calendar(profile, on))
    return Frame(
        categories=categories(profile, on),
        approvals={
            level: local_rules.approval_body(profile, on, level, station.level)
            for level in ("village", "town", "county", "city")
        },
        tell_by=due.date,
        tell_term=_("{term}，当年节假日未导入，按周一至周五推算").format(term=term)
        if due.guessed
        else str(term),
        notice_version=station.notice_version or profile.text("notice.version", on),
        notice_short=profile.text("notice.short", on),
        notice_text=station.notice_text
        or local_rules.notice_text(profile, on, station=station.name, phone=station.phone),
        phone_words=profile.text("consent.phone", on),
        contact_words=profile.text("consent.contact", on),
        guides=tuple((row.key.split(".")[1], profile.text(row.key, on)) for row in profile.rows("guide", on)),
        safe_hint=profile.text("safe.contact_hint", on),
        max_headcount=profile.number("visit.max_headcount", on),
    )


def categories(profile: Profile, on: date) -> tuple[tuple[str, str], ...]:
    """Return each topic and each of its finer words as (code, words): "urban", then "urban/排水"."""
    found: list[tuple[str, str]] = []
    for category in local_rules.categories(profile, on):
        found.append((category.code, category.label))
        found.extend(
            (f"{category.code}{_TOPIC}{word}", f"{category.label} · {word}") for word in category.topics
        )
    return tuple(found)


def category_label(profile: Profile, on: date, code: str) -> str:
    """Return a stored topic in words, such as 城乡建设 · 排水; a code no longer known is shown as it is."""
    topic, _, word = code.partition(_TOPIC)
    label = next((each.label for each in local_rules.categories(profile, on) if each.code == topic), topic)
    return f"{label} · {word}" if word else label
