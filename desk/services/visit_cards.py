"""Visits as pages may show them: rows in, frozen cards out, with a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.models import plain
from desk.models.matter import Matter
from desk.models.recorder import block_of
from desk.models.visit import Visit
from desk.rules import six_ones, visit_states
from desk.rules.labels import OUTCOME
from desk.services import visit_below
from desk.services import visit_values as values
from desk.services.station import names
from desk.services.visit_below import Below
from desk.services.visit_receivers import shown as receiver_shown
from desk.services.visit_safety import Reader, is_safe
from desk.text import _

_RECEIVERS: Final = (
    "SELECT visit_id, name, levels_text FROM receiver WHERE visit_id IN ({ids}) AND void = 0 ORDER BY rowid"
)
_RATINGS: Final = (
    "SELECT about, visit_id, value FROM rating WHERE visit_id IN ({ids}) AND void = 0"
    " ORDER BY rated_at, rowid"
)
_REPLIED: Final = "SELECT 1 FROM reply WHERE matter_id = ? LIMIT 1"


def card(rows: Rows, visit: Visit, reader: Reader, matter: Matter | None = None) -> values.Visit:
    """Return one visit as its reader may see it; what is pending in the block is written first.

    `matter` is the visit's first one, where the caller has it.
    """
    return cards(rows, [visit], reader, matter)[0]


def cards(
    rows: Rows, visits: Sequence[Visit], reader: Reader, matter: Matter | None = None
) -> tuple[values.Visit, ...]:
    """Return visits, in their order, as the reader may see them. Whether they may is the caller's to ask.

    `matter` is the first one of a single visit, where the caller has it.
    """
    rows.flush()
    if not visits:
        # For an empty list SQLite would walk every printed receipt.
        return ()
    found = visit_below.find(rows, visits, matter)
    shown = tuple(_card(visit, found, reader) for visit in visits)
    own = block_of(rows).identity.scope_id
    if all(visit.scope_id == own for visit in visits):
        return shown
    stations = names(rows)
    return tuple(
        replace(each, station=stations.get(visit.scope_id, _("其他站点")))
        for each, visit in zip(shown, visits, strict=True)
    )


def veiled(shown: values.Visit) -> values.Visit:
    """Return the card of a safe visit for whoever may act on it and not read it: number and state only."""
    return replace(
        shown,
        name=_("保密来访"),
        subject="",
        category="",
        outcome="",
        outcome_label="",
        receivers_text="",
        person_id="",
        linked_number="",
    )


def is_replied(rows: Rows, matter_id: str) -> bool:
    """Tell whether the visitor was answered in this matter."""
    return bool(plain.ask(rows, _REPLIED, (matter_id,)))


def ratings_of(rows: Rows, visit_ids: Sequence[str]) -> dict[tuple[str, str], str]:
    """Return the newest rating by (about, visit id): a correction is a new fact."""
    found = plain.ask_lists(rows, _RATINGS, {"ids": visit_ids})
    return {(about, visit_id): value for about, visit_id, value in found}


def receivers_of(rows: Rows, visit_ids: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Return name and levels of the receivers by visit id."""
    grouped: dict[str, list[tuple[str, str]]] = {}
    for visit_id, name, levels in plain.ask_lists(rows, _RECEIVERS, {"ids": visit_ids}):
        grouped.setdefault(visit_id, []).append((name, levels))
    return grouped


def _card(visit: Visit, found: Below, reader: Reader) -> values.Visit:
    visit_id = visit.record_id
    matter = found.matters.get(visit_id)
    matter_id = matter.record_id if matter is not None else ""
    outcome = matter.outcome if matter is not None else ""
    rating = found.ratings.get(("reception", visit_id), "")
    result_rating = found.ratings.get(("result", visit_id), "")
    arrived = visit.arrived_at or visit.entered_at or clock.now()
    evidence = six_ones.Evidence(
        visit_state=visit.state,
        smile_at=visit.smile_at,
        tea_at=visit.tea_at,
        comfort_at=visit.comfort_at,
        receipt_given=bool(visit.number) and matter is not None and not matter.statement,
        recorded_at=visit.finished_at if visit.state == "finished" else None,
        replied_at=found.replied.get(matter_id),
        reception_rating=rating,
        result_rating=result_rating,
    )
    receivers = found.receivers.get(visit_id, [])
    return values.Visit(
        id=visit_id,
        number=visit.number,
        spoken=visit.spoken,
        kind=visit.kind,
        state=visit.state,
        name=reader.name(visit.name_told, anonymous=visit.anonymous),
        headcount=visit.headcount,
        subject=matter.subject if matter is not None else "",
        category=matter.category if matter is not None else "",
        outcome=outcome,
        outcome_label=OUTCOME.get(outcome, ""),
        lights=six_ones.lights(evidence),
        arrived_at=arrived,
        received_at=visit.received_at,
        finished_at=visit.finished_at,
        minutes=_minutes(visit, arrived),
        receivers_text="、".join(receiver_shown(name, levels) for name, levels in receivers),
        receipt_printed=visit_id in found.printed,
        incomplete=visit.state == "received" and _is_incomplete(visit, found),
        safety=visit.safety,
        safe=is_safe(visit),
        rating=rating,
        result_rating=result_rating,
        matter_id=matter_id,
        replied=matter_id in found.replied,
        person_id=visit.person_id,
        tell_by=matter.tell_by if matter is not None else None,
        linked_number=found.links.get(matter_id, ""),
        registrar=found.registrars.get(visit.registrar_id, ""),
    )


def _minutes(visit: Visit, arrived: datetime) -> int:
    """Return how long the reception lasts, or the wait until it begins; never negative."""
    start = visit.received_at or arrived
    end = visit.finished_at or clock.now()
    return max(0, int((end - start).total_seconds() // 60))


def _is_incomplete(visit: Visit, found: Below) -> bool:
    """Tell whether words of the form are still open (待补记)."""
    matter = found.matters.get(visit.record_id)
    if matter is None:
        return True
    report_kind, report_recipient = found.reports.get(visit.record_id, ("", ""))
    record = visit_states.Record(
        name=visit.name_told,
        anonymous=visit.anonymous,
        subject=matter.subject,
        headcount=visit.headcount,
        companions=found.companions.get(visit.record_id, 0),
        receivers=len(found.receivers.get(visit.record_id, [])),
        category=matter.category,
        statement=matter.statement,
        request=matter.request,
        outcome=matter.outcome,
        level=matter.level,
        unit=matter.proposed_unit,
        answer_text=matter.answer_text,
        guide_to=matter.guide_to,
        guide_reason=matter.guide_reason,
        safety=visit.safety,
        litigation=visit.litigation,
        report_kind=report_kind,
        report_recipient=report_recipient,
        notice_told=visit.record_id in found.told,
    )
    return bool(visit_states.to_be_written(record))
