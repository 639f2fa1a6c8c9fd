"""Short ways to take a file in and to see what is refused."""

import io
from datetime import date

import pytest
from PIL import Image

from desk.errors import InputProblem
from desk.rules import attachments as rules
from desk.services.attachments import intake
from desk.services.attachments.values import Prepared, Source
from desk.services.profile import load_default

LIMITS = rules.limits(load_default(), date(2026, 11, 23))


def prepare(source: Source, limits: rules.Limits = LIMITS) -> Prepared:
    """Take a file in, decoded in this process."""
    return intake.prepare(source, limits)


def refusal(source: Source, limits: rules.Limits = LIMITS) -> str:
    """Return the sentence of a refusal; it always has a field, and a way out unless nothing is to be done."""
    with pytest.raises(InputProblem) as caught:
        prepare(source, limits)
    assert caught.value.field == "attachment"
    assert caught.value.way_out
    return caught.value.sentence


def opened(ready: Prepared) -> Image.Image:
    """Return the kept picture."""
    return Image.open(io.BytesIO(ready.content))
