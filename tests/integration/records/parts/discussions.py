"""What is said about an answer, until it is resolved."""

from aboveline.records.actions.discussions import comment, note_discussion_read
from aboveline.records.models import Comment, Discussion
from aboveline.records.queries import discussions
from tests.integration.records.parts import Act, Edit
from tests.integration.records.world import World

QUESTION = "Q1.1.1"


def said(w: World, seen: int = 0, text: str = "Is this so?", did: Comment.Did = Comment.Did.SAID) -> Discussion:
    return comment(case=w.case, question=QUESTION, did=did, words=text, expected_version=seen, by=w.by)


def begun(w: World) -> Discussion:
    return discussions.discussion_on(w.case, QUESTION) or said(w)


def resolved(w: World) -> Discussion:
    return said(w, begun(w).version, "", Comment.Did.RESOLVED)


def said_after(w: World, seen: int, text: str) -> Discussion:
    begun(w)
    return said(w, seen, text)


OPENED = ("discussion.opened",)
ACTS = {
    "discussions.comment": Act(said, OPENED, {"question": QUESTION, "words": "Is this so?"}),
    "discussions.note_discussion_read": Act(
        lambda w: note_discussion_read(case=w.case, question=QUESTION, by=w.by), ("discussion.read",), reason=QUESTION
    ),
}
EDITS = {"Discussion": Edit("Discussion", said_after, begun)}
OF_INSPECTION = {
    "discussions.discussion_on": begun,
    "discussions.comments_of": lambda w: discussions.comments_of(begun(w)),
    "discussions.discussed_in": lambda w: begun(w) and discussions.discussed_in(w.case),
    "discussions.discussions_in": lambda w: begun(w) and discussions.discussions_in(w.drawn),
}
OF_SERVICE = {
    "discussions.discussions_waiting_for": lambda w: begun(w) and discussions.discussions_waiting_for(w.by),
}
