"""What a seeded consultation has of the visit it came of, so that nothing is left to be taken over later."""

from datetime import date, datetime, timedelta
from typing import Final

from desk.services import search_index
from desk.services.seed.batch import Batch
from desk.services.seed.people import Row

_WAITS: Final = timedelta(days=14)
"""Those of the last days are still to be answered."""

_ADVICE: Final = "已当面说明有关规定和办理途径，来访人表示清楚。"
_TOLD: Final = ("name_told", "phone_told", "id_no_told", "address_told", "sex_told", "person_id")


def consultation(batch: Batch, linked: Row, visit: Row, matter: Row, until: date) -> Row:
    """Put a consultation on the heap of what is found and return it whole.

    `linked` holds its id, matter and number; `until` is the last day of the seed.
    """
    at: datetime = visit["finished_at"]
    answered = at.date() < until - _WAITS
    told = {name: visit[name] for name in _TOLD if visit.get(name)}
    question = "\n".join(filter(None, (str(matter["statement"]), str(matter["request"]))))
    terms = search_index.case_terms(
        numbers=[str(linked["number"])],
        names=[str(told.get("name_told", ""))],
        phones=[str(told.get("phone_told", ""))],
        id_numbers=[str(told.get("id_no_told", ""))],
        texts=[question, _ADVICE if answered else ""],
        shelf="consultation",
    )
    batch.find_by(at, "consultation", str(linked["record_id"]), terms)
    return (
        linked
        | told
        | {
            "state": "finished" if answered else "registered",
            "conflict": "clear" if answered else "unchecked",
            "answer": _ADVICE if answered else "",
            "consulted_at": at,
            "channel": "phone" if visit["kind"] == "phone" else "visit",
            "question": question,
            "identity_refused": visit["anonymous"],
            "registrar_id": visit["registrar_id"] if visit["safety"] == "none" else "",
            "profile_version": visit["profile_version"],
        }
    )
