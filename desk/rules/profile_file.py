"""The profile as a file: what it must look like, and the bytes the county signs.

A file is TOML: `schema`, `profile` (its name), `version`, `[[row]]` tables and, when the county signed it,
`[signature]`. Every refusal names the row and the key in a sentence.
"""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Final, NoReturn

import rfc8785

from desk.errors import InputProblem
from desk.rules.case_numbers import case_pattern
from desk.rules.deadlines import Colour, Trigger
from desk.rules.mediation_labels import DOSSIER_OUTCOMES, DOSSIER_ROW, KEEPING_TERM, WRITTEN_REASON
from desk.rules.numbers import NumberPattern
from desk.rules.profile import Profile, Row, Value
from desk.rules.receipts import is_host

SCHEMA: Final = 1
"""Version of the file format; a file with a higher one was made for a newer program."""

OPEN_FAMILIES: Final[Mapping[str, tuple[str, str]]] = {
    "approval": (r"[a-z0-9_]+", "text"),
    "category": (r"[a-z0-9_]+", "text"),
    "colour": (f"({'|'.join(Colour)})\\.({'|'.join(Trigger)})", "number"),
    "form": (r"f[0-9]{2}\.[a-z0-9_]+", "list"),
    "guide": (r"[a-z0-9_]+", "text"),
    "holidays": (r"[0-9]{4}", "dates"),
    "ledger": (r"[a-z0-9_]+", "text"),
    "lockout": (r"[0-9]{1,3}", "number"),
    "subcategory": (r"[a-z0-9_]+", "list"),
    "workdays": (r"[0-9]{4}", "dates"),
}
"""Keys a county may add: first word → what may follow it, and the kind of value.

Any other key must be known to the default profile.
"""

UNITS: Final[Mapping[str, str]] = {
    "day": "number",
    "workday": "number",
    "month": "number",
    "hour": "number",
    "minute": "number",
    "second": "number",
    "count": "number",
    "cm": "number",
    "yuan": "number",
    "text": "text",
    "list": "list",
    "flag": "flag",
    "dates": "dates",
}
"""Unit of a row → what kind of value it holds."""

AT_LEAST: Final[Mapping[str, int]] = {
    "password.min_length": 8,
    "lock.idle": 1,
    "backup.every": 1,
    "backup.keep_daily": 1,
    "visit.max_headcount": 1,
    "visit.max_representatives": 1,
    "mediation.max_representatives": 1,
    "mediation.min_investigators": 1,
    "attachment.photo_mb": 5,
    "attachment.file_mb": 5,
    "attachment.megapixels": 20,
    "attachment.side": 1200,
    "attachment.quality": 50,
    "attachment.pages": 1,
    "attachment.per_record": 1,
}
"""What no county and no head may go below: the desk would not be safe, or would not work."""

_CODES: Final[Mapping[str, Collection[str]]] = {
    **{f"dossier.{outcome}": DOSSIER_ROW for outcome in (*DOSSIER_OUTCOMES, "scan_needed")},
    "dossier.keeping": KEEPING_TERM,
    "mediation.written_when": WRITTEN_REASON,
}
"""Lists whose words are codes: one the program does not know would be left out in silence."""

_TERM_UNITS = frozenset({"day", "workday", "month"})
_WANTED = {
    "number": "0 到 36600 的整数",
    "text": "文字",
    "list": "文字列表",
    "flag": "true 或 false",
    "dates": "日期列表",
}
_KEY = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*")
_LARGEST = 36_600
_ROW_FIELDS = frozenset({"key", "value", "unit", "valid_from", "source"})
_HEAD_FIELDS = frozenset({"schema", "profile", "version", "row", "signature"})
_WAY_OUT = "请核对规则文件，或向提供文件的县级工作机构索取新文件。"


def from_content(content: Mapping[str, object]) -> Profile:
    """Check the parsed content of a profile file and return the profile.

    Raises InputProblem naming the row and key; `field` is the key.
    """
    schema = content.get("schema")
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        _refuse("规则文件缺少格式版本号（schema）。", "schema")
    if schema > SCHEMA:
        _refuse(f"规则文件的格式版本 {schema} 比本程序新，请先升级程序。", "schema")
    for name in content:
        if name not in _HEAD_FIELDS:
            _refuse(f"规则文件里有不认识的项目“{name}”。", name)
    rows = content.get("row")
    if not isinstance(rows, list) or not rows:
        _refuse("规则文件里没有任何规则（[[row]]）。", "row")
    checked = tuple(_row(number, raw) for number, raw in enumerate(rows, start=1))
    _refuse_doubles(checked)
    return Profile(_head_text(content, "profile"), _head_text(content, "version"), checked)


def to_content(profile: Profile) -> dict[str, object]:
    """Return the profile as plain content, the inverse of `from_content`."""
    return {
        "schema": SCHEMA,
        "profile": profile.name,
        "version": profile.version,
        "row": [
            {
                "key": row.key,
                "value": list(row.value) if isinstance(row.value, tuple) else row.value,
                "unit": row.unit,
                "valid_from": row.valid_from,
                "source": row.source,
            }
            for row in profile.all_rows
        ],
    }


def canonical(profile: Profile) -> bytes:
    """Return the bytes the county signs and the store keeps: RFC 8785 JSON, dates as ISO text."""
    return rfc8785.dumps(_plain(to_content(profile)))


