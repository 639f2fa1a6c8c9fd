"""What a record says that somebody changed while a form of it was open: put together, or told to the clerk.

Every verb that writes a whole form takes beside it the form as it was read (`base`). What stands now is laid
between the two (`rules.three_way`): nothing another desk or window wrote meanwhile is written over. Where
both changed the same field nothing is written at all, and `Overtaken` says which.
"""

from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass
from datetime import date, datetime
from typing import Any, Final, TypeVar

from sqlalchemy.orm import Session as Rows

from desk.errors import Problem
from desk.models import plain
from desk.rules import field_values, field_words, three_way
from desk.rules.three_way import Clash, Path
from desk.text import _

Form = TypeVar("Form")

_ROWS: Final[Mapping[str, tuple[str, str]]] = {
    "parties": ("party", "name"),
    "agents": ("agent", "name"),
    "mediators": ("case_mediator", "name"),
    "participants": ("participant", "name"),
    "reports": ("report", ""),
    "claims": ("claim", "text"),
    "terms": ("agreement_term", "text"),
    "present": ("presence", "name"),
    "opponents": ("opponent", "name"),
    "citations": ("citation", "title"),
    "companions": ("companion", "name_told"),
    "receiver_ids": ("receiver", "deputy_id"),
    "seats": ("joint_seat", "name"),
    "local": ("local_value", ""),
    "mandates": ("mandate", "place"),
}
"""Fields of a form that hold rows: the noun of a row, and what it is called by."""

_STORED: Final[Mapping[tuple[str, str], tuple[str, str]]] = {
    ("agreement", "mode"): ("agreement", "performance_mode"),
    ("agreement", "mode_text"): ("agreement", "performance_text"),
    ("consultation", "topics"): ("consultation", "topic"),
    ("consultation", "notice_told"): ("consent", "told_at"),
    ("visit", "notice_told"): ("consent", "told_at"),
    ("visit", "age_band"): ("visit", "age_told"),
    ("mandate", "place"): ("mandate", "constituency"),
    ("mandate", "active"): ("mandate", "state"),
    ("visit", "report_kind"): ("report", "kind"),
    ("visit", "report_recipient"): ("report", "recipient"),
    ("visit", "unit"): ("matter", "proposed_unit"),
    **{
        ("visit", name): ("matter", name)
        for name in (
            *("subject", "category", "statement", "request", "deputy_view", "outcome", "level"),
            *("fast_track", "answer_text", "guide_to", "guide_reason"),
        )
    },
}
"""Fields that are called otherwise in the record, or stand in another one than the form's."""

_NAMED: Final = {
    "committee_id": "committee",
    "mediator_id": "mediator",
    "adviser_id": "user",
    "deputy_id": "deputy",
    "respondent_id": "party",
}
"""Ids, and whose name is said for them."""


@dataclass(frozen=True)
class Overtaking:
    """One field that both sides changed, in words: what it is, as typed here, as it stands now."""

    path: Path
    what: str
    mine: str
    theirs: str


class Overtaken(Problem):
    """Somebody else changed the same fields since the form was read; nothing was written.

    `fields` are what to ask about; `theirs` is the form as the record stands, which answers begin from.
    """

    def __init__(self, fields: tuple[Overtaking, ...], theirs: Any) -> None:
        words = _("、").join(dict.fromkeys(each.what for each in fields))
        super().__init__(
            _("这几处在您填写时已由别处改过：{what}。").format(what=words),
            way_out=_("请看一眼，选定用哪个再存；您填的都还在。"),
        )
        self.fields = fields
        self.theirs = theirs


def over(rows: Rows, noun: str, base: Form | None, form: Form, standing: Form) -> Form:
    """Return what is to be written: the form with what others changed since `base` was read.

    Without a `base` the form is written whole. Raises Overtaken where both changed the same field.
    """
    if base is None:
        return form
    laid = three_way.lay(base, form, standing)
    if laid.clashes:
        raise Overtaken(tuple(asked(rows, noun, each) for each in laid.clashes), standing)
    return laid.form


def asked(rows: Rows, noun: str, clash: Clash) -> Overtaking:
    """Return one clash in a clerk's words."""
    # By turns fields and keys: what ends with a key is a whole row.
    names, is_row = clash.path[::2], len(clash.path) % 2 == 0
    called_by, name = "", "" if is_row else names[-1]
    for each in names if is_row else names[:-1]:
        noun, called_by = _ROWS.get(each, (noun, ""))
    if is_row and not is_dataclass(clash.mine or clash.theirs):
        # A line of text, or one chosen code, is all its row says.
        name = called_by
    noun, name = _STORED.get((noun, name), (noun, name))
    what = field_words.field(noun, name) if name else field_words.noun(noun)
    if clash.row is not None:
        called = str(getattr(clash.row, called_by, "")) if called_by else ""
        whole = _("{noun}“{name}”").format(noun=field_words.noun(noun), name=called)
        what = f"{whole} {what}" if name else whole
    if is_row and not name:
        return Overtaking(clash.path, what, _row_said(clash.mine), _row_said(clash.theirs))
    return Overtaking(
        clash.path, what, _said(rows, noun, name, clash.mine), _said(rows, noun, name, clash.theirs)
    )


def _said(rows: Rows, noun: str, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return field_values.said(noun, name, "bool", value)
    if isinstance(value, datetime):
        return field_values.said(noun, name, "instant", value.isoformat())
    if isinstance(value, date):
        return field_values.said(noun, name, "date", value.isoformat())
    if isinstance(value, tuple):
        return field_values.said(noun, name, "codes", ",".join(value))
    if name in _NAMED and value:
        query = f"SELECT name FROM {_NAMED[name]} WHERE record_id = ?"  # noqa: S608 - our own names
        return "".join(str(found[0] or "") for found in plain.ask(rows, query, (value,)))
    text = field_values.said(noun, name, "code", value)
    return text if "*" in text else field_values.starred(noun, name, text)


def _row_said(row: Any) -> str:
    return _("已去掉") if row is None else _("留着，内容有改动")
