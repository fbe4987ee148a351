"""Draw a sample of a caseload and make the three files that record it; check a draw that someone else made."""

import csv
import io
import json
import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from aboveline import __version__
from aboveline.domain import draw_problems as p
from aboveline.domain.caseload import Caseload, CaseloadEntry, Eligibility, eligible, natural_as_at
from aboveline.domain.certificate import certify, verify_certificate
from aboveline.domain.framework import Framework
from aboveline.domain.problems import Checked, Problem
from aboveline.domain.sampling import Draw, Method, draw, wishes

CERTIFICATE = "certificate.json"
#: 5,000 references of 40 characters, each on a line of its own, take a tenth
CERTIFICATE_MB = 3
COLUMNS = ("case_ref", "order_type", "order_start", "order_end", "team", "case_manager")


@dataclass(frozen=True, slots=True)
class DrawnSample:
    """A draw with the frame it came from and its certificate (JSON values)."""

    drawn: Draw
    eligibility: Eligibility
    certificate: dict[str, object]

    def files(self) -> dict[str, bytes]:
        """sample.csv, reserves.csv and certificate.json; references as given."""
        by_ref = {e.case_ref: e for e in self.eligibility.entries}
        return {
            "sample.csv": _csv(by_ref[ref] for ref in self.drawn.case_refs),
            "reserves.csv": _csv(by_ref[ref] for ref in self.drawn.reserves),
            CERTIFICATE: (json.dumps(self.certificate, indent=2, ensure_ascii=False) + "\n").encode(),
        }


def draw_sample(
    caseload: Caseload,
    framework: Framework,
    *,
    size: int,
    seed: str,
    as_at: date | None,
    today: date,
    method: str = Method.CUBE,
) -> Checked[DrawnSample]:
    """Draw by the framework's rules of eligibility, strata, balance and reserves, or say everything wrong with that.

    Without `as_at` the date is `natural_as_at`, and a warning says so.
    """
    eligibility = eligible(caseload, framework, as_at or natural_as_at(caseload, framework, today))
    rule = framework.sample
    wrong = _nobody(caseload, eligibility) or wishes(len(eligibility.entries), method=method, size=size, seed=seed)
    if wrong:
        return Checked(None, tuple(wrong))
    wanted = rule.reserves_for(size)
    drawn = draw(
        eligibility.entries,
        method=method,
        size=size,
        seed=seed,
        stratify_by=rule.stratify_by,
        balance_on=rule.balance_on,
        reserves=wanted,
    )
    certificate = certify(drawn, caseload, eligibility, framework, versions())
    notes = [] if as_at else [p.AS_AT_ASSUMED.at(as_at=eligibility.as_at)]
    if len(drawn.reserves) < wanted:
        notes.append(p.FEW_RESERVES.at(count=len(drawn.reserves)))
    return Checked(DrawnSample(drawn, eligibility, certificate), tuple(notes))


def _nobody(caseload: Caseload, eligibility: Eligibility) -> list[Problem]:
    if eligibility.entries:
        return []
    newest = max((e.order_start for e in caseload.entries), default=None)
    return [
        p.NO_CASE_ELIGIBLE.at(
            as_at=eligibility.as_at,
            earliest=eligibility.earliest_start,
            latest=eligibility.latest_start,
            newest=newest,
        )
    ]


def versions() -> dict[str, str]:
    """What drew: for the record only, since the draw needs nothing but SHA-256 and plain arithmetic."""
    return {"aboveline": __version__, "python": platform.python_version()}


def check_draw(certificate: bytes, caseload: Caseload, framework: Framework, *, file: str) -> Checked[Draw]:
    """Draw again from a certificate's bytes and compare."""
    if len(certificate) > CERTIFICATE_MB * 1_000_000:
        return Checked(None, (p.CERTIFICATE_TOO_LARGE.at(file=file, limit=CERTIFICATE_MB),))
    try:
        document = json.loads(certificate)
    except (ValueError, RecursionError):
        return Checked(None, (p.CERTIFICATE_UNREADABLE.at(file=file, reason="it is not JSON"),))
    again = verify_certificate(document, caseload, framework)
    return replace(again, problems=tuple(replace(problem, file=file) for problem in again.problems))


def write_draw(sample: DrawnSample, folder: Path) -> Checked[Path]:
    """Write the three files. A different draw already there moves to a folder beside them: no draw is ever lost."""
    files = sample.files()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        kept = _keep_earlier(folder, files)
        for name, data in files.items():
            (folder / name).write_bytes(data)
    except OSError as error:
        return Checked(None, (p.CANNOT_WRITE.at(value=folder.name, reason=error.strerror or "unknown"),))
    return Checked(folder, (p.EARLIER_DRAW_KEPT.at(kept=kept),) if kept else ())


def _keep_earlier(folder: Path, files: Mapping[str, bytes]) -> str | None:
    """Move an earlier, different draw aside under a name made from its certificate; return that name."""
    earlier = folder / CERTIFICATE
    if not earlier.exists() or earlier.read_bytes() == files[CERTIFICATE]:
        return None
    name = f"earlier-{sha256(earlier.read_bytes()).hexdigest()[:12]}"
    (folder / name).mkdir(exist_ok=True)
    for present in filter(Path.exists, (folder / file for file in files)):
        present.rename(folder / name / present.name)
    return name


def _csv(entries: Iterable[CaseloadEntry]) -> bytes:
    """Cells begin with a letter or digit (the importer refuses others), so none can run as a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([e.as_dict()[name] for name in COLUMNS] for e in entries)
    return text.getvalue().encode()