def version_order(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, which tell an older file from a newer: 2026.10 is after 2026.9."""
    return tuple(int(number) for number in re.findall(r"[0-9]+", version))


def check_against(base: Profile, top: Profile) -> None:
    """Refuse rows of `top` the program would not understand: an unknown key, or another kind of value.

    New keys are welcome in `OPEN_FAMILIES`. A term stays a term, though its unit may change (DL-04).
    Raises InputProblem naming row and key.
    """
    known = {row.key: row.unit for row in base.all_rows}
    for number, row in enumerate(top.all_rows, start=1):
        unit = known.get(row.key)
        if unit is None:
            if row.key.split(".")[0] not in OPEN_FAMILIES:
                _refuse_row(number, row.key, "本程序不认识这个规则名")
        elif unit != row.unit and not {unit, row.unit} <= _TERM_UNITS:
            _refuse_row(number, row.key, f"单位应为 {unit}，文件里是 {row.unit}")


def _row(number: int, raw: object) -> Row:
    if not isinstance(raw, Mapping):
        _refuse_row(number, "", "不是一条规则")
    key = raw.get("key")
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        _refuse_row(number, str(key or ""), "规则名（key）只能用小写英文字母、数字、下划线和点")
    for name in raw:
        if name not in _ROW_FIELDS:
            _refuse_row(number, key, f"有不认识的项目“{name}”")
    unit = raw.get("unit")
    if not isinstance(unit, str) or unit not in UNITS:
        _refuse_row(number, key, f"单位（unit）“{unit}”不认识")
    source = raw.get("source")
    if not isinstance(source, str) or not source.strip():
        _refuse_row(number, key, "没有写来源（source），没有依据的请写“本地设定”")
    valid_from = _as_date(raw.get("valid_from"))
    if valid_from is None:
        _refuse_row(number, key, "生效日期（valid_from）应写成 2026-01-01 这样")
    value = _READERS[UNITS[unit]](raw.get("value"))
    if value is None:
        _refuse_row(number, key, f"取值（value）应为{_WANTED[UNITS[unit]]}")
    _check_family(number, key, UNITS[unit], value)
    return Row(key, value, unit, valid_from, source.strip())


def _read_number(value: object) -> Value | None:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return value if whole and isinstance(value, int) and 0 <= value <= _LARGEST else None


def _read_text(value: object) -> Value | None:
    return value if isinstance(value, str) else None


def _read_flag(value: object) -> Value | None:
    return value if isinstance(value, bool) else None


def _read_list(value: object) -> Value | None:
    if not isinstance(value, list):
        return None
    texts = tuple(item for item in value if isinstance(item, str) and item.strip())
    return texts if len(texts) == len(value) else None


def _read_dates(value: object) -> Value | None:
    if not isinstance(value, list):
        return None
    days = tuple(day for day in map(_as_date, value) if day is not None)
    return days if len(days) == len(value) else None


_READERS: Final[Mapping[str, Callable[[object], Value | None]]] = {
    "number": _read_number,
    "text": _read_text,
    "list": _read_list,
    "flag": _read_flag,
    "dates": _read_dates,
}


def _as_date(value: object) -> date | None:
    """Read a TOML date, or the ISO text it becomes in the canonical bytes."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def _check_family(number: int, key: str, kind: str, value: Value) -> None:
    """Check what a key asks for: shape, kind, lowest value, days of its year (DL-06), a pattern, a host."""
    family, _dot, rest = key.partition(".")
    if family in OPEN_FAMILIES:
        shape, wanted = OPEN_FAMILIES[family]
        if not re.fullmatch(shape, rest):
            _refuse_row(number, key, "规则名（key）点号后面的部分不认识")
        if kind != wanted:
            _refuse_row(number, key, f"取值（value）应为{_WANTED[wanted]}")
    if isinstance(value, int) and value < AT_LEAST.get(key, 0):
        _refuse_row(number, key, f"不能小于 {AT_LEAST[key]}")
    days = [day for day in value if isinstance(day, date)] if isinstance(value, tuple) else []
    if any(str(day.year) != rest for day in days):
        _refuse_row(number, key, "日期应全部属于规则名里的那一年")
    if key == "receipt.host" and value and not is_host(str(value)):
        _refuse_row(number, key, "只写主机名，小写，不带 https:// 和斜杠")
    unknown = [str(word) for word in _words(value) if word not in _CODES.get(key, (word,))]
    if unknown:
        _refuse_row(number, key, f"不认识“{unknown[0]}”")
    if family == "number":
        try:
            (case_pattern if rest == "mediation_case" else NumberPattern)(str(value))
        except InputProblem as problem:
            _refuse_row(number, key, problem.sentence.rstrip("。"))


def _words(value: Value) -> tuple[str | date, ...]:
    return value if isinstance(value, tuple) else ()


def _refuse_doubles(rows: tuple[Row, ...]) -> None:
    seen: set[tuple[str, date]] = set()
    for number, row in enumerate(rows, start=1):
        if (row.key, row.valid_from) in seen:
            _refuse_row(number, row.key, f"同一天（{row.valid_from}）生效的规则写了两条")
        seen.add((row.key, row.valid_from))


def _head_text(content: Mapping[str, object], name: str) -> str:
    value = content.get(name)
    if not isinstance(value, str) or not value.strip():
        _refuse(f"规则文件没有写{'名称' if name == 'profile' else '版本'}（{name}）。", name)
    return value.strip()


def _plain(value: object) -> "_Json":
    """Turn checked content into what JSON can say; days become ISO text."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, str | int):
        return value
    return str(value)


_Json = str | int | list["_Json"] | dict[str, "_Json"]


def _refuse_row(number: int, key: str, reason: str) -> NoReturn:
    _refuse(f"规则文件第 {number} 条“{key}”：{reason}。", key)


def _refuse(sentence: str, field: str) -> NoReturn:
    raise InputProblem(sentence, way_out=_WAY_OUT, field=field)
