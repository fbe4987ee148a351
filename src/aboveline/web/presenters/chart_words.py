"""The words charts print of themselves, in the reader's language."""

from dataclasses import asdict

from aboveline.rendering.charts import ENGLISH, Words
from aboveline.web.presenters.wording import said


def chart_words(**own: str) -> Words:
    """Every chart on a page is drawn with these; `own` are words of that chart alone."""
    return Words(**{name: said(words) for name, words in asdict(ENGLISH).items()} | own)
