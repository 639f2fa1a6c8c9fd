"""Profile rows as the values the rules take: calendar, colours, lock-out, categories, notice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desk.rules.deadlines import Colour, ColourRule, Trigger, Unit
from desk.rules.passwords import LockStep, PasswordPolicy
from desk.rules.profile import Profile
from desk.rules.workdays import Calendar, YearDays

_MONTHS = 12


@dataclass(frozen=True)
class Category:
    """A topic of the matter (F-20) with its finer words."""

    code: str
    label: str
    topics: tuple[str, ...]


def calendar(profile: Profile, on: date) -> Calendar:
    """Return the working-day calendar of all years the profile knows on a day (DL-06)."""
    holidays = _by_year(profile, "holidays", on)
    workdays = _by_year(profile, "workdays", on)
    known = holidays.keys() | workdays.keys()
    return Calendar(
        {year: YearDays(holidays.get(year, frozenset()), workdays.get(year, frozenset())) for year in known}
    )


def colour_rules(profile: Profile, on: date) -> tuple[ColourRule, ...]:
    """Return the rows colour.<colour>.<trigger>; a row with 0 is switched off."""
    rules = []
    for row in profile.rows("colour", on):
        _family, colour, trigger = row.key.split(".")
        unit = Unit.WORKDAY if row.unit == Unit.WORKDAY else Unit.DAY
        rules.append(ColourRule(Colour(colour), Trigger(trigger), profile.number(row.key, on), unit))
    return tuple(rule for rule in rules if rule.count > 0)


def password_policy(profile: Profile, on: date) -> PasswordPolicy:
    """Return what a password must be; classes and age only where 等保 is switched on (SEC-01)."""
    strict = profile.flag("dengbao.enabled", on)
    return PasswordPolicy(
        min_length=profile.number("password.min_length", on),
        min_classes=profile.number("dengbao.min_classes", on) if strict else 0,
        max_age_days=profile.number("dengbao.max_age", on) if strict else 0,
    )


def lock_steps(profile: Profile, on: date) -> tuple[LockStep, ...]:
    """Return the rows lockout.<failures> as steps of rising delay (SEC-02)."""
    return tuple(
        LockStep(int(row.key.split(".")[1]), profile.number(row.key, on))
        for row in profile.rows("lockout", on)
    )


def categories(profile: Profile, on: date) -> tuple[Category, ...]:
    """Return the topics in file order, 其他 last, with finer words; an empty word takes a topic away."""
    topics = {row.key.split(".")[1]: profile.items(row.key, on) for row in profile.rows("subcategory", on)}
    labels = {row.key.split(".")[1]: profile.text(row.key, on) for row in profile.rows("category", on)}
    found = [Category(code, label, topics.get(code, ())) for code, label in labels.items() if label]
    return tuple(sorted(found, key=lambda category: category.code == "other"))


def approval_body(profile: Profile, on: date, level: str, station_level: str) -> str:
    """Return who approves (签批) a matter of `level`; a street has no presidium (ZD-05) but its own row."""
    return profile.text(f"approval.{'street' if (level, station_level) == ('town', 'street') else level}", on)


def notice_text(profile: Profile, on: date, *, station: str, phone: str) -> str:
    """Return the notice given before anything is collected (PI-03), with the station's name and phone."""
    months = profile.number("retention.visit", on)
    kept = f"{months // _MONTHS} 年" if months % _MONTHS == 0 else f"{months} 个月"
    return fill(profile.text("notice.text", on), {"station": station, "phone": phone, "retention": kept})


def fill(sentence: str, words: Mapping[str, str]) -> str:
    """Put words into the {places} of a profile sentence; unknown places stay as they are."""
    for place, word in words.items():
        sentence = sentence.replace(f"{{{place}}}", word)
    return sentence


def _by_year(profile: Profile, family: str, on: date) -> dict[int, frozenset[date]]:
    return {int(row.key.split(".")[1]): profile.dates(row.key, on) for row in profile.rows(family, on)}
