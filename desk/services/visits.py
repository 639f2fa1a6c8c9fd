"""来访接待: the verbs of a visit, from coming in to the rating.

Receipt first, words later: `open` needs a name (or 不愿透露) and one line, and gives number and receipt;
`save` adds words; `finish` writes everything in one durable block, which asks for rights and clocks too.
"""

from dataclasses import replace

from desk import clock
from desk.errors import InputProblem
from desk.models.matter import Matter
from desk.models.rating import Rating
from desk.models.reply import Reply
from desk.models.store import Store
from desk.models.visit import Visit as VisitRecord
from desk.rules import labels, six_ones, visit_states
from desk.services import audit, search_index, visit_cards, visit_finish, visit_frame, visit_input, visit_list
from desk.services import visit_reading as reading
from desk.services.numbers import Numbers
from desk.services.outcome import Done
from desk.services.profiles import Profiles
from desk.services.session import Session
from desk.services.station import current_station
from desk.services.visit_desk import VisitDesk
from desk.services.visit_frame import Frame
from desk.services.visit_opening import IssuesReceipts, begin, give_number
from desk.services.visit_people import link_person
from desk.services.visit_rows import Act, matter_of, put_matter
from desk.services.visit_safety import is_safe, may_read, reader_of, require_read
from desk.services.visit_values import (
    Counts,
    Missing,
    Visit,
    VisitFilter,
    VisitForm,
    VisitPage,
    VisitSheet,
)
from desk.services.visit_voiding import void_visit
from desk.text import _

_ALL = VisitFilter()
_WORDS = frozenset({"visit", "matter"})
_TICKS = {"smile_tea": ("smile", "tea"), "comfort": ("comfort",), "smile": ("smile",), "tea": ("tea",)}


