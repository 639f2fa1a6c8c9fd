"""The values a decision writes: the one kept, both texts with who said which, or a new one.

Pure. A decision carries its value also where it stands already, so that two decisions made at the same time
meet and the later one becomes a question of its own, never a silent loss.
"""

from collections.abc import Mapping
from datetime import datetime

from desk.errors import InputProblem
from desk.services.tray.values import Kind, Side, Way
from desk.text import _
from desk.wire.codecs import Json

MOST: int = 20_000
"""Letters one text may have; the widest field of a form takes as many."""


def chosen(
    kind: Kind, field: str, way: Way, values: tuple[Json, Json], *, text: str = "", joined: str = ""
) -> Mapping[str, Json]:
    """Return the fields that shall stand.

    Args:
        kind: of the question.
        field: its field.
        way: what the person chose.
        values: as they are stored: the one that came second, the one that stands.
        text: a third one, as typed. joined: both, as `both` made them.

    Raises:
        InputProblem: a third value is empty or too long.
    """
    mine, theirs = values
    if kind == "number":
        return {}
    if way == "third":
        typed = text.strip()
        if not typed:
            raise InputProblem(_("另写的内容还空着"), field="third")
        if len(typed) > MOST:
            raise InputProblem(_("另写的内容太长，最多 {n} 字").format(n=MOST), field="third")
        return {field: typed}
    if way == "both":
        return {field: joined}
    if kind == "void":
        return _void(field, way, mine, theirs)
    return {field: mine if way == "mine" else theirs}


def both(mine: tuple[str, Side], theirs: tuple[str, Side]) -> str:
    """Join two texts, each with who said it and when; what stands comes first."""
    return "\n\n".join(_told(text, side) for text, side in (theirs, mine))


def _void(field: str, way: Way, mine: Json, theirs: Json) -> Mapping[str, Json]:
    if field == "void_reason":
        return {"void": True, "void_reason": mine if way == "mine" else theirs}
    if way == "mine":
        return {"void": True, "void_reason": _("两边同时改动后，核对决定作废")}
    return {"void": False, "void_reason": ""}


def _told(text: str, side: Side) -> str:
    when = _day(side.at) if side.at is not None else ""
    signed = " ".join(filter(None, (side.who, when)))
    return f"{text.rstrip()}\n（{signed}）" if signed else text.rstrip()


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
