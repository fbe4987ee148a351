"""The trail, searched for one inspection and taken away."""

from aboveline.records.actions.reading import note_trail_downloaded
from aboveline.records.queries import trail
from tests.integration.records.parts import Act

ACTS = {
    "reading.note_trail_downloaded": Act(
        lambda w: note_trail_downloaded(on=w.drawn, by=w.by), ("trail.downloaded",)
    ),
}  # fmt: skip
OF_INSPECTION = {
    "trail.events_in": lambda w: trail.events_in(w.drawn),
    "trail.search_inspection": lambda w: trail.search_inspection(w.drawn, case=w.case.number),
    "trail.content_event": lambda w: trail.content_event(w.draw),
    "trail.verbs_in": lambda w: trail.verbs_in(w.drawn),
}
OF_SERVICE = {
    "trail.older_than": lambda w: trail.older_than(trail.events_at(w.service), trail.events_at(w.service)[0]),
}
