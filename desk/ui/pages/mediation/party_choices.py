"""The parties of a case as a list to choose from, two of one name told apart."""

from collections.abc import Sequence

from desk.rules.mediation_parties import told_apart
from desk.services.mediation.people_values import Choice, PartyView


def party_choices(parties: Sequence[PartyView]) -> list[Choice]:
    """Return id and words of each party: 王某某, or 被申请人王某某 where another has the same name."""
    words = told_apart([(each.side, each.name) for each in parties])
    return [Choice(each.id, word) for each, word in zip(parties, words, strict=True)]
