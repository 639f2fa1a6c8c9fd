"""The statutes that may be cited: those shipped, and whatever full texts the station imported.

Shipped files are read when first asked for. A newer imported version of the same name takes the place of the
shipped one; a consultation keeps the words it was given, so what was already cited stays as it was.
"""

import tomllib
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Protocol

from desk import paths
from desk.errors import InputProblem
from desk.rules.statutes import Found, Law, Number, cite, from_content, newest, parse_number, search
from desk.text import _


class FullTexts(Protocol):
    """Where imported full texts lie; whoever stores them hands them in."""

    def laws(self) -> Sequence[Law]:
        """Return the imported statutes with their articles."""
        ...

    def text(self, law: str, article: str, version_on: date | None = None) -> str:
        """Return the words of an article by law code and article key, of one version or the newest, or ""."""
        ...


class Statutes:
    """Find and cite statutes."""

    def __init__(self, texts: FullTexts | None = None) -> None:
        self._texts = texts

    def laws(self) -> tuple[Law, ...]:
        """Return all statutes that may be cited, the newest version of each."""
        return newest(self._all())

    def versions(self, code: str) -> tuple[Law, ...]:
        """Return the versions of a statute that are here, the newest first; none for an unknown code."""
        # An import of the version that is shipped comes behind it and has its words.
        found = {law.version_on: law for law in self._all() if law.code == code}
        return tuple(found[day] for day in sorted(found, reverse=True))

    def find(self, words: str, limit: int = 20) -> tuple[Found, ...]:
        """Find articles by law, number and words (民法典 188; 高空抛物).

        Older versions are looked through only where the newest have nothing: an article may be gone by now.
        """
        every = self._all()
        latest = newest(every)
        older = (law for law in every if law not in latest)
        return search(latest, words, limit) or search(newest(older), words, limit)

    def cite(self, law: str, article: str) -> str:
        """Return the citation of an article by law code and number, with its version.

        Raises InputProblem for an unknown law or a number it does not have.
        """
        return cite(self.law(law), parse_number(article))

    def law(self, code: str) -> Law:
        """Return a statute by its code. Raises InputProblem if there is none."""
        for law in self.laws():
            if law.code == code:
                return law
        raise InputProblem(
            _("条文库里没有“{code}”。").format(code=code), way_out=_("请录入名称与条号。"), field="law"
        )

    def _all(self) -> tuple[Law, ...]:
        imported = () if self._texts is None else tuple(self._texts.laws())
        return (*shipped(), *imported)

    def text(self, law: str, number: Number, version_on: date | None = None) -> str:
        """Return the words of an article if the station imported them, else "".

        `version_on` is the day that names a version, as a citation has it; None for the newest.
        """
        return "" if self._texts is None else self._texts.text(law, number.key, version_on)


@lru_cache(maxsize=1)
def shipped() -> tuple[Law, ...]:
    """Return the shipped statutes, the largest first: the Civil Code is what is mostly meant."""
    folder = paths.resources() / "statutes"
    laws = (
        from_content(file.stem, tomllib.loads(file.read_text(encoding="utf-8")))
        for file in folder.glob("*.toml")
    )
    return tuple(sorted(laws, key=lambda law: (-law.total, law.code)))
