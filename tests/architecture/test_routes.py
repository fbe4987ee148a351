"""Every route has a policy, and the policy table has an answer for every action."""

from django.urls import URLPattern, URLResolver, get_resolver, path

from aboveline.domain.access import NOBODY, TABLE, Standing
from aboveline.domain.roles import Role
from aboveline.web import policies
from aboveline.web.policies import Action, may, policy_of

#: guards no route of one thing: set-up asks for it service by service
NOT_YET = {Action.SET_UP}
#: the few pages that need no sign-in, named one by one
PUBLIC = {
    "sign-in", "mfa_authenticate", "openid_connect_login", "openid_connect_callback", "forgotten-password",
    "new-password", "invitation", "published", "published-inspection", "published-version", "published-file",
    "set_language", "accessibility", "health", "ready",
}  # fmt: skip


def routes(patterns) -> list[URLPattern]:
    found = []
    for pattern in patterns:
        found += routes(pattern.url_patterns) if isinstance(pattern, URLResolver) else [pattern]
    return found


def unguarded(patterns) -> list[str]:
    return [str(p.pattern) for p in routes(patterns) if policy_of(p) is None]


def test_every_route_has_a_policy():
    patterns = get_resolver().url_patterns
    assert len(routes(patterns)) > 10
    assert unguarded(patterns) == []


def test_only_named_routes_are_public():
    public = {p.name for p in routes(get_resolver().url_patterns) if policy_of(p) is Action.PUBLIC}
    assert public <= PUBLIC


def test_every_action_has_a_row_and_every_row_somebody():
    asked_of_a_role = set(Action) - {Action.PUBLIC, Action.SIGNED_IN}
    assert {grant.action for grant in TABLE} == asked_of_a_role
    assert all(grant.roles and grant.run_by for grant in TABLE)


def test_every_action_of_the_table_guards_a_route():
    guarding = {policy_of(pattern) for pattern in routes(get_resolver().url_patterns)}
    assert {grant.action for grant in TABLE} - guarding <= NOT_YET


def test_denied_by_default():
    assert not may(Standing(frozenset(Role)), Action.PUBLIC)
    assert not may(NOBODY, Action.SEE_SERVICE)


def test_control_a_view_without_policy_is_named():
    assert unguarded([path("planted/", lambda request: None)]) == ["planted/"]
    assert unguarded([path("planted/", policies.signed_in(lambda request: None))]) == []
