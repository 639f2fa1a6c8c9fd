"""What a thing may be to its record: the kinds to choose from, and of each what it is exactly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desk.rules.attachments import SLOTS
from desk.services.attachments.values import Attachment

Choices = Sequence[tuple[str, str]]
"""(code, words) to choose from."""


@dataclass(frozen=True)
class Kinds:
    """`slots` are the kinds, without any those every record has; `filings` for each what a thing of it may be
    exactly: which paper it is the signed pages of, or whose it is."""

    slots: Choices = ()
    filings: Mapping[str, Choices] = field(default_factory=dict)

    def offered(self) -> list[tuple[str, str]]:
        """Return the kinds to choose from."""
        return list(self.slots or SLOTS.items())

    def words(self, attachment: Attachment) -> str:
        """Return what a thing is: the paper it is filed to, else its kind."""
        paper = dict(self.filings.get(attachment.slot, ())).get(attachment.party_id, "")
        return paper or dict(self.slots).get(attachment.slot, attachment.slot_label)

    def moved_to(self, slot: str, party_id: str) -> str:
        """Return what a thing filed to `party_id` is exactly once it is of another kind.

        What it was there is nothing here, unless here it may be the same; one paper leaves no choice.
        """
        codes = [code for code, _words in self.filings.get(slot, ())]
        if len(codes) == 1:
            return codes[0]
        return party_id if party_id in codes or not self.filings else ""