class Visits:
    """What happens at the reception desk."""

    def __init__(
        self, store: Store, session: Session, profiles: Profiles, numbers: Numbers, receipts: IssuesReceipts
    ) -> None:
        self._desk = VisitDesk(store, session, profiles, numbers, receipts)

    def open(self, form: VisitForm) -> Done[Visit]:
        """Receive a visitor: number, spoken number and receipt at once.

        Raises InputProblem without a name (or 不愿透露) or a line of 事由, ClockProblem.
        """
        with self._desk.writing("visit") as (act, reader):
            ready = self._desk.cleaned(act, form)
            visit, matter = begin(act, ready, "open")
            give_number(act, visit, self._desk.numbers, self._desk.receipts, ready.pad_no)
            search_index.index_visit(act.rows, visit, matter, ready.companions)
            card = visit_cards.card(act.rows, visit, reader)
        return Done(card, _WORDS | {"receipt"})

    def wait(self, form: VisitForm) -> Done[Visit]:
        """Write down somebody who waits; the number comes when they are received. Raises InputProblem."""
        with self._desk.writing("visit") as (act, reader):
            ready = self._desk.cleaned(act, form)
            visit, matter = begin(act, ready, "wait")
            search_index.index_visit(act.rows, visit, matter, ready.companions)
            card = visit_cards.card(act.rows, visit, reader)
        return Done(card, _WORDS)

    def receive(self, visit_id: str) -> Done[Visit]:
        """Turn to somebody who waits: now they get number and receipt. Raises InputProblem, ClockProblem."""
        with self._desk.changing(visit_id) as (act, reader, visit):
            visit.state = visit_states.step(visit.state, "receive")
            visit.received_at = max(act.at, visit.arrived_at or act.at)
            stored = reading.form_of(act.rows, visit)
            matter = put_matter(act, visit, stored)
            give_number(act, visit, self._desk.numbers, self._desk.receipts)
            search_index.index_visit(act.rows, visit, matter, stored.companions)
            card = visit_cards.card(act.rows, visit, reader)
        return Done(card, _WORDS | {"receipt"})

    def save(self, visit_id: str, form: VisitForm, base: VisitForm | None = None) -> Done[Visit]:
        """Save words and corrections of a visit that is not finished; `base` is the form as it was read.

        Raises InputProblem, Overtaken.
        """
        with self._desk.changing(visit_id) as (act, reader, visit):
            if visit.state == "finished":
                raise InputProblem(
                    _("这次来访已经结束，不能直接修改。"),
                    way_out=_("需要更正时，请先写明理由重新打开。"),
                    field="state",
                )
            ready = self._desk.cleaned(act, self._desk.over(act, visit, base, form), visit)
            matter = self._desk.put(act, visit, ready)
            search_index.index_visit(act.rows, visit, matter, ready.companions)
            card = visit_cards.card(act.rows, visit, reader)
        return Done(card, _WORDS)

    def finish(self, visit_id: str, form: VisitForm, base: VisitForm | None = None) -> Done[Visit]:
        """End the reception: everything typed, the matter's end or way on, all in one durable block.

        `base` is the form as it was read. Raises InputProblem that lists what is missing (`field` is the
        first), Overtaken, ClockProblem.
        """
        with self._desk.changing(visit_id) as (act, reader, visit):
            ready = self._desk.cleaned(act, self._desk.over(act, visit, base, form), visit)
            record = visit_input.record_of(ready, visit.received_at)
            gaps = visit_states.missing_to_finish(record, visit_input.limits(act.profile, act.at))
            state = visit_states.step(visit.state, "finish", missing=gaps)
            self._desk.numbers.check_clock(act.rows)
            visit.finished_at = visit.received_at if visit.backfilled else act.at
            matter = self._desk.put_checked(act, visit, ready)
            visit.state = state
            person = link_person(act, visit)
            touched = visit_finish.conclude(act, visit, matter, self._desk.numbers)
            audit.append(
                act.rows, "visit_finish", user_id=act.user.id, noun="visit", target_id=visit.record_id
            )
            card = visit_cards.card(act.rows, visit, reader, matter)
            search_index.index_visit(act.rows, visit, matter, ready.companions, card.linked_number)
        return Done(card, _WORDS | touched | ({"person"} if person is not None else frozenset()))

    def mark(self, visit_id: str, key: str, on: bool) -> Done[Visit]:
        """Tick or untick 笑脸热茶 (`smile_tea`) or 安慰 (`comfort`). Raises InputProblem for other lights."""
        if key not in _TICKS:
            six_ones.check_tick(key)
        with self._desk.changing(visit_id) as (act, reader, visit):
            if visit.state == "finished":
                raise InputProblem(_("这次来访已经结束，不能再勾选。"), field=key)
            for tick in _TICKS[key]:
                at = getattr(visit, f"{tick}_at")
                setattr(visit, f"{tick}_at", (at or act.at) if on else None)
            card = visit_cards.card(act.rows, visit, reader)
        return Done(card, frozenset({"visit"}))

    def rate(self, visit_id: str, value: str, reason: str = "") -> Done[Visit]:
        """Write down how the visitor rates the reception; the newest counts. Raises InputProblem.

        Who wrote a safe visit down may ask for its rating also when they may no longer read it.
        """
        with self._desk.writing("rating") as (act, reader):
            visit = reading.found(act.rows, visit_id)
            readable = may_read(act.rows, reader, visit)
            if not readable and visit.registrar_id != reader.user_id:
                require_read(act.rows, reader, visit)
            if visit.state == "waiting":
                raise InputProblem(_("还没有接待，不能评价。"), field="state")
            matter = matter_of(act.rows, visit_id)
            _add_rating(act, "reception", (visit, matter), value, reason)
            card = visit_cards.card(act.rows, visit, reader)
        return Done(card if readable else visit_cards.veiled(card), frozenset({"rating", "visit"}))

    def reply(self, matter_id: str, way: str, text: str) -> Done[Visit]:
        """Write down the answer given; a fact, so a correction is a new one. Raises InputProblem."""
        if way not in labels.REPLY_WAY:
            raise InputProblem(_("请选择反馈方式。"), field="way")
        if not text.strip():
            raise InputProblem(_("请写明反馈的内容。"), field="text")
        with self._desk.following(matter_id, "reply") as (act, reader, visit, matter):
            if visit.state != "finished":
                raise InputProblem(_("接待还没有结束，请先完成接待。"), field="state")
            act.rows.add(
                Reply(
                    matter_id=matter.record_id,
                    replied_at=act.at,
                    way=way,
                    text=text.strip(),
                    by_name=act.user.name,
                )
            )
            card = visit_cards.card(act.rows, visit, reader)
        return Done(card, _WORDS | {"reply"})

    def rate_result(self, matter_id: str, value: str, reason: str = "") -> Done[Visit]:
        """Write down how the visitor rates the result, asked only after a reply. Raises InputProblem."""
        with self._desk.following(matter_id, "rating") as (act, reader, visit, matter):
            if not visit_cards.is_replied(act.rows, matter_id):
                raise InputProblem(
                    _("还没有反馈，不能评价结果。"),
                    way_out=_("请先登记反馈，再请来访人评价。"),
                    field="state",
                )
            _add_rating(act, "result", (visit, matter), value, reason)
            card = visit_cards.card(act.rows, visit, reader)
        return Done(card, _WORDS | {"rating"})

    def void(self, visit_id: str, reason: str) -> Done[None]:
        """Make a visit void with its matter and papers; the rows stay, its number is never given again.

        Raises InputProblem without a reason, AccessProblem without the right.
        """
        self._desk.session.require("void", "visit")
        with self._desk.changing(visit_id) as (act, _reader, visit):
            if is_safe(visit):
                self._desk.session.require("void", "safe_visit")
            visit_states.step(visit.state, "void", reason=reason)
            void_visit(act.rows, visit, reason.strip())
            audit.append(act.rows, "visit_void", user_id=act.user.id, noun="visit", target_id=visit_id)
        return Done(None, _WORDS | {"receipt", "proposal", "mediation", "consultation"})

    def reopen(self, visit_id: str, reason: str) -> Done[Visit]:
        """Open a finished visit again to correct it; finishing decides anew. Raises InputProblem."""
        with self._desk.changing(visit_id) as (act, reader, visit):
            visit.state = visit_states.step(visit.state, "reopen", reason=reason)
            visit.finished_at = None
            visit.reopen_reason = reason.strip()
            matter = matter_of(act.rows, visit_id)
            if matter is not None:
                visit_finish.reopen(act, visit, matter)
            audit.append(act.rows, "visit_reopen", user_id=act.user.id, noun="visit", target_id=visit_id)
            card = visit_cards.card(act.rows, visit, reader)
        return Done(card, _WORDS)

    def get(self, visit_id: str) -> Visit:
        """Return one visit. Raises InputProblem if there is none, AccessProblem for a safe one by right."""
        with self._desk.store.read() as rows:
            reader = reader_of(rows, self._desk.session)
            visit = reading.found(rows, visit_id)
            require_read(rows, reader, visit)
            return visit_cards.card(rows, visit, reader)

    def form(self, visit_id: str) -> VisitForm:
        """Return what was typed, for the editor, phone and ID number starred. Raises as `get` does."""
        with self._desk.store.read() as rows:
            visit = reading.found(rows, visit_id)
            require_read(rows, reader_of(rows, self._desk.session), visit)
            return reading.form_of(rows, visit)

    def sheet(self, visit_id: str) -> VisitSheet:
        """Return one visit to read whole, with what was said since. Raises as `get` does."""
        profile = self._desk.profiles.current()
        with self._desk.store.read() as rows:
            reader = reader_of(rows, self._desk.session)
            visit = reading.found(rows, visit_id)
            require_read(rows, reader, visit)
            card = visit_cards.card(rows, visit, reader)
            form = reading.form_of(rows, visit)
            # Who came along is called as far as the visitor is.
            others = tuple(reader.name(each, anonymous=False) for each in form.companions)
            topic = visit_frame.category_label(profile, card.arrived_at.date(), card.category)
            told = replace(form, companions=others)
            return VisitSheet(card, told, topic, reading.after_of(rows, visit))

    def reveal(self, visit_id: str, field: str, reason: str) -> str:
        """Return a masked field (`phone`, `id_no`…) in clear and write down that it was asked for (SEC-05).

        Raises InputProblem without a reason, AccessProblem without the right.
        """
        self._desk.session.require("reveal", "visit")
        if not reason.strip():
            raise InputProblem(_("请写明为什么要看。"), field="reason")
        with self._desk.changing(visit_id, verb="reveal") as (act, _reader, visit):
            audit.append(
                act.rows,
                "reveal",
                user_id=act.user.id,
                noun="visit",
                target_id=visit_id,
                fields=reading.REVEALED[field],
            )
            return str(getattr(visit, reading.REVEALED[field]))

    def page(self, narrow: VisitFilter = _ALL, after: str | None = None, limit: int = 50) -> VisitPage:
        """Return one page of received visits, newest first; `after` is the `next_key` of the page before."""
        with self._desk.store.read() as rows:
            return visit_list.page(rows, reader_of(rows, self._desk.session), narrow, after, limit)

    def counts(self, narrow: VisitFilter = _ALL) -> Counts:
        """Return how many visits (批次) and people (人次) the filter leaves."""
        with self._desk.store.read() as rows:
            return visit_list.counts(rows, reader_of(rows, self._desk.session), narrow)

    def frame(self) -> Frame:
        """Return what the form offers today: topics, approvals, dates, notice and consent words."""
        with self._desk.store.read() as rows:
            station = current_station(rows, self._desk.store.device_id)
        return visit_frame.frame(self._desk.profiles.current(), clock.today(), station)

    def missing(self, form: VisitForm) -> tuple[Missing, ...]:
        """Return what the form still needs before the visit can be finished, in the form's order."""
        bounds = visit_input.limits(self._desk.profiles.current(), clock.now())
        gaps = visit_states.missing_to_finish(visit_input.record_of(form), bounds)
        return tuple(Missing(gap.field, gap.sentence) for gap in gaps)


def _add_rating(
    act: Act, about: str, below: tuple[VisitRecord, Matter | None], value: str, reason: str
) -> None:
    visit, matter = below
    if value not in labels.RATING:
        raise InputProblem(_("请选择评价。"), field="value")
    act.rows.add(
        Rating(
            about=about,
            visit_id=visit.record_id,
            matter_id=matter.record_id if matter is not None else "",
            value=value,
            reason=reason.strip(),
            asked_at=act.at,
            rated_at=act.at,
        )
    )
