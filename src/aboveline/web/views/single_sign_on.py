"""To the organisation's OpenID provider, and back from it."""

from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from aboveline.web.policies import public
from aboveline.web.single_sign_on import PROVIDER, SignedTokens


@public
@require_POST
def leave(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _view(OAuth2LoginView, request, provider_id)


@public
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _view(OAuth2CallbackView, request, provider_id)


def _view(kind: type[OAuth2LoginView] | type[OAuth2CallbackView], request: HttpRequest, given: str) -> HttpResponse:
    if not settings.OIDC_ISSUER or given != PROVIDER:
        raise Http404
    response: HttpResponse = kind.adapter_view(SignedTokens(request, PROVIDER))(request)
    return response
