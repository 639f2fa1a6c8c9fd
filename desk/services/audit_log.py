"""操作记录 read back and handed out: who did or saw what and when, newest first (SEC-05).

Entries hold ids and names of fields, never values; what a record is called is looked up for whoever reads,
starred as everywhere.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session as Rows

from desk.models import plain
from desk.models.store import Store
from desk.rules import field_words
from desk.rules.numerals import plain_date
from desk.services import audit, ledger_xlsx, print_jobs
from desk.services.session import Session
from desk.services.tray import owners
from desk.services.tray.values import Mark
from desk.text import _

ACTIONS: Final[Mapping[str, str]] = {
    "unlock": "登录或解锁", "first_start": "建站", "join": "加入为又一台电脑", "restore": "从备份恢复",
    "password_change": "改密码", "pin_set": "设 PIN",
    "recovery_new": "换恢复码", "recovery_kept": "确认恢复单锁存",
    "user_add": "新增用户", "user_change": "改用户的角色",
    "user_invite": "发登录码", "user_disable": "停用用户",
    "setting_change": "改设置", "profile_change": "改本地规则", "profile_import": "导入规则文件",
    "reveal": "看完整内容", "print": "打印", "export": "导出", "import": "导入", "import_undo": "撤销导入",
    "backup": "备份", "clock_confirm": "确认电脑时间",
    "duty_forgotten": "补记离岗", "pad_reserve": "预留空白表",
    "visit_finish": "完成接待", "visit_reopen": "重新打开来访", "visit_void": "作废来访",
    "mediation_accept": "受理纠纷", "mediation_agree": "调解协议生效", "mediation_settle": "登记口头协议",
    "mediation_end": "结束调解", "mediation_confirm": "登记司法确认申请",
    "mediation_take_back": "撤回履行登记", "mediation_remediate": "再次调解",
    "mediation_archive": "调解归档", "mediation_reopen": "重新打开案卷", "mediation_void": "作废调解",
    "consultation_finish": "完成咨询", "consultation_refer": "转介咨询", "consultation_appoint": "咨询改约",
    "consultation_reopen": "重新打开咨询", "consultation_void": "作废咨询",
    "words_let_go": "丢掉没写进记录的字",
    "attachment_remove": "删除附件", "conflict_close": "处理冲突", "conflict_judge": "判断利益冲突",
    "interest_change": "改回避关系", "interest_end": "结束回避关系",
}  # fmt: skip
"""What each action is called; one of a newer desk is shown by its code."""

_NOUNS: Final[Mapping[str, str]] = {
    "profile": "本地规则", "setting": "设置", "ledger": "台账", "pad": "空白表", "backup": "备份",
    "roster": "花名册", "old_ledger": "旧台账", "statute": "条文库",
}  # fmt: skip
_NUMBER: Final = (
    "SELECT number FROM print_job WHERE target_id = ? AND paper = ? AND number <> '' ORDER BY at DESC LIMIT 1"
)
_PIN: Final = "PIN"
_FIELDS: Final[Mapping[str, str]] = {
    "password": "用密码", "pin": _PIN, "recovery": "用恢复码", "entry": "用登录码", "text_size": "文字大小",
}  # fmt: skip
_COLUMNS = "rowid, at, user_id, action, noun, target_id, fields, ok"
# By time, not by arrival: what another PC did in a week without a line stands where it belongs.
_PAGE = f"SELECT {_COLUMNS} FROM audit WHERE (at, rowid) < (?, ?) ORDER BY at DESC, rowid DESC LIMIT ?"  # noqa: S608 - our own names
_ALL = f"SELECT {_COLUMNS} FROM audit ORDER BY at, rowid"  # noqa: S608 - our own names
_DAY: Final = re.compile(r"\d{4}(-\d\d-\d\d)?", re.ASCII)
_RULES: Final = "profile"
_LAST: Final = "9999 0"


@dataclass(frozen=True)
class AuditEntry:
    """One line: when, who, what, on what (of a changed rule its key), and whether it was let pass."""

    id: str
    at: datetime
    who: str
    what: str
    about: str
    ok: bool
    rule: str = ""


@dataclass(frozen=True)
class AuditPage:
    """Some entries, and what to ask the next page with; None at the end."""

    rows: tuple[AuditEntry, ...]
    next_key: str | None


class AuditLog:
    """Reads the entries of all PCs of the station for head or audit administrator."""

    def __init__(self, store: Store, session: Session) -> None:
        self._store = store
        self._session = session

    def page(self, after: str | None = None, limit: int = 100) -> AuditPage:
        """Return one page, the newest first. Raises AccessProblem without the right to read the audit."""
        self._session.require("read", "audit")
        with self._store.read() as rows:
            at, row = (after or _LAST).split(" ")
            found = plain.ask(rows, _PAGE, (at, int(row), limit))
            entries = tuple(self._entries(rows, found))
        return AuditPage(entries, f"{found[-1][1]} {found[-1][0]}" if len(found) == limit else None)

    def workbook(self) -> bytes:
        """Return all of it as XLSX, the oldest first; the export is itself an entry.

        Raises AccessProblem without the right to export the audit.
        """
        self._session.require("export", "audit")
        user_id = self._session.user.id
        with self._store.write(user_id) as rows:
            audit.append(rows, "export", user_id=user_id, noun="audit")
        with self._store.read() as rows:
            return _book(self._entries(rows, plain.ask(rows, _ALL)))

    def _entries(self, rows: Rows, found: list[tuple[Any, ...]]) -> Iterator[AuditEntry]:
        names = dict(plain.ask(rows, "SELECT record_id, name FROM user"))
        called: dict[Mark, str] = {}
        for row, at, user_id, action, noun, target_id, fields, ok in found:
            mark = (noun or "", target_id or "")
            if mark not in called:
                called[mark] = self._called(rows, mark)
            rule = (fields or "") if noun == _RULES else ""
            about = "：".join(filter(None, (called[mark], "" if rule else _fields(noun or "", fields or ""))))
            who = names.get(user_id, "") or (_("别处的用户") if user_id else _("没有登录的人"))
            what = _(ACTIONS.get(action, action))
            yield AuditEntry(str(row), datetime.fromisoformat(at), who, what, about, bool(ok), rule)

    def _called(self, rows: Rows, mark: Mark) -> str:
        noun, target_id = mark
        if noun in print_jobs.TITLES:
            found = plain.ask(rows, _NUMBER, (target_id, noun)) if target_id else []
            number = str(found[0][0]) if found else _days(target_id)
            return " ".join(filter(None, (_(print_jobs.TITLES[noun]), number)))
        if noun in field_words.NOUNS:
            return owners.called(rows, self._session, mark)
        return " ".join(filter(None, (_(_NOUNS.get(noun, "")), _days(target_id))))


def _days(target: str) -> str:
    """Return the days or the year a ledger is of; "" for what is no ledger."""
    parts = [each for each in dict.fromkeys(target.split("/")) if _DAY.fullmatch(each)]
    days = [date.fromisoformat(each) for each in parts if "-" in each]
    whole = _whole(days[0], days[-1]) if len(days) > 1 else ""
    return whole or _(" 至 ").join(
        plain_date(date.fromisoformat(each)) if "-" in each else _("{year} 年").format(year=each)
        for each in parts
    )


def _whole(first: date, last: date) -> str:
    """Return the month or the year whose ends two days are, "" for neither: both would be cut in the list."""
    ends = first.day == 1 and (last + timedelta(days=1)).day == 1 and first.year == last.year
    if ends and (first.month, last.month) == (1, 12):
        return _("{year} 年").format(year=first.year)
    if ends and first.month == last.month:
        return _("{year} 年 {month} 月").format(year=first.year, month=first.month)
    return ""


def _fields(noun: str, fields: str) -> str:
    words = (_FIELDS.get(each) or field_words.field(noun, each) for each in fields.split(",") if each)
    # What is told by a code of the program alone says nothing to whoever reads it.
    return _("、").join(each for each in words if not each.isascii() or each == _PIN)


def _book(entries: Iterator[AuditEntry]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _("操作记录")
    for column, heading in enumerate((_("时间"), _("谁"), _("做了什么"), _("对什么"), _("结果")), 1):
        ledger_xlsx.put(sheet, 1, column, heading)
    for line, each in enumerate(entries, 2):
        about = "：".join(filter(None, (each.about, each.rule)))
        told = (f"{each.at:%Y-%m-%d %H:%M:%S}", each.who, each.what, about, result(each))
        for column, words in enumerate(told, 1):
            ledger_xlsx.put(sheet, line, column, words)
    sheet.freeze_panes = "A2"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def result(entry: AuditEntry) -> str:
    """Return whether it was let pass, in a word."""
    return _("成功") if entry.ok else _("没有成功")
