"""条文库: search and cite, and the full texts a station imported, with preview and undo (this PC only)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Delete, delete, func, insert, literal_column, select
from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.errors import InputProblem
from desk.models.local import ImportBatch, StatuteText
from desk.models.store import Store
from desk.rules.statutes import Article, Found, Law, Number, parse_number, parse_place
from desk.services import audit
from desk.services.consultation.forms import CitationForm
from desk.services.consultation.law_texts import LawText, read_law
from desk.services.outcome import Done
from desk.services.session import Session
from desk.services.statutes import Statutes, shipped
from desk.text import _

_KIND: Final = "statute"
_OWN: Final = "own:"
_SUBJECT: Final = 24
_NEWEST_FIRST: Final[tuple[Any, ...]] = (
    ImportBatch.at.desc(),
    literal_column("import_batch.rowid").desc(),
)
_NOUN = frozenset({"statute"})


@dataclass(frozen=True)
class LawPlan:
    """What an import would take in: the law and version, how many articles, what they replace, doubts."""

    source: str
    law: str
    name: str
    version_on: date
    articles: tuple[tuple[str, str], ...]
    replaces: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class LawBatch:
    """One import that was made; it can be undone until another one of the same law and version came after."""

    id: str
    at: datetime | None
    name: str
    version_on: str
    articles: int
    undone: bool


@dataclass(frozen=True)
class Edition:
    """One version of an article: how the version is called, its words if they were imported, how it is cited.

    `is_newest`: nothing newer is here.
    """

    label: str
    words: str
    cited: CitationForm
    is_newest: bool


class ImportedTexts:
    """The imported articles as `Statutes` reads them: laws by name and version, and their words."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read: tuple[tuple[int, int], Sequence[Law]] | None = None

    def laws(self) -> Sequence[Law]:
        """Return the imported statutes with their words; a subject is the beginning of the words.

        A version that is shipped keeps its subjects, which are better, and gets the words. They are read
        again only after an import or its undoing: this is asked at every key of a search.
        """
        imports = select(func.count(), func.count(ImportBatch.undone_at)).where(ImportBatch.kind == _KIND)
        query = select(StatuteText.law, StatuteText.version, StatuteText.article, StatuteText.text)
        with self._store.read() as rows:
            made, undone = rows.execute(imports).one()
            if self._read is not None and self._read[0] == (made, undone):
                return self._read[1]
            found = rows.execute(query.order_by(StatuteText.row)).all()
        grouped: dict[tuple[str, str], list[Article]] = {}
        for law, version, article, text in found:
            subject = " ".join(text[: 3 * _SUBJECT].split())[:_SUBJECT]
            grouped.setdefault((law, version), []).append(Article(parse_number(article), subject, text))
        laws = tuple(_law(code, version, articles) for (code, version), articles in grouped.items())
        self._read = ((made, undone), laws)
        return laws

    def text(self, law: str, article: str, version_on: date | None = None) -> str:
        """Return the words of an article in one version, else in its newest, or ""."""
        query = (
            select(StatuteText.text)
            .where(StatuteText.law == law, StatuteText.article == article)
            .order_by(StatuteText.version.desc(), StatuteText.row.desc())
        )
        if version_on is not None:
            query = query.where(StatuteText.version == version_on.isoformat())
        with self._store.read() as rows:
            return rows.scalars(query.limit(1)).first() or ""


