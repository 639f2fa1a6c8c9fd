"""What is worked out beside the form while it is filled in: limitation, legal aid, statutes to cite."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from desk.errors import Problem
from desk.services.consultation.advice import days_left
from desk.services.consultation.forms import CitationForm, ConsultationForm
from desk.services.consultation.values import AidView, HintView
from desk.ui.context import Context
from desk.ui.pages.consultation.sheet_view import SheetView

_LOOK_MS = 250


class Beside(QObject):
    """Asks a moment after the form changed, and shows the answers in the cards. `quiet` while it paints."""

    def __init__(self, context: Context, view: SheetView, parent: QObject) -> None:
        super().__init__(parent)
        self.quiet = False
        self._doubted = False
        self._wrong_day = ""
        self._context = context
        self._view = view
        self._timer = QTimer(self)
        self._timer.setObjectName("hints")
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look_up)
        # In view or not: days are counted here, and nobody may type for a long time.
        context.live.day_began.connect(lambda _day: self.look_up())
        view.words.basis.add.clicked.connect(lambda: view.side.show_statutes(on=True))
        view.side.aid.asked.connect(self.look_up)
        cite = view.side.cite
        cite.typed.connect(self._on_statute_typed)
        cite.looked_at.connect(self._on_looked_at)
        cite.cited.connect(self._on_cited)
        cite.left.connect(self._on_cited_enough)

    def start(self, form: ConsultationForm) -> None:
        """Begin with the form just shown; what the one before answered about aid is not theirs."""
        self._view.side.aid.forget()
        self.look_up()
        self._word(form.citations)

    def mind(self) -> None:
        """Look up again in a moment."""
        self._timer.start()

    def stop(self) -> None:
        """Look up no more."""
        self._timer.stop()

    def look_up(self) -> None:
        """Compute limitation and legal aid from the form as it stands."""
        form, advice = self._view.values(), self._context.services.consultation.advice
        asked = self._view.side.aid.answers()
        self._show_doubts(advice.doubts(form))

        def work() -> tuple[tuple[HintView, ...], AidView]:
            hints = advice.hints(form)
            return hints, advice.aid(form, asked, days_left(hints))

        self._context.tasks.run(
            work, done=self._on_advice, failed=self._on_wrong_day, owner=self, topic="advice"
        )

    def _show_doubts(self, doubts: tuple[str, ...]) -> None:
        """Say below the other side that one person seems to stand on both."""
        if doubts or self._doubted:
            self._view.binder.fields["opponent"].say("".join(doubts))
        self._doubted = bool(doubts)

    def _on_advice(self, found: tuple[tuple[HintView, ...], AidView]) -> None:
        self._say_day("", "")
        hints, aid = found
        self._view.side.hints.show_hints(hints)
        self._view.side.aid.show_aid(aid)
        matters = self._context.services.consultation.advice.likely_aid(self._view.values())
        self.quiet = True
        self._view.side.aid.set_matters(matters)
        self.quiet = False

    def _on_wrong_day(self, problem: Problem) -> None:
        self._view.side.hints.show_hints((), problem.sentence)
        self._say_day(problem.field, problem.sentence)

    def _say_day(self, name: str, sentence: str) -> None:
        """Say beside a day why it cannot be: the card with the hints may be out of view."""
        fields = self._view.binder.fields
        if self._wrong_day in fields and self._wrong_day != name and not fields[self._wrong_day].fault():
            fields[self._wrong_day].say("")
        self._wrong_day = name
        if name in fields:
            fields[name].say(sentence)

    def _on_statute_typed(self, words: str) -> None:
        library = self._context.services.consultation.library
        self._context.tasks.run(
            lambda: library.find(words) if words.strip() else (),
            done=self._view.side.cite.show_found,
            owner=self,
            topic="statutes",
        )

    def _on_looked_at(self, cited: CitationForm) -> None:
        """Show the versions of an article, with the words of each that was imported."""
        library, show = self._context.services.consultation.library, self._view.side.cite.show_editions
        self._context.tasks.run(
            lambda: library.editions(cited.law, cited.article),
            done=lambda editions: show(cited, editions),
            owner=self,
            topic="editions",
        )

    def _on_cited(self, cited: CitationForm) -> None:
        def take() -> None:
            self._view.words.basis.cite(cited)
            self._view.side.cite.taken(cited)

        self._word((cited,), then=take)

    def _word(self, cited: tuple[CitationForm, ...], then: Callable[[], None] = lambda: None) -> None:
        """Find the words of citations, then go on; one that names nothing is said instead."""
        text, basis = self._context.services.consultation.advice.citation_text, self._view.words.basis

        def show(words: dict[CitationForm, str]) -> None:
            basis.show_words(words)
            then()

        self._context.tasks.run(
            lambda: {each: text(each) for each in cited}, done=show, owner=self, topic="words"
        )

    def _on_cited_enough(self) -> None:
        self._view.side.show_statutes(on=False)
        self._view.words.basis.add.setFocus()
