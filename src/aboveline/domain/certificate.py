"""The certificate of a draw: all that anyone needs to draw it again, and the check that they would draw the same."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from aboveline.domain import draw_problems as p
from aboveline.domain.caseload import Caseload, Eligibility, eligible
from aboveline.domain.framework import EligibilityRule, Framework, SampleRule
from aboveline.domain.look_back import with_look_back
from aboveline.domain.problems import Checked, Problem
from aboveline.domain.sampling import Draw, Method, balance_table, draw
from aboveline.domain.sentences import Sentence

VERSION = "aboveline-certificate-1"
_PARTS = {
    "draw": Sentence.of("description of the draw"),
    "reserves": Sentence.of("list of reserves"),
    "balance": Sentence.of("table of balance"),
}
_NO_OBJECT = Sentence.of("it is not a JSON object")
_NO_DRAW = Sentence.of("no draw could have been made with its settings")


def certify(
    drawn: Draw, caseload: Caseload, eligibility: Eligibility, framework: Framework, versions: Mapping[str, str]
) -> dict[str, object]:
    """The certificate as JSON values. `versions` (program, language) are for the record: no draw needs them."""
    table = balance_table(eligibility.entries, drawn.case_refs)
    return {
        "version": VERSION,
        "framework": {"id": framework.id, "digest": framework.digest},
        "as_at": eligibility.as_at.isoformat(),
        "caseload": {"cases": len(caseload.entries), "digest": caseload.digest},
        "eligibility": {
            "earliest_start": eligibility.earliest_start.isoformat(),
            "latest_start": eligibility.latest_start.isoformat(),
            "rule": _rule(framework.eligibility),
            "eligible": len(eligibility.entries),
            "exclusions": [{"reason": x.reason, "words": x.words, "count": x.count} for x in eligibility.exclusions],
        },
        "draw": {
            "method": str(drawn.method),
            "population": drawn.population,
            "size": drawn.size,
            "inclusion_probability": drawn.inclusion_probability,
            "seed": drawn.seed,
            "generator": drawn.generator,
            "stratify_by": drawn.stratify_by or None,
            "balance_on": list(drawn.balance_on),
            "frame_digest": drawn.frame_digest,
        },
        "sample": list(drawn.case_refs),
        "reserves": list(drawn.reserves),
        "balance": [asdict(row) for row in table],
        "versions": dict(versions),
    }


def _rule(rule: EligibilityRule) -> dict[str, object]:
    """What a rule says. A look-back of one inspection is not in the framework, so its months are told."""
    told: dict[str, object] = {"text": rule.source.text, "certainty": rule.source.certainty}
    return told | {"start_months_max": rule.start_months_max} if rule.of_one_inspection else told


def _as_certified(document: Mapping[str, Any], framework: Framework) -> Framework:
    """The framework with the look-back of the certificate, where that names one."""
    told = document.get("eligibility")
    rule = told.get("rule") if isinstance(told, Mapping) else None
    if not isinstance(rule, Mapping) or "start_months_max" not in rule:
        return framework
    return with_look_back(framework, rule["start_months_max"], rule["text"])


def verify_certificate(document: object, caseload: Caseload, framework: Framework) -> Checked[Draw]:
    """Draw again from the same list by the certificate's own settings and compare: would another person draw the same?

    The value is the draw made anew; every part of the certificate that differs is a problem. Settings that are not the
    framework's own are a warning.
    """
    if not isinstance(document, Mapping):
        return Checked(None, (p.CERTIFICATE_UNREADABLE.at(reason=_NO_OBJECT),))
    if document.get("version") != VERSION:
        return Checked(None, (p.CERTIFICATE_VERSION.at(found=document.get("version", "not given"), known=VERSION),))
    different = _different_sources(document, caseload, framework)
    if different:
        return Checked(None, tuple(different))
    try:
        framework = _as_certified(document, framework)
        eligibility = eligible(caseload, framework, date.fromisoformat(document["as_at"]))
        again = _draw_again(document["draw"], framework.sample, eligibility)
        anew = certify(again, caseload, eligibility, framework, document["versions"])
        parts = [name for name in anew if anew[name] != document.get(name)]
    except (KeyError, TypeError, ValueError, OverflowError):
        return Checked(None, (p.CERTIFICATE_UNREADABLE.at(reason=_NO_DRAW),))
    if parts:
        return Checked(None, tuple(p.DOES_NOT_AGREE.at(part=_PARTS.get(name, name)) for name in parts))
    other = _other_look_back(framework.eligibility)
    return Checked(again, (*other, *_other_settings(again, framework.sample)))


def _other_look_back(rule: EligibilityRule) -> list[Problem]:
    return [p.OTHER_LOOK_BACK.at(months=rule.start_months_max)] if rule.of_one_inspection else []


def _other_settings(drawn: Draw, rule: SampleRule) -> Iterator[Problem]:
    """Warn of a draw that can be made again, but not by the framework's own strata or balance."""
    if drawn.stratify_by and drawn.stratify_by != rule.stratify_by:
        yield p.OTHER_SETTINGS.at(done=Sentence.of("stratified"), found=drawn.stratify_by, expected=rule.stratify_by)
    if drawn.method is Method.CUBE and drawn.balance_on != tuple(rule.balance_on):
        found, expected = (", ".join(names) or Sentence.of("nothing") for names in (drawn.balance_on, rule.balance_on))
        yield p.OTHER_SETTINGS.at(done=Sentence.of("balanced"), found=found, expected=expected)


def _different_sources(document: Mapping[str, Any], caseload: Caseload, framework: Framework) -> list[Problem]:
    problems = []
    if document.get("framework") != {"id": framework.id, "digest": framework.digest}:
        named = document.get("framework")
        found = named.get("id", "no framework") if isinstance(named, Mapping) else "no framework"
        problems.append(p.DIFFERENT_FRAMEWORK.at(found=found, given=framework.id))
    if document.get("caseload") != {"cases": len(caseload.entries), "digest": caseload.digest}:
        problems.append(p.DIFFERENT_LIST.at())
    return problems


def _draw_again(settings: Mapping[str, Any], rule: SampleRule, eligibility: Eligibility) -> Draw:
    """The number of reserves follows from the framework's rule, so that none can be cut off unseen."""
    return draw(
        eligibility.entries,
        method=settings["method"],
        size=settings["size"],
        seed=settings["seed"],
        stratify_by=settings["stratify_by"] or "order_type",
        balance_on=settings["balance_on"],
        reserves=rule.reserves_for(settings["size"]),
    )
