"""Which tables hold parts of a thing, and by which way: worked out from the models, so that none is ever left out.

A part of an inspection points to it, or to something that is a part of it.
"""

from collections.abc import Mapping
from functools import cache

from django.apps import apps
from django.db.models import ForeignKey, Model


@cache
def ways_to(whole: type[Model]) -> Mapping[type[Model], str]:
    """Every table of records with parts of `whole`, and the shortest lookup from it ("draw__inspection")."""
    found: dict[type[Model], str] = {whole: ""}
    while True:
        nearer = dict(found)
        for model in apps.get_app_config("records").get_models():
            ways = [_joined(key.name, nearer[key.related_model]) for key in _keys(model) if key.related_model in nearer]
            if ways and model not in found:
                found[model] = min(ways, key=len)
        if len(found) == len(nearer):
            return {model: way for model, way in found.items() if way}


def _keys(model: type[Model]) -> list[ForeignKey]:  # type: ignore[type-arg]
    return [field for field in model._meta.get_fields() if isinstance(field, ForeignKey)]


def _joined(name: str, rest: str) -> str:
    return f"{name}__{rest}" if rest else name
