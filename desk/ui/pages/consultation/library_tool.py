"""条文库导入: a full text from a file, shown before it is taken in, and taken back if it was wrong."""

from pathlib import Path

from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QSizePolicy, QWidget

from desk.errors import InputProblem, Problem
from desk.rules.statutes import parse_number
from desk.services.consultation.library import LawBatch, LawPlan
from desk.text import _
from desk.ui.context import Context
from desk.ui.parts.boxes import label, row, swap
from desk.ui.parts.card import Card
from desk.ui.parts.day_field import DayField, day_problem
from desk.ui.parts.empty import EmptyState
from desk.ui.parts.fields import LineField
from desk.ui.parts.form_row import FormRow
from desk.ui.parts.headed_rows import small_button
from desk.ui.parts.key_hint import KeyButton

_SHOWN = 40


class LibraryTool(Card):
    """Choose a file, look at what was understood, take it in; earlier imports below."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("条文库导入"), parent=parent)
        self._context = context
        self._path: Path | None = None
        self._plan: LawPlan | None = None
        self._asked = 0
        self.choose = KeyButton(_("选择文件…"))
        self.law = LineField(_("法律、法规名称"), limit=80, hint=_("文件里有就不用填"))
        self.version = DayField(_("施行日期"))
        self.look = KeyButton(_("预览"))
        self.take = KeyButton(_("导入"), kind="main")
        self._about = label("", "strong", wrap=True)
        self._notes = label("", "problem", wrap=True)
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setAccessibleName(_("预览"))
        self.preview.setTabChangesFocus(True)
        self._batches = QWidget()
        self._empty = EmptyState(
            _("还没有导入过全文"), _("不导入也能引用：随机带有常用法律的名称、条号和版本。")
        )
        name = FormRow(_("法律、法规名称"), self.law)
        version = FormRow(_("施行日期"), self.version, check=day_problem)
        self._rows = {"name": name, "version_on": version}
        fields = row(gap=10)
        fields.addWidget(name, 3)
        fields.addWidget(version, 1)
        for each in (name, version):
            # The room below is left to the preview, or stays below everything.
            each.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.add(
            label(
                _("文本文件每条以“第×条”开头；表格要有“条号”和“内容”两栏。只存在本机。"), "label", wrap=True
            )
        )
        self.add(fields)
        self.add(row(self.choose, self.look, self.take, None))
        self.add(self._about)
        self.add(self._notes)
        self.add(self.preview, 1)
        self.add(self._batches)
        self.add(self._empty)
        # Without a preview the rest stays at the top.
        self.body.addStretch()
        self.choose.clicked.connect(self._on_choose)
        self.look.clicked.connect(self._read)
        self.take.clicked.connect(self._on_take)
        # What was previewed is not what would be taken in once name or day are others.
        for field in (self.law, self.version):
            field.textEdited.connect(self._on_edited)
        self.setFocusProxy(self.choose)
        self._show_plan(None)

    def load(self) -> None:
        """Ask for the imports made."""
        library = self._context.services.consultation.library
        self._context.tasks.run(library.batches, done=self._show_batches, owner=self)

    def _on_choose(self) -> None:
        pattern = _("文本和表格 (*.txt *.csv *.xlsx *.xls);;所有文件 (*)")
        self._context.notices.choose_file(_("选择法律、法规的全文"), pattern, self._on_path)

    def _on_path(self, path: Path) -> None:
        self._path = path
        self._read()

    def _on_edited(self, _text: str) -> None:
        self._asked += 1
        self._show_plan(None)

    def _read(self) -> None:
        path, library = self._path, self._context.services.consultation.library
        self._asked += 1
        self._show_plan(None)
        if path is None:
            return
        if self._rows["version_on"].problem():
            self.version.setFocus()
            return
        name, version, asked = self.law.value(), self.version.day(), self._asked
        self._context.tasks.run(
            lambda: library.preview(path, name, version),
            done=lambda plan: self._on_plan(plan, asked),
            failed=lambda problem: self._on_problem(problem, asked),
            owner=self,
            lane="free",
        )

    def _on_plan(self, plan: LawPlan, asked: int) -> None:
        if asked == self._asked:
            self._show_plan(plan)

    def _on_problem(self, problem: Problem, asked: int) -> None:
        if asked != self._asked:
            return
        if isinstance(problem, InputProblem) and problem.field in self._rows:
            self._rows[problem.field].set_problem(problem.sentence)
            self._rows[problem.field].field.setFocus()
        self._context.notices.fail(problem)

    def _show_plan(self, plan: LawPlan | None) -> None:
        self._plan = plan
        self.take.setEnabled(plan is not None)
        self.look.setEnabled(self._path is not None)
        self._about.setVisible(plan is not None)
        self.preview.setVisible(plan is not None)
        self._notes.setVisible(plan is not None and bool(plan.notes))
        if plan is None:
            return
        for each in self._rows.values():
            each.set_problem("")
        words = _("《{name}》{day} 施行，共 {n} 条。").format(
            name=plan.name, day=plan.version_on, n=len(plan.articles)
        )
        if plan.replaces:
            words += _("将替换本机已有的 {n} 条。").format(n=plan.replaces)
        self._about.setText(words)
        self._notes.setText("\n".join(plan.notes))
        shown = [f"{parse_number(number)}　{text}" for number, text in plan.articles[:_SHOWN]]
        self.preview.setPlainText("\n".join(shown))

    def _on_take(self) -> None:
        plan, library = self._plan, self._context.services.consultation.library
        if plan is not None:
            self._context.tasks.run(
                lambda: library.take_in(plan), done=self._on_changed, owner=self, lane="write"
            )

    def _on_changed(self, _done: object) -> None:
        self._path = None
        self.law.clear()
        self.version.clear()
        self._show_plan(None)
        self.load()

    def _show_batches(self, batches: tuple[LawBatch, ...]) -> None:
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        for at, each in enumerate(batches):
            when = f"{each.at:%Y-%m-%d %H:%M}" if each.at is not None else ""
            words = _("{when}　《{name}》{day} 施行，{n} 条").format(
                when=when, name=each.name, day=each.version_on, n=each.articles
            )
            grid.addWidget(label(words, wrap=True), at, 0)
            if each.undone:
                grid.addWidget(label(_("已撤销"), "label"), at, 1)
                continue
            undo = small_button(_("撤销"), _("撤销 {name}").format(name=each.name))
            undo.clicked.connect(lambda _on=False, batch_id=each.id: self._on_undo(batch_id))
            grid.addWidget(undo, at, 1)
        self._batches = swap(self.body, self._batches, fresh)
        fresh.show()
        self._empty.setVisible(not batches)

    def _on_undo(self, batch_id: str) -> None:
        library = self._context.services.consultation.library
        self._context.tasks.run(
            lambda: library.undo(batch_id), done=self._on_changed, owner=self, lane="write"
        )
