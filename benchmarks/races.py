"""Two people who save the same answer at the same moment, and saves sent again: one winner each, every loser told.

    python -m benchmarks.races       on SQLite; on PostgreSQL where DATABASE_URL names an empty database

2,000 pairs race for an answer on the version both saw, over HTTP to the real server. Then 2,000 saves are each sent
four times with one key: twice at once, once more as if the answer had been lost, and all again at the end as if it
were the next day. Every fiftieth key comes back with another body besides.
"""

import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path
from threading import Barrier
from typing import Any

from benchmarks._served import Person, Served

PAIRS, RETRIED = 2000, 2000
Answer = tuple[int, dict[str, Any]]


def main(pairs: int = PAIRS, retried: int = RETRIED) -> int:
    with tempfile.TemporaryDirectory() as folder, Served(Path(folder), cases=1 + max(pairs, retried) // 80) as served:
        places = list(product(served.world["addresses"], served.world["questions"][:80]))[:pairs]
        with ThreadPoolExecutor(2) as pool:
            wrong = raced(served, pool, places)
            before = served.read()["saves"]
            wrong += sent_again(served, pool, places[:retried])
        stored = served.read()
    wrong += ["the chain is broken: " + stored["chain"]] if stored["chain"] else []
    wrong += [f"{a[0]} {a[1]} is at version {a[2]}" for a in stored["answers"] if a[2] != 2][:5]
    wrong += [f"{before} saves on record after {pairs} races"] if before != pairs else []
    wrong += (
        [f"{stored['saves']} saves on record at the end"] if stored["saves"] != pairs + len(places[:retried]) else []
    )
    print(f"{stored['database']}: {pairs} racing pairs, {retried} saves sent four times; wrong: {len(wrong)}")
    print("\n".join(wrong[:10]))
    return int(bool(wrong))


def at_once(pool: ThreadPoolExecutor, *acts: Callable[[], Answer]) -> list[Answer]:
    together = Barrier(len(acts))

    def run(act: Callable[[], Answer]) -> Answer:
        together.wait()
        return act()

    return [one.result() for one in [pool.submit(run, act) for act in acts]]


def raced(served: Served, pool: ThreadPoolExecutor, places: Sequence[tuple[str, str]]) -> list[str]:
    """What went wrong in any race: not one winner, or a loser that was not told both values."""
    wrong, people = [], [served.person(0), served.person(1)]
    for number, (address, question) in enumerate(places):

        def save(who: int, address: str = address, question: str = question, number: int = number) -> Answer:
            return people[who].save(address, question, f"of {who}", f"race-{number}-{who}")

        answers = at_once(pool, lambda save=save: save(0), lambda save=save: save(1))  # type: ignore[misc]
        winner = next((who for who, (status, _) in enumerate(answers) if status == 200), None)
        if winner is None or not told(answers[1 - winner], f"of {1 - winner}", f"of {winner}"):
            wrong.append(f"{address} {question}: {answers}")
    return wrong


def told(answer: Answer, yours: str, theirs: str) -> bool:
    status, said = answer
    values = [(one["yours"]["note"], one["theirs"]["note"], bool(one["author"])) for one in said.get("conflicts", ())]
    return status == 409 and said["ok"] is False and values == [(yours, theirs, True)]


def sent_again(served: Served, pool: ThreadPoolExecutor, places: Sequence[tuple[str, str]]) -> list[str]:
    """What went wrong where one key came four times; `seen` is learnt as a page learns it, by asking anew."""
    wrong, people = [], [served.person(0), served.person(0)]
    seen = {place: newest(people[0], number, *place) for number, place in enumerate(places)}
    first: list[Answer] = []
    for number, place in enumerate(places):

        def save(who: int, note: str = "again", place: tuple[str, str] = place, number: int = number) -> Answer:
            return people[who].save(*place, note, f"again-{number}", seen[place])

        answers = [*at_once(pool, lambda save=save: save(0), lambda save=save: save(1)), save(0)]  # type: ignore[misc]
        first.append(answers[0])
        if answers[0][0] != 200 or any(answer != answers[0] for answer in answers):
            wrong.append(f"{place}: {answers}")
        if number % 50 == 0 and save(1, "another body")[0] != 422:
            wrong.append(f"{place}: a key with another body was not refused")
    for number, place in enumerate(places):
        status, said = people[0].save(*place, "again", f"again-{number}", seen[place])
        if (status, said.get("versions")) != (200, first[number][1]["versions"]):
            wrong.append(f"{place} at the end: {status} {said}")
    return wrong


def newest(person: Person, number: int, address: str, question: str) -> str:
    """The token of what is stored, from the conflict that a save on nothing seen meets."""
    _, said = person.save(address, question, "look", f"look-{number}")
    return str(said["conflicts"][0]["seen"])


if __name__ == "__main__":
    sys.exit(main())
