"""What is seldom asked of a party: kind, sex, birth, papers, guardian, legal representative (§3.5)."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desk import clock
from desk.rules import identity, labels
from desk.services.mediation.forms import AgentForm, PartyForm
from desk.services.mediation.values import CaseFrame
from desk.text import _
from desk.ui.pages.mediation.fields import Fields, ticked
from desk.ui.pages.mediation.lines import Lines
from desk.ui.pages.mediation.people_lines import AgentLine, identity_doubt
from desk.ui.parts.bound import Bound
from desk.ui.parts.boxes import GAP, label
from desk.ui.parts.combo import Combo
from desk.ui.parts.flow import FlowLayout
from desk.ui.parts.form_row import FormRow

NATURAL = "natural_person"
_RESIDENT = {"", "resident_id"}
_ROWS = (
    ("kind", "sex", "ethnicity", "birth_date"),
    ("id_type", "id_no", "occupation", "alias"),
    ("legal_rep", "uscc"),
    ("guardian", "guardian_relation"),
)


class PartyMore(QWidget):
    """The fields beyond name, phone and address; what does not fit the kind of party is not shown.

    Signals:
        reveal_wanted: row id of an agent and `phone` or `id_no`, to be shown in clear.
    """

    reveal_wanted = Signal(str, str)

    def __init__(
        self, fields: Fields, frame: CaseFrame, parent: QWidget | None = None, *, reveals: bool = False
    ) -> None:
        """Args: `reveals`: what is starred of an agent can be asked for here."""
        super().__init__(parent)
        self._reveals = reveals
        self._fields = fields
        self._place = ""
        self._filled: tuple[date | None, str] = (None, identity.SEX_UNKNOWN)
        self._build(frame)
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(6)
        for line, names in enumerate(_ROWS):
            for at, name in enumerate(names):
                span = 4 // len(names)
                grid.addWidget(fields.row(name), line, at * span, 1, span)
        for at in range(4):
            grid.setColumnStretch(at, 1)
        ticks = QWidget()
        flow = FlowLayout(ticks, gap=14)
        for name, words in (
            ("minor", _("未成年人")),
            ("protected", _("不能完全辨认自己行为")),
            ("own_living", _("16 岁以上以自己劳动收入为主要生活来源")),
            ("representative", _("多人一方的代表人")),
        ):
            flow.addWidget(ticked(fields, name, words))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addLayout(grid)
        box.addWidget(ticks)
        box.addWidget(label(_("委托代理人"), "label"))
        box.addWidget(self._agents(frame))
        fields.edited.connect(self._on_edited)
        self._show()

    def number(self, place: str) -> None:
        """Name the fields of the agents after their party: 第 2 方第 1 名代理人姓名."""
        self._place = place
        for n, line in enumerate(self.agents.lines, start=1):
            if isinstance(line, AgentLine):
                line.of_party(place)
                line.number(n)

    def show_clear(self, row_id: str, field: str, clear: str) -> None:
        """Show the revealed number of an agent."""
        for line in self.agents.lines:
            if isinstance(line, AgentLine):
                line.show_clear(row_id, field, clear)

    def _build(self, frame: CaseFrame) -> None:
        fields, choices = self._fields, frame.choices
        kind = Combo([(each.code, each.label) for each in choices["party_kind"]])
        self._plain("kind", _("当事人类型"), kind)
        self._plain("sex", _("性别"), Combo(list(labels.SEX.items())))
        fields.text("ethnicity", _("民族"), limit=20)
        fields.day("birth_date", _("出生日期"))
        fields.pick("id_type", _("证件类型"), choices["id_type"])
        fields.text("id_no", _("证件号码"), limit=30, digits=True)
        fields.text("occupation", _("职业或职务"), limit=60)
        fields.text("alias", _("曾用名、别名"), limit=60)
        fields.text("legal_rep", _("法定代表人 / 负责人"), limit=60)
        fields.text("uscc", _("统一社会信用代码"), limit=18, digits=True)
        fields.text("guardian", _("监护人"), limit=60)
        fields.text("guardian_relation", _("与当事人的关系"), limit=30)

    def _agents(self, frame: CaseFrame) -> QWidget:
        lines: Lines[AgentForm] = Lines(self._make_agent(frame), AgentForm, _("＋ 代理人"))
        bound = Bound(lines.more, lines.value, lines.set_value, lines.set_problem)
        self._fields.other("agents", bound)
        self.agents = lines
        lines.touched.connect(lambda: self._fields.edited.emit("agents"))
        return lines

    def _make_agent(self, frame: CaseFrame) -> Callable[[AgentForm], QWidget]:
        def make(form: AgentForm) -> QWidget:
            made = AgentLine(form, frame, reveals=self._reveals)
            made.reveal_wanted.connect(self.reveal_wanted)
            made.of_party(self._place)
            return made

        return make

    def _plain(self, name: str, words: str, combo: Combo) -> None:
        row = FormRow(words, combo)
        combo.setAccessibleDescription(words)
        self._fields.combo(name, combo, row.set_problem)
        self._fields.keep(name, row)

    def _on_edited(self, name: str) -> None:
        if name == "id_no":
            typed = str(self._fields.fields["id_no"].read())
            self._fields.row("id_no").set_problem(identity_doubt(typed))
            self._fill_in(typed)
        if name in {"kind", "minor", "protected"}:
            self._show()

    def _fill_in(self, typed: str) -> None:
        """Show birth day and sex as the number tells them; what a person typed there stays."""
        fields = self._fields.fields
        told = identity.born_and_sex(typed, clock.today())
        if told[0] is None or fields["kind"].read() != NATURAL or fields["id_type"].read() not in _RESIDENT:
            return
        half_typed = dict(self._fields.unreadable())
        values = zip(("birth_date", "sex"), told, self._filled, (None, identity.SEX_UNKNOWN), strict=True)
        self._fields.paint_values(
            {
                name: value
                for name, value, before, nothing in values
                if name not in half_typed and fields[name].read() in {before, nothing}
            }
        )
        self._filled = told

    def _show(self) -> None:
        read = {name: bound.read() for name, bound in self._fields.fields.items()}
        natural = read["kind"] == NATURAL
        for name in ("sex", "ethnicity", "birth_date", "id_type", "id_no", "occupation", "alias"):
            self._fields.row(name).setVisible(natural)
        for name in ("legal_rep", "uscc"):
            self._fields.row(name).setVisible(not natural)
        guarded = natural and bool(read["minor"] or read["protected"])
        for name in ("guardian", "guardian_relation"):
            self._fields.row(name).setVisible(guarded)
        for name in ("minor", "protected", "own_living"):
            self._fields.fields[name].widget.setVisible(natural)


def beyond(form: PartyForm) -> bool:
    """Tell whether a party has anything written where it is folded away."""
    plain = PartyForm(
        id=form.id,
        side=form.side,
        person_id=form.person_id,
        name=form.name,
        phone=form.phone,
        address=form.address,
    )
    return form != plain
