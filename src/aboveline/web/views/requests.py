"""The request as a guarded view gets it."""

from django.http import HttpRequest

from aboveline.records.models import Role, User


class SignedInRequest(HttpRequest):
    """A request whose policy let it through: somebody signed in, with the roles they hold on the thing in hand."""

    user: User
    roles: frozenset[Role]
