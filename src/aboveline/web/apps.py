from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "aboveline.web"
    label = "web"

    def ready(self) -> None:
        """Make a template show the domain's sentences in the reader's language.

        Where a page puts one into a text of its own it says `said`; the walk over all pages finds who forgot.
        Single sign-on is by our own adapter on the way out as on the way back.
        """
        from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider

        from aboveline.domain.sentences import Sentence
        from aboveline.web.presenters.wording import spoken
        from aboveline.web.single_sign_on import SignedTokens

        OpenIDConnectProvider.oauth2_adapter_class = SignedTokens
        Sentence.__html__ = spoken  # type: ignore[attr-defined]
