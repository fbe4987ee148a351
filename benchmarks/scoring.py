"""How long it takes to score one inspection: in the domain, and as the whole command.

    python -m benchmarks.scoring [--cases 62] [--repeats 30]

Judgements are random under the real framework `cci-2009`; times are the median and the slowest of the repeats. The last
line is the bare start of the interpreter with the command line library, which no change of ours can remove.
"""

import argparse
import csv
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from aboveline.domain.framework import Framework
from aboveline.domain.judgement import Answer, InspectionJudgements, Judgement
from aboveline.domain.scoring import score_inspection
from aboveline.jobs.frameworks import load_framework
from aboveline.jobs.scoring import JudgementFile, score_file

FRAMEWORK = "cci-2009"


def random_judgements(framework: Framework, cases: int, seed: int = 1) -> InspectionJudgements:
    chance = random.Random(seed)
    answers = [Answer.SUFFICIENT, Answer.INSUFFICIENT, Answer.NOT_APPLICABLE]
    return InspectionJudgements.of(
        Judgement(f"C{case:03}", question.id, chance.choices(answers, (6, 3, 0 if question.applies.always else 3))[0])
        for case in range(cases)
        for question in framework.questions
    )


def as_file(judgements: InspectionJudgements, path: Path) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["case", "question", "answer"])
        writer.writerows([j.case, j.question, str(j.answer)] for j in judgements.judgements)


def timed(what: str, act: Callable[[], object], repeats: int, target: float | None = None) -> bool:
    """Print the median and the slowest of the repeats in milliseconds; True where the median misses the target."""
    took = []
    for _ in range(repeats):
        start = time.perf_counter()
        act()
        took.append(1000 * (time.perf_counter() - start))
    wanted = f"target {target:g} ms" if target else ""
    print(
        f"{what:<44} {statistics.median(took):8.1f} ms   slowest {max(took):8.1f} ms   {wanted}",
        flush=True,
    )
    return target is not None and statistics.median(took) > target


def main(words: Sequence[str] = ()) -> int:
    parser = argparse.ArgumentParser(prog="scoring", description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=62)
    parser.add_argument("--repeats", type=int, default=30)
    asked = parser.parse_args(words)
    framework = load_framework(FRAMEWORK)
    judgements = random_judgements(framework, asked.cases)
    print(f"{asked.cases} cases x {len(framework.questions)} questions = {len(judgements.judgements)} judgements\n")
    missed = timed(
        "score in the domain",
        lambda: score_inspection(framework, judgements, caseload_size=3 * asked.cases),
        asked.repeats,
        20,
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "judgements.csv"
        as_file(judgements, path)
        file = JudgementFile(path.name, path.read_bytes(), 3 * asked.cases)
        timed("read the file and score", lambda: score_file(file, FRAMEWORK).expect(), asked.repeats)
        command = [sys.executable, "-c", "from aboveline.cli.app import main; main()", "score", str(path)]
        command += ["--framework", FRAMEWORK, "--format", "json"]
        missed |= timed("the whole command", lambda: _run(command), max(3, asked.repeats // 5), 1500)
    timed("  of which: interpreter and typer", lambda: _run([sys.executable, "-c", "import typer"]), 5)
    return int(missed)


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
