"""A sign-in is on the audit trail; a failed one is not taken for one."""

import pytest
from django.test import Client
from django.urls import reverse

from aboveline.records.models import AuditEvent
from tests.records_builders import PASSWORD, a_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("password", "events"), [(PASSWORD, 1), ("wrong", 0)])
def test_a_sign_in(password, events):
    user = a_user()
    Client().post(reverse("sign-in"), {"username": user.email, "password": password})
    assert AuditEvent.objects.filter(verb="signed_in", actor=user).count() == events
