"""Reads what the demonstration is made from: people, inspections, a week going on, and the library of notes."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib import resources

from pydantic import BaseModel, ConfigDict

from aboveline.exchange.yaml_reader import read_yaml


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PlannedService(_Shape):
    slug: str
    name: str
    area: str
    region: str


class PlannedPerson(_Shape):
    role: str
    email: str
    name: str
    staff_code: str = ""


class PlannedFirstPlan(_Shape):
    outcome: str
    note: str


class PlannedReplacement(_Shape):
    """The case to take out of the sample, by its position (from 1)."""

    position: int
    reason: str
    note: str


class PlannedInspection(_Shape):
    """What one inspection must come to.

    `listed` is the length of the case list and `sample` the cases drawn. `themes` are whole percents to reach exactly
    and `criteria` those to come near. `under_classified` is a share of cases; `leanings` are in logits by kind of work;
    `orders` are relative weights; `record_concerns` are percent of cases.
    """

    id: str
    kind: str
    held_on: date
    published_on: date | None = None
    seed: str
    listed: int
    sample: int
    themes: Mapping[str, int]
    criteria: Mapping[str, int]
    under_classified: float
    leanings: Mapping[str, float]
    orders: Mapping[str, int]
    record_concerns: Mapping[str, int]
    first_plan: PlannedFirstPlan | None = None
    replaced: PlannedReplacement | None = None


class PlannedProgramme(_Shape):
    slug: str
    name: str


class PlannedMeeting(_Shape):
    present: str
    notes: str


class PlannedWeek(_Shape):
    """A fieldwork week that begins on the Monday of the day of loading; `request` is the service's, not answered yet.

    `otherwise_on` is the Monday where that week is outside the calendar of working days.
    """

    programme: PlannedProgramme
    service: PlannedService
    otherwise_on: date
    people: tuple[PlannedPerson, ...]
    seed: str
    listed: int
    sample: int
    earlier_held_on_years_before: int
    orders: Mapping[str, int]
    recommendations: tuple[str, ...]
    meeting: PlannedMeeting
    request: PlannedReplacement

    def listing(self, held_on: date) -> PlannedInspection:
        """What the case list is made up from."""
        return PlannedInspection(
            id="week", kind="reinspection", held_on=held_on, seed=self.seed, listed=self.listed, sample=self.sample,
            themes={}, criteria={}, under_classified=0.0, leanings={}, orders=self.orders, record_concerns={},
        )  # fmt: skip


class DemonstrationPlan(_Shape):
    service: PlannedService
    people: tuple[PlannedPerson, ...]
    inspections: tuple[PlannedInspection, ...]
    week: PlannedWeek | None = None


class WrittenNote(_Shape):
    """What an assessor wrote of insufficient work, and what would have made it sufficient."""

    note: str
    improvement: str


class NoteTopic(_Shape):
    """Notes that fit any question of one kind of work."""

    questions: tuple[str, ...]
    notes: tuple[WrittenNote, ...]


class NoteLibrary(_Shape):
    """Notes by question and by topic. `none_made` serves where the piece of work to be judged was never done."""

    insufficient: Mapping[str, tuple[WrittenNote, ...]]
    none_made: tuple[WrittenNote, ...]
    sufficient: Mapping[str, tuple[str, ...]]
    topics: Mapping[str, NoteTopic]

    def for_insufficient(self, question: str) -> tuple[WrittenNote, ...]:
        """The question's own notes, then those of its topics."""
        shared = (note for topic in self.topics.values() if question in topic.questions for note in topic.notes)
        return (*self.insufficient[question], *shared)


@lru_cache(maxsize=1)
def demonstration_plan() -> DemonstrationPlan:
    """Raises ProblemsFound or pydantic's ValidationError where the product's own file is broken."""
    return DemonstrationPlan.model_validate(_tree("inspections.yaml"))


@lru_cache(maxsize=1)
def note_library() -> NoteLibrary:
    """Raises as `demonstration_plan` does."""
    return NoteLibrary.model_validate(_tree("notes.yaml"))


def _tree(name: str) -> object:
    file = resources.files("aboveline") / "data" / "demonstration" / name
    return read_yaml(file.read_bytes(), file=name).expect().tree


def seed_report() -> str:
    """The committee report on the re-inspection, as its author would have it in the editor."""
    return (resources.files("aboveline") / "data" / "reports" / "sefton-2011.yaml").read_text(encoding="utf-8")
