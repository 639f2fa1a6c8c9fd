"""`_()` marks every sentence a user sees. Message ids are the Chinese sentences; there is no second language."""


def _(sentence: str) -> str:
    """Return the sentence as shown to people."""
    return sentence
