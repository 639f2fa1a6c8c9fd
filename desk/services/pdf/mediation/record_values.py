"""What the records of a mediation show: inquiries, sittings and follow-ups, as `values` for the rest."""

from dataclasses import dataclass
from datetime import datetime

from desk.services.pdf.forms.wording import moment
from desk.services.pdf.mediation.values import PartyBlock, signing
from desk.text import _


def _span(begun: datetime | None, ended: datetime | None) -> str:
    """Return 2026年11月5日15时00分至16时20分; the day again only when it ended on another."""
    if begun is None or ended is None:
        return moment(begun) if begun else ""
    end = _("{hour}时{minute:02}分").format(hour=ended.hour, minute=ended.minute)
    same = begun.date() == ended.date()
    return _("{begun}至{ended}").format(begun=moment(begun), ended=end if same else moment(ended))


@dataclass(frozen=True)
class InquiryRecord:
    """F-05 人民调解调查记录, in clear; two investigators or more (MED-28)."""

    number: str
    committee: str
    held_at: datetime | None
    ended_at: datetime | None
    place: str
    investigators: tuple[str, ...]
    recorder: str
    respondent: PartyBlock
    subject: str
    qa_text: str

    @property
    def time_text(self) -> str:
        """时间: from when to when."""
        return _span(self.held_at, self.ended_at)

    @property
    def respondents(self) -> tuple[PartyBlock, ...]:
        """Who was asked, as the list a layout repeats its rows for."""
        return (self.respondent,)


@dataclass(frozen=True)
class SittingRecord:
    """F-06 人民调解记录 of one sitting, in clear.

    The four moves are 谈纠纷, 找话题, 置梯子, 达协议. `fail_reason` and `remedies_told` belong to a failure.
    """

    number: str
    committee: str
    times: str
    held_at: datetime | None
    ended_at: datetime | None
    place: str
    openness: str
    subject: str
    parties_present: tuple[PartyBlock, ...]
    invitees: tuple[str, ...]
    mediators: tuple[str, ...]
    recorder: str
    informed: bool | None
    avoidance: str
    talk: str
    topics: str
    ladder: str
    accord: str
    verification: str
    result: str
    fail_reason: str = ""
    remedies_told: bool | None = None

    @property
    def time_text(self) -> str:
        """时间: from when to when."""
        return _span(self.held_at, self.ended_at)

    @property
    def party_names(self) -> tuple[str, ...]:
        """Who reads the record through and signs."""
        return signing(self.parties_present)

    @property
    def has_failed(self) -> bool:
        """Whether the words on a failure are printed."""
        return bool(self.fail_reason) or self.remedies_told is not None


@dataclass(frozen=True)
class FollowUpRecord:
    """F-09 人民调解回访记录: stays with the committee; the party's phone comes masked (§8, internal)."""

    committee: str
    visited_party: str
    phone: str
    agreement_no: str
    subject: str
    performance: str
    satisfaction: str
    litigation: str
    relapse_risk: bool | None
    measures: str
    mode: str
    visited_at: datetime | None
    visitor: str
    litigation_note: str = ""

    @property
    def relapse_text(self) -> str:
        """有无反复激化迹象; "" when nobody looked."""
        return "" if self.relapse_risk is None else _("有") if self.relapse_risk else _("无")

    @property
    def litigation_text(self) -> str:
        """是否起诉及结果 in one line."""
        return "；".join(part for part in (self.litigation, self.litigation_note) if part)
