"""Pages on a round of 600 cases under `cci-2009`, every question of every case answered.

    python -m benchmarks large_round

Each page is timed as the whole answer to a request, in processor time, so that a busy machine says the same: an
inspection's page just after a save (it scores again), the same page again, and home with every save on the trail.
"""

import os
import random
import sys
import tempfile
from collections.abc import Callable
from statistics import median
from time import process_time
from types import SimpleNamespace
from typing import Any

CASES, RUNS = 600, 5
#: milliseconds
FIGURES = {"inspection, just after a save": 500, "inspection": 150, "home": 500}


def main() -> int:
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"ABOVELINE_HOME": home, "DJANGO_SETTINGS_MODULE": "aboveline.config.settings.test"}
        from benchmarks import case_form

        case_form.start(home)
        world = case_form.made_world(CASES)
        _judge(world)
        found = _timed(world)
    print(f"{'':32}{'ms':>8}{'wanted':>8}")
    for name, wanted in FIGURES.items():
        print(f"{name:32}{found[name]:8.0f}{wanted:8}")
    return int(any(found[name] > wanted for name, wanted in FIGURES.items()))


def _judge(world: SimpleNamespace) -> None:
    from aboveline.records.actions.assessments import AnswerChange, import_answers

    chance = random.Random(1)
    for case in world.cases:
        given = [
            AnswerChange(q.id, chance.choice(("sufficient", "insufficient")), 0, note="seen")
            for q in world.framework.questions
        ]
        import_answers(case=case, answers=given, by=world.by)


def _timed(world: SimpleNamespace) -> dict[str, float]:
    from django.core.cache import cache
    from django.test import Client
    from django.urls import reverse

    client = Client()
    client.force_login(world.by)
    page = reverse("inspection", args=[world.inspection.pk])

    def after_a_save() -> None:
        cache.clear()  # a save changes the key that scores are kept under
        _got(client, page)

    pages = (after_a_save, lambda: _got(client, page), lambda: _got(client, "/"))
    return {name: _median(act) for name, act in zip(FIGURES, pages, strict=True)}


def _got(client: Any, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200, response.status_code


def _median(act: Callable[[], None]) -> float:
    """Milliseconds, after one run to warm up."""
    times = []
    for _run in range(RUNS + 1):
        before = process_time()
        act()
        times.append(1000 * (process_time() - before))
    return median(times[1:])


if __name__ == "__main__":
    sys.exit(main())
