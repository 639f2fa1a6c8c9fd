"""A small station for tests of the visit pages: services that answer at once and remember."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from desk import clock
from desk.errors import InputProblem
from desk.rules import age_bands, labels, six_ones, visit_states
from desk.services import visit_frame
from desk.services.laid_aside import LaidAside
from desk.services.outcome import Done
from desk.services.profile import load_default
from desk.services.station import Station
from desk.services.visit_values import (
    After,
    Counts,
    DueItem,
    Missing,
    PastVisit,
    PersonCard,
    PersonMatch,
    Similar,
    Today,
    Visit,
    VisitFilter,
    VisitForm,
    VisitPage,
    VisitRow,
    VisitSheet,
)
from desk.ui.context import Context
from desk.ui.live import Live
from desk.ui.navigator import Navigator
from tests.fakes import FakeTasks, RecordingNotices

STATION = Station(name="示例镇人大代表联络站", phone="0571-86000000", level="town")
ON_DUTY = (
    SimpleNamespace(duty_id="t1", deputy_id="d1", name="王某某", levels_text="市、县"),
    SimpleNamespace(duty_id="t2", deputy_id="d2", name="李某", levels_text="县"),
)
DEPUTIES = (
    SimpleNamespace(id="d1", name="王某某", levels_text="市、县", state="active"),
    SimpleNamespace(id="d2", name="李某", levels_text="县", state="active"),
    SimpleNamespace(id="d3", name="郑某某", levels_text="镇", state="active"),
)
CHEN = PersonMatch(
    "p1",
    "陈某某",
    "138****6621",
    "示例路 8 号",
    date(2026, 8, 2),
    "姓名相同",
    "河东社区",
    "2",
)
CHEN_CARD = PersonCard(
    "p1",
    2,
    (
        PastVisit("v90", date(2026, 8, 2), "路灯不亮", "满意"),
        PastVisit("v91", date(2026, 3, 15), "垃圾清运", "满意"),
    ),
)
SIMILAR = (
    Similar("v80", "一号楼积水", date(2025, 7, 3), "清淤主管，9 天办成"),
    Similar("v81", "三组水渠倒灌", date(2026, 6, 9), "加装逆止阀，21 天办成"),
)


@dataclass
class Entry:
    """One visit of the fake."""

    id: str
    number: str
    form: VisitForm
    state: str
    at: datetime
    ticks: dict[str, datetime] = field(default_factory=dict)
    rating: str = ""
    result: str = ""
    replied_at: datetime | None = None
    recorded_at: datetime | None = None


@dataclass
class FakeVisits:
    """Behaves as desk/services/visits.py says, in memory; `said` keeps what was asked for."""

    entries: dict[str, Entry] = field(default_factory=dict)
    said: list[tuple[str, ...]] = field(default_factory=list)
    problem: InputProblem | None = None
    after: list[After] = field(default_factory=list)

    def frame(self) -> visit_frame.Frame:
        return visit_frame.frame(load_default(), clock.today(), STATION)

    def open(self, form: VisitForm) -> Done[Visit]:
        return self._new(form, "received")

    def wait(self, form: VisitForm) -> Done[Visit]:
        return self._new(form, "waiting")

    def receive(self, visit_id: str) -> Done[Visit]:
        self.entries[visit_id].state = "received"
        return done(self.entries[visit_id])

    def save(self, visit_id: str, form: VisitForm, base: VisitForm | None = None) -> Done[Visit]:
        self.said.append(("save", visit_id))
        self.entries[visit_id].form = form
        return done(self.entries[visit_id])

    def finish(self, visit_id: str, form: VisitForm, base: VisitForm | None = None) -> Done[Visit]:
        if self.problem is not None:
            raise self.problem
        entry = self.entries[visit_id]
        entry.form, entry.state, entry.recorded_at = form, "finished", clock.now()
        return done(self.entries[visit_id])

    def mark(self, visit_id: str, what: str, on: bool) -> Done[Visit]:
        entry = self.entries[visit_id]
        if on:
            entry.ticks[what] = clock.now()
        else:
            entry.ticks.pop(what, None)
        return done(self.entries[visit_id])

    def rate(self, visit_id: str, value: str, reason: str = "") -> Done[Visit]:
        self.said.append(("rate", visit_id, value, reason))
        self.entries[visit_id].rating = value
        return done(self.entries[visit_id])

    def reply(self, matter_id: str, way: str, text: str) -> Done[Visit]:
        self.said.append(("reply", way, text))
        self.after.append(After("reply", clock.now(), text, "周某"))
        visit_id = matter_id.removeprefix("m-")
        self.entries[visit_id].replied_at = clock.now()
        return done(self.entries[visit_id])

    def rate_result(self, matter_id: str, value: str, reason: str) -> Done[Visit]:
        self.said.append(("rate_result", value, reason))
        visit_id = matter_id.removeprefix("m-")
        self.entries[visit_id].result = value
        return done(self.entries[visit_id])

    def void(self, visit_id: str, reason: str) -> Done[None]:
        self.said.append(("void", visit_id, reason))
        del self.entries[visit_id]
        return Done(None, frozenset({"visit"}))

    def reopen(self, visit_id: str, reason: str) -> Done[Visit]:
        self.said.append(("reopen", visit_id, reason))
        self.entries[visit_id].state = "received"
        return done(self.entries[visit_id])

    def get(self, visit_id: str) -> Visit:
        return card(self.entries[visit_id])

    def form(self, visit_id: str) -> VisitForm:
        form = self.entries[visit_id].form
        phone = form.phone
        return replace(form, phone=f"{phone[:3]}****{phone[-4:]}" if len(phone) == 11 else phone)

    def sheet(self, visit_id: str) -> VisitSheet:
        return VisitSheet(self.get(visit_id), self.form(visit_id), "城乡建设", tuple(self.after))

    def reveal(self, visit_id: str, field: str, reason: str) -> str:
        self.said.append(("reveal", visit_id, field, reason))
        return str(getattr(self.entries[visit_id].form, field))

    def missing(self, form: VisitForm) -> tuple[Missing, ...]:
        record = visit_states.Record(
            **{
                name: getattr(form, name)
                for name in visit_states.Record.__dataclass_fields__
                if name not in {"companions", "receivers", "child"}
            },
            companions=len(form.companions),
            receivers=len(form.receiver_ids),
        )
        return tuple(Missing(gap.field, gap.sentence) for gap in visit_states.missing_to_finish(record))

    def page(self, chosen: VisitFilter, after: str | None, limit: int = 50) -> VisitPage:
        self.said.append(("page", chosen.outcome, after or ""))
        rows = [row(entry) for entry in reversed(self.entries.values())]
        rows = [each for each in rows if chosen.outcome in ("", each.outcome)]
        start = int(after or 0)
        following = start + limit
        return VisitPage(tuple(rows[start:following]), str(following) if following < len(rows) else None)

    def counts(self, chosen: VisitFilter) -> Counts:
        return Counts(len(self.entries), sum(each.form.headcount for each in self.entries.values()))

    def _new(self, form: VisitForm, state: str) -> Done[Visit]:
        if self.problem is not None:
            raise self.problem
        n = len(self.entries) + 312
        entry = Entry(f"v{n}", f"LF2026-A{n:04}", form, state, clock.now())
        self.entries[entry.id] = entry
        return done(entry)


def done(entry: Entry) -> Done[Visit]:
    """Return what a verb gives back for an entry."""
    return Done(card(entry), frozenset({"visit"}))


def card(entry: Entry) -> Visit:
    """Return an entry as a page may show it."""
    form, ticks = entry.form, entry.ticks
    evidence = six_ones.Evidence(
        entry.state,
        smile_at=ticks.get("smile_tea"),
        tea_at=ticks.get("smile_tea"),
        comfort_at=ticks.get("comfort"),
        receipt_given=not form.statement,
        recorded_at=entry.recorded_at,
        replied_at=entry.replied_at,
        reception_rating=entry.rating,
        result_rating=entry.result,
    )
    lights = six_ones.lights(evidence)
    return Visit(
        id=entry.id,
        number=entry.number,
        spoken="123456782",
        kind=form.kind,
        state=entry.state,
        name="不愿透露" if form.anonymous else form.name,
        headcount=form.headcount,
        subject=form.subject,
        category=form.category,
        outcome=form.outcome,
        outcome_label=labels.OUTCOME.get(form.outcome, ""),
        lights=lights,
        arrived_at=entry.at,
        received_at=entry.at,
        finished_at=entry.recorded_at,
        minutes=int((clock.now() - entry.at).total_seconds()) // 60,
        receivers_text="王某某（市、县）、李某（县）",
        receipt_printed=not form.statement,
        incomplete=not form.statement,
        safety=form.safety,
        safe=form.safety != "none",
        rating=entry.rating,
        result_rating=entry.result,
        matter_id=f"m-{entry.id}" if entry.state == "finished" else "",
        replied=entry.replied_at is not None,
        person_id=form.person_id,
        tell_by=None,
        linked_number="",
        registrar="周某",
    )


def row(entry: Entry) -> VisitRow:
    """Return an entry as a line of a list."""
    form = entry.form
    return VisitRow(
        id=entry.id,
        number=entry.number,
        at=entry.at,
        name="不愿透露" if form.anonymous else form.name,
        headcount=form.headcount,
        subject=form.subject,
        outcome=form.outcome,
        outcome_label=labels.OUTCOME.get(form.outcome, ""),
        rating_label=labels.RATING.get(entry.rating, ""),
        receiver_names="王某某、李某",
        state=entry.state,
        incomplete=not form.statement,
    )


@dataclass
class FakeDrafts:
    """Drafts in memory, as if on disk."""

    kept: dict[str, Any] = field(default_factory=dict)
    aside: dict[str, LaidAside] = field(default_factory=dict)
    asked: int = 0
    tidied: int = 0

    def save(self, draft: Any) -> None:
        self.kept[draft.id] = draft

    def load_all(self) -> tuple[Any, ...]:
        return tuple(self.kept.values())

    def laid_aside(self) -> tuple[LaidAside, ...]:
        self.asked += 1
        return tuple(self.aside.values())

    def forget_what_stands(self) -> None:
        self.tidied += 1

    def let_go(self, draft_id: str, saved_at: datetime | None) -> None:
        assert self.aside.pop(draft_id).saved_at == saved_at

    def drop(self, draft_id: str) -> None:
        self.kept.pop(draft_id, None)


@dataclass
class FakePeople:
    """Knows 陈某某 and the puddles."""

    asked: list[tuple[str, str, str]] = field(default_factory=list)

    def match(self, name: str, phone: str, id_no: str) -> tuple[PersonMatch, ...]:
        self.asked.append((name, phone, id_no))
        return (CHEN,) if name.startswith(("陈", "c")) or phone.endswith("6621") else ()

    def age_band(self, person_id: str, day: date) -> str:
        return age_bands.band(date(1949, 12, 31), day) if person_id == CHEN.person_id else ""

    def history(self, person_id: str) -> PersonCard:
        return CHEN_CARD if person_id == "p1" else PersonCard(person_id, 0, ())

    def similar(self, subject: str) -> tuple[Similar, ...]:
        return SIMILAR if "积水" in subject else ()


@dataclass
class FakeToday:
    """Today, made of the visits."""

    visits: FakeVisits
    due: tuple[DueItem, ...] = ()

    def get(self) -> Today:
        entries = list(self.visits.entries.values())
        here = tuple(self.visits.get(each.id) for each in entries if each.state != "finished")
        done = tuple(row(each) for each in entries if each.state == "finished")
        return Today(
            title="2026 年 11 月 23 日 星期一 · 选民接待日",
            duty_text="09:00–11:30 · 在岗 王某某、李某代表，张某律师",
            open=here,
            open_counts=Counts(len(here), sum(each.headcount for each in here)),
            done=done,
            done_summary="4 批 4 人次 · 当场答复 2 · 拟交办 1 · 转调解 1",
            due=self.due,
            cases_due=3,
        )


def context(notices: RecordingNotices | None = None, tasks: type[FakeTasks] = FakeTasks) -> Context:
    """Return a context over a fresh station whose tasks run at once, unless others are given."""
    visits, live = FakeVisits(), Live()
    heard = notices or RecordingNotices(words="回访核对")
    services: Any = SimpleNamespace(
        visits=visits,
        drafts=FakeDrafts(),
        people=FakePeople(),
        today=FakeToday(visits),
        duty=SimpleNamespace(current=lambda: ON_DUTY),
        deputies=SimpleNamespace(list=lambda: DEPUTIES),
        station=SimpleNamespace(get=lambda: STATION, others=lambda: ()),
        backup=SimpleNamespace(last=lambda: datetime.fromisoformat("2026-11-23T08:30:00+08:00")),
        search=SimpleNamespace(recent=lambda: (), find=lambda _text: ()),
        attachments=SimpleNamespace(list=lambda _noun, _id: ()),
        camera=SimpleNamespace(news=lambda: ()),
        papers=SimpleNamespace(operation_card=lambda: b"%PDF-1.4"),
    )
    return Context(services, tasks(heard, live), heard, Navigator(), live)


FULL = VisitForm(
    name="陈某某",
    phone="13800006621",
    receiver_ids=("d1", "d2"),
    grid="仁和社区 · 03 网格",
    own_voter="yes",
    first_or_repeat="repeat",
    address="示例路 8 号",
    subject="小区雨后积水，下水道不通",
    category="urban/排水",
    statement="一下雨 2 号楼门口就积二十来公分水，老人出不了门。找物业三回了，物业说主管不归他们管。",
    request="查清管网归谁管，尽快疏通。",
    deputy_view="属小微急，建议快办。",
    outcome="proposed",
    level="town",
    unit="镇城建办",
    fast_track=True,
    notice_told=True,
    person_id="p1",
)
GROUP = VisitForm(name="赵某", headcount=3, subject="宅基地边界", receiver_ids=("d1",))
