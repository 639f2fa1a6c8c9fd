"""What a draft holds of a person's own words, whichever form it was typed into.

A draft keeps each form as text: a field by itself, or a whole form as JSON, and beside it what the form said
when it was read. Codes, ids, ticks and times are not words; a number with stars was only looked at. Short
ones and those without a Han character count where the field holds nothing but what a person says.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

Said = tuple[str, str]
"""The name of the innermost field, and what was typed there."""

_BASE: Final = re.compile(r"^base\.|\.base$")
_NO_WORDS: Final = frozenset({"by", "case", "cursor_field", "profile_version"})
_IDS: Final = re.compile(r"(^|_)ids?$")
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT.*")
_WORDS: Final = re.compile(r"[^\x00-\x7f]|\d{3}")
_STARRED: Final = re.compile(r"[\dX]*\*{3,}[\dXx]*")
_SPOKEN: Final = frozenset({
    "accord", "address", "aid_note", "alias", "amount", "answer", "answer_text", "avoidance_note", "breach",
    "claims", "comfort_note", "companions", "deputy_view", "disposition_note", "facts", "fail_reason",
    "guide_reason", "guide_to", "issues", "ladder", "limitation_note", "litigation_note", "measures",
    "mode_text", "name", "note", "occupation", "organisation", "ower", "payee", "place", "powers_other",
    "procedure_note", "question", "reason", "reasons", "referred_to", "remark", "remedies_note",
    "report_recipient", "request", "responsibilities", "safe_contact", "statement", "subject", "summary",
    "talk", "text", "title", "verification", "way_text",
})  # fmt: skip
"""Fields of the forms that hold no codes."""


def typed(fields: Mapping[str, str]) -> tuple[Said, ...]:
    """Return what was typed and not read from the record, in the order of the draft, each text once."""
    bases = [(name, text) for name, text in fields.items() if _BASE.search(name)]
    read = {words for name, text in bases for _name, words in _said(name, text)}
    found = [
        each
        for name, text in fields.items()
        if name not in _NO_WORDS and not _BASE.search(name) and not name.startswith("tick.")
        for each in _said(name, text)
        if each[1] not in read
    ]
    return tuple(dict.fromkeys(found))


def held(fields: Mapping[str, str]) -> tuple[Said, ...]:
    """Return all that a draft holds and did not read from the record: words, codes, ids, ticks, numbers."""
    leaves = [
        (_BASE.search(name) is not None, each)
        for name, text in fields.items()
        if name not in _NO_WORDS
        for each in _values(name, text)
    ]
    read = {each for is_read, each in leaves if is_read}
    return tuple(each for is_read, each in leaves if not is_read and each not in read)


def _values(name: str, text: str) -> Iterator[Said]:
    for inner, value in _leaves(name.rpartition(".")[2], opened(text)):
        yield inner, str(value) if value else ""


def _said(name: str, text: str) -> Iterator[Said]:
    for inner, value in _leaves(name.rpartition(".")[2], opened(text)):
        if isinstance(value, str) and not _IDS.search(inner):
            words = value.strip()
            is_said = bool(words) if inner in _SPOKEN else bool(_WORDS.search(words))
            if is_said and not _STARRED.fullmatch(words) and not _MOMENT.fullmatch(words):
                yield inner, words


def opened(text: str) -> Any:
    """Return the form a text holds, or the text itself where it is a person's."""
    if text[:1] not in ("{", "["):
        return text
    try:
        return json.loads(text)
    except ValueError:
        # Somebody's words may begin with a bracket.
        return text


def _leaves(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for inner, each in value.items():
            yield from _leaves(inner, each)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(name, each)
    else:
        yield name, value
