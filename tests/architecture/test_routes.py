"""Every route has a policy, and the policy table has an answer for every action."""

from django.urls import URLPattern, URLResolver, get_resolver, path

from aboveline.records.models import Role
from aboveline.web import policies
from aboveline.web.policies import POLICY, Action, may, policy_of

#: the few pages that need no sign-in, named one by one
PUBLIC = {"sign-in", "set_language", "accessibility", "health"}


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
    assert set(POLICY) == asked_of_a_role
    assert all(roles <= set(Role) and roles for roles in POLICY.values())


def test_denied_by_default():
    assert not may(frozenset(Role), Action.PUBLIC)
    assert not may(frozenset(), Action.SEE_SERVICE)


def test_control_a_view_without_policy_is_named():
    assert unguarded([path("planted/", lambda request: None)]) == ["planted/"]
    assert unguarded([path("planted/", policies.signed_in(lambda request: None))]) == []