class Library:
    """Finds and cites, and takes full texts in."""

    def __init__(self, store: Store, session: Session, statutes: Statutes) -> None:
        self._store = store
        self._session = session
        self._statutes = statutes

    def find(self, words: str, limit: int = 20) -> tuple[Found, ...]:
        """Return articles by law, number and words: 民法典 188; 高空抛物."""
        return self._statutes.find(words, limit)

    def cite(self, law: str, article: str) -> str:
        """Return the citation by law code and number, with its version. Raises InputProblem."""
        return self._statutes.cite(law, article)

    def text(self, law: str, number: Number, version_on: date | None = None) -> str:
        """Return the words of an article as that version has them if they were imported, else "".

        A sheet written under an older version is read with the words it cited; None is the newest version.
        """
        return self._statutes.text(law, number, version_on)

    def editions(self, law: str, article: str) -> tuple[Edition, ...]:
        """Return the versions that have this article, the newest first, each ready to be cited as it is.

        Raises InputProblem for what is no number.
        """
        number = parse_number(article)
        every = self._statutes.versions(law)
        return tuple(
            Edition(
                label=each.version,
                words=self.text(law, number, each.version_on),
                cited=CitationForm(law, each.name, number.key, each.version_on),
                is_newest=each is every[0],
            )
            for each in every
            if each.holds(number)
        )

    def words_of(self, cited: Sequence[CitationForm]) -> tuple[str, ...]:
        """Return the imported words of what was cited, each in the version it was cited in; "" for none."""
        return tuple(self._words(each) for each in cited)

    def preview(self, path: Path, name: str = "", version_on: date | None = None) -> LawPlan:
        """Return what an import of this file would take in; nothing is written.

        Name and version come from the file if they are not given. Raises InputProblem for a file that cannot
        be used, and when name or version is missing (`field` says which).
        """
        self._session.require("write", "consultation")
        found = read_law(path)
        title = (name.strip() or found.name).strip("《》").strip()
        if not title:
            raise InputProblem(_("请填写法律、法规的名称。"), field="name")
        version = version_on or found.version_on
        if version is None:
            why = _("这部法修正或者修订过，文件里的施行日期是最初那一版的。")
            raise InputProblem(
                why if found.is_corrected else _("文件里没有写施行日期。"),
                way_out=_("请填写这一版的施行日期。"),
                field="version_on",
            )
        code = self._code(title)
        with self._store.read() as rows:
            standing = _count(rows, code, version)
        return LawPlan(
            source=path.name,
            law=code,
            name=title,
            version_on=version,
            articles=tuple((number.key, words) for number, words in found.articles),
            replaces=standing,
            notes=(*found.notes, *self._doubts(code, found)),
        )

    def take_in(self, plan: LawPlan) -> Done[LawBatch]:
        """Take the articles of a plan in, in place of those of the same law and version."""
        self._session.require("write", "consultation")
        version = plan.version_on.isoformat()
        with self._store.write(self._session.user.id) as rows:
            old = _standing(rows, plan.law, version)
            rows.execute(_delete(plan.law, version))
            batch = ImportBatch(
                kind=_KIND,
                at=clock.now(),
                user_id=self._session.user.id,
                source=plan.source,
                counts={"articles": len(plan.articles)},
                changes={"law": plan.law, "name": plan.name, "version": version, "before": old},
            )
            rows.add(batch)
            _insert(rows, plan.law, version, plan.articles)
            audit.append(rows, "import", user_id=self._session.user.id, noun=_KIND, target_id=batch.batch_id)
            shown = _batch(batch)
        return Done(shown, _NOUN)

    def batches(self) -> tuple[LawBatch, ...]:
        """Return the imports made on this PC, the newest first."""
        query = select(ImportBatch).where(ImportBatch.kind == _KIND).order_by(*_NEWEST_FIRST)
        with self._store.read() as rows:
            return tuple(_batch(row) for row in rows.scalars(query))

    def undo(self, batch_id: str) -> Done[LawBatch]:
        """Take an import back: what it replaced stands again. What was cited keeps its words.

        Raises InputProblem if it was undone before, or the same version was imported again since.
        """
        self._session.require("write", "consultation")
        with self._store.write(self._session.user.id) as rows:
            batch = rows.get(ImportBatch, batch_id)
            if batch is None or batch.kind != _KIND or batch.undone_at is not None:
                raise InputProblem(_("这次导入已经撤销。"), field="batch")
            law, version = batch.changes["law"], batch.changes["version"]
            if _newest_of(rows, law, version) != batch_id:
                raise InputProblem(
                    _("这一版后来又导入过。"), way_out=_("请先撤销后来的那一次。"), field="batch"
                )
            rows.execute(_delete(law, version))
            _insert(rows, law, version, [(number, words) for number, words in batch.changes["before"]])
            batch.undone_at = clock.now()
            audit.append(rows, "import_undo", user_id=self._session.user.id, noun=_KIND, target_id=batch_id)
            shown = _batch(batch)
        return Done(shown, _NOUN)

    def _words(self, cited: CitationForm) -> str:
        place = parse_place(cited.article) if cited.law and cited.article else None
        return self.text(cited.law, place.number, cited.version_on) if place is not None else ""

    def _code(self, title: str) -> str:
        """Return the code of a shipped law of this name, else one of the station's own."""
        for law in self._statutes.laws():
            if title in (law.name, law.short):
                return law.code
        return f"{_OWN}{title}"

    def _doubts(self, code: str, found: LawText) -> tuple[str, ...]:
        """Return what does not fit to the law that is shipped under this name."""
        shipped = next((law for law in self._statutes.laws() if law.code == code), None)
        if shipped is None or code.startswith(_OWN):
            return ()
        last = found.articles[-1][0].main
        if last == shipped.total:
            return ()
        return (
            _("最后一条是第 {last} 条，条文库里这部法共 {total} 条，请核对是不是同一版。").format(
                last=last, total=shipped.total
            ),
        )


