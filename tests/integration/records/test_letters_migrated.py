"""An installation from before letters were rows: what it kept of an alert's letters is a letter each."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from aboveline.records.actions.alerts import close_alert
from aboveline.records.models import AlertTold, Letter
from tests.alert_builders import an_alert
from tests.integration.records.world import a_world

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = [("records", "0017_answer_keys")]


def to(targets):
    executor = MigrationExecutor(connection)
    return executor.migrate(targets).apps


@pytest.fixture
def newest():
    """However the test ends, the next one finds every table."""
    targets = [key for key in MigrationExecutor(connection).loader.graph.leaf_nodes() if key[0] == "records"]
    yield targets
    to(targets)


def test_sent_waiting_and_no_longer_needed(newest):
    world = a_world()
    sent, waits, closed = (an_alert(world.case, by=world.by) for _ in range(3))
    close_alert(alert=closed, outcome="Safe", expected_version=1, by=world.by)
    moment = timezone.now() - timedelta(days=1)
    old = to(BEFORE).get_model("records", "AlertTold")
    old.objects.filter(alert_id=sent.pk).update(tried=2, sent_at=moment)
    old.objects.filter(alert_id=waits.pk).update(tried=5)
    to(newest)
    found = {one.told.alert_id: one for one in Letter.objects.select_related("told")}
    assert len(found) == AlertTold.objects.count() == 3
    assert (found[sent.pk].state, found[sent.pk].settled_at, found[sent.pk].tried) == ("sent", moment, 2)
    assert (found[waits.pk].state, found[waits.pk].settled_at, found[waits.pk].tried) == ("waits", None, 5)
    assert found[waits.pk].next_try_at <= timezone.now()
    assert found[closed.pk].state == "not_needed"
    assert {one.inspection_id for one in found.values()} == {world.drawn.pk}
    assert [one.to for one in found.values()] == [one.email for one in AlertTold.objects.order_by("-id")]
