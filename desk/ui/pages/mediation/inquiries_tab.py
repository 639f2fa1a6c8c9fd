"""调查: who was asked what, where and by whom, two or more asking (F-05, MED-28)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from desk import clock
from desk.services.mediation.forms import InquiryForm
from desk.services.mediation.values import CaseCard, InquiryView
from desk.text import _
from desk.ui.pages.mediation.records_tab import RecordsTab
from desk.ui.pages.mediation.tab_part import Work
from desk.ui.parts.boxes import GAP, row
from desk.ui.parts.card import Card
from desk.ui.parts.table import Column

_BETWEEN = "、"


class InquiriesTab(RecordsTab[InquiryForm]):
    """The inquiries of a case."""

    text_name = "inquiries"
    noun = "inquiry"
    words = "调查"
    kind = InquiryForm

    def columns(self) -> Sequence[Column]:
        """Return the columns of the list."""
        return [
            Column(_("次"), lambda each: str(each.n), 2),
            Column(_("时间"), _when, 8),
            Column(_("地点"), lambda each: each.place, 10),
            Column(_("被调查人"), lambda each: each.respondent, 6, strong=True),
            Column(_("事由"), lambda each: each.subject),
        ]

    def lay_out(self, card: Card) -> Iterator[None]:
        """Build the form."""
        fields = self.fields
        first, second = row(gap=GAP), row(gap=GAP)
        first.addWidget(fields.moment("held_at", _("时间"), needed=True), 3)
        first.addWidget(fields.moment("ended_at", _("结束时间")), 3)
        first.addWidget(fields.text("place", _("地点"), needed=True), 5)
        yield
        second.addWidget(fields.text("respondent", _("被调查人"), needed=True, limit=60), 3)
        second.addWidget(fields.text("investigators", _("调查人（两名以上，用顿号隔开）"), needed=True), 5)
        second.addWidget(fields.text("recorder", _("记录人"), needed=True, limit=60), 3)
        plain = fields.fields["investigators"]
        fields.other(
            "investigators",
            replace(
                plain,
                read=lambda: tuple(
                    filter(None, (name.strip() for name in str(plain.read()).split(_BETWEEN)))
                ),
                paint=lambda names: plain.paint(_BETWEEN.join(names)),
            ),
        )
        card.add(first)
        card.add(second)
        yield
        card.add(fields.text("subject", _("调查事由"), needed=True, limit=200))
        card.add(fields.long("text", _("记录（问、答）"), needed=True, lines=6))

    def records(self, card: CaseCard) -> Sequence[InquiryView]:
        """Return the inquiries."""
        return card.inquiries

    def form_of(self, record: InquiryView) -> InquiryForm:
        """Return an inquiry as it was typed."""
        return InquiryForm(
            held_at=record.held_at,
            ended_at=record.ended_at,
            place=record.place,
            subject=record.subject,
            respondent=record.respondent,
            respondent_id=record.respondent_id,
            investigators=record.investigators,
            recorder=record.recorder,
            text=record.text,
            local=record.local,
        )

    def fresh(self, card: CaseCard) -> InquiryForm:
        """Return a new one: now, by the mediators of the case."""
        names = tuple(each.name for each in card.mediators if each.role == "mediator")
        recorder = next((each.name for each in card.mediators if each.role == "recorder"), "")
        return InquiryForm(held_at=clock.now(), subject=card.title, investigators=names, recorder=recorder)

    def put(self, case_id: str, form: InquiryForm, record_id: str, base: InquiryForm | None) -> Work:
        """Return how it is saved."""
        return lambda services: services.mediation.proceedings.save_inquiry(case_id, form, record_id, base)

    def take_away(self, case_id: str, record_id: str, reason: str) -> Work:
        """Return how it is made void."""
        return lambda services: services.mediation.proceedings.drop_inquiry(case_id, record_id, reason)


def _when(record: InquiryView) -> str:
    return f"{record.held_at:%m-%d %H:%M}" if record.held_at is not None else ""
