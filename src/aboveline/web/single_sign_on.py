"""Single sign-on through an organisation's OpenID provider, where one is configured."""

from typing import Any

from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

PROVIDER = "organisation"


def offered() -> str:
    """What the provider is called on the sign-in page; empty where there is none."""
    return settings.OIDC_NAME if settings.OIDC_ISSUER else ""


class SignedTokens(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """The library's adapter, which trusts the connection; here the token's signature is looked at as well.

    The provider sends people back to the configured address, whatever a request says of itself.
    """

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        found: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return found

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return f"{settings.SITE_ADDRESS}{reverse('openid_connect_callback', args=[self.provider_id])}"