def _law(code: str, version: str, articles: list[Article]) -> Law:
    day = date.fromisoformat(version)
    older = next((law for law in shipped() if law.code == code), None)
    if older is not None and older.version_on == day:
        return replace(older, articles=_worded(older, articles))
    name = older.name if older is not None else code.removeprefix(_OWN)
    short = older.short if older is not None else name
    organ = older.organ if older is not None else ""
    ordered = tuple(sorted(articles, key=lambda article: article.number))
    return Law(code, name, short, organ, day, day, ordered[-1].number.main, ordered)


def _worded(law: Law, imported: list[Article]) -> tuple[Article, ...]:
    """Return the articles of a shipped law with the words imported for it, its own subjects kept."""
    merged = {article.number: article for article in imported if article.number.main <= law.total}
    for own in law.articles:
        merged[own.number] = replace(own, words=merged[own.number].words if own.number in merged else "")
    return tuple(merged[number] for number in sorted(merged))


def _count(rows: Rows, law: str, version: date) -> int:
    query = select(func.count()).select_from(StatuteText)
    return rows.scalar(query.where(StatuteText.law == law, StatuteText.version == version.isoformat())) or 0


def _standing(rows: Rows, law: str, version: str) -> list[list[str]]:
    query = select(StatuteText.article, StatuteText.text).where(
        StatuteText.law == law, StatuteText.version == version
    )
    return [[article, words] for article, words in rows.execute(query.order_by(StatuteText.row))]


def _delete(law: str, version: str) -> Delete:
    return delete(StatuteText).where(StatuteText.law == law, StatuteText.version == version)


def _insert(rows: Rows, law: str, version: str, articles: Sequence[tuple[str, str]]) -> None:
    values = [
        {"law": law, "article": number, "version": version, "text": words} for number, words in articles
    ]
    if values:
        rows.execute(insert(StatuteText), values)


def _newest_of(rows: Rows, law: str, version: str) -> str:
    """Return the last import of this law and version that stands."""
    query = (
        select(ImportBatch)
        .where(ImportBatch.kind == _KIND, ImportBatch.undone_at.is_(None))
        .order_by(*_NEWEST_FIRST)
    )
    for batch in rows.scalars(query):
        if (batch.changes["law"], batch.changes["version"]) == (law, version):
            return batch.batch_id
    return ""


def _batch(row: ImportBatch) -> LawBatch:
    return LawBatch(
        id=row.batch_id,
        at=row.at,
        name=row.changes["name"],
        version_on=row.changes["version"],
        articles=row.counts["articles"],
        undone=row.undone_at is not None,
    )
