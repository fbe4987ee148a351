"""The first person and service of an empty installation: all of it or nothing."""

import pytest

from aboveline.jobs.first_service import nobody_yet, open_first_service
from aboveline.records.models import AuditEvent, Role, Service, User
from aboveline.records.queries.people import roles_at
from tests.records_builders import a_user

pytestmark = pytest.mark.django_db
FIRST = {"email": "Sam@Example.org", "service": "Exampleshire & Wold YJS", "password": "long enough words"}


def test_it_is_empty_only_until_somebody_can_sign_in():
    assert nobody_yet()
    open_first_service(**FIRST)
    assert not nobody_yet()


def test_the_first_person_signs_in_and_may_do_all_a_first_audit_needs():
    service = open_first_service(**FIRST)
    user = User.objects.get()
    assert (user.email, user.name) == ("sam@example.org", "Sam")
    assert user.check_password("long enough words")
    assert roles_at(user, service) == {Role.QUALITY_MANAGER, Role.HEAD_OF_SERVICE}
    assert (service.name, service.area) == ("Exampleshire & Wold YJS", "Exampleshire & Wold YJS")


@pytest.mark.parametrize(
    ("name", "slug"), [("Exampleshire & Wold YJS", "exampleshire-wold-yjs"), ("!!!", "service"), ("a" * 80, "a" * 50)]
)
def test_a_service_has_an_address_whatever_it_is_called(name, slug):
    assert open_first_service(**FIRST | {"service": name}).slug == slug


def test_every_step_is_on_record_and_the_password_nowhere():
    open_first_service(**FIRST)
    assert list(AuditEvent.objects.values_list("verb", flat=True)) == [
        "user.added",
        "service.added",
        "role.given",
        "role.given",
    ]
    assert "long enough words" not in repr(list(User.objects.values()) + list(AuditEvent.objects.values()))


def test_an_address_that_is_taken_leaves_no_service_behind():
    a_user(email="sam@example.org")
    with pytest.raises(Exception, match="UNIQUE"):
        open_first_service(**FIRST)
    assert not Service.objects.exists()
