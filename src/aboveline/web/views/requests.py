"""The request as a guarded view gets it."""

from django.http import HttpRequest

from aboveline.domain.access import Standing
from aboveline.records.models import User


class SignedInRequest(HttpRequest):
    """A request whose policy let it through: somebody signed in, with what they are to the thing in hand."""

    user: User
    standing: Standing
