"""`aboveline framework list | show ID | check PATH`: the frameworks, what one says, what is wrong with one."""

from pathlib import Path
from typing import Annotated

import typer

from aboveline.cli.files import files_or_end
from aboveline.cli.output import Format, Table, emit, end_with_problems
from aboveline.domain.framework import (
    Condition,
    Criterion,
    EligibilityRule,
    Framework,
    Question,
    RatingRule,
    SampleRule,
    Source,
)
from aboveline.domain.problems import ProblemsFound
from aboveline.jobs import frameworks

LOWEST = RatingRule.LOWEST_QUESTION
FormatOption = Annotated[Format, typer.Option("--format", help="How to print the result.")]


def register(app: typer.Typer) -> None:
    """Add the verb `framework` with its three commands."""
    group = typer.Typer(no_args_is_help=True, help="Frameworks: list them, show one, check a folder.")
    group.command("list")(list_frameworks)
    group.command("show")(show)
    group.command("check")(check)
    app.add_typer(group, name="framework")


def list_frameworks(form: FormatOption = Format.TABLE) -> None:
    """List the frameworks that come with the product."""
    found = frameworks.all_frameworks()
    rows = [[f.id, f.title, f.in_force_from, f.in_force_to, len(f.questions), f.digest[:12]] for f in found]
    headings = ["id", "title", "in force from", "to", "questions", "digest"]
    emit(form, {"frameworks": [summary(f) for f in found]}, [Table("Frameworks", headings, rows)])


def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="A framework's id, such as cci-2009.")],
    form: FormatOption = Format.TABLE,
) -> None:
    """Show one framework: sections, criteria, questions, themes and bands."""
    try:
        framework = frameworks.load_framework(id)
    except ProblemsFound as error:
        end_with_problems(form, error.problems)
    emit(form, document(framework), [_questions(framework), _themes(framework), _bands(framework)], _notes(framework))


def check(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A folder that holds a framework.")],
    form: FormatOption = Format.TABLE,
) -> None:
    """Check the framework in a folder: every problem at once."""
    with files_or_end(form):
        read = frameworks.check_framework(path)
    if read.value is None:
        end_with_problems(form, read.problems)
    framework = read.value
    counts = [framework.id, len(framework.criteria), len(framework.questions), framework.digest]
    emit(
        form,
        summary(framework),
        [Table("No errors", ["id", "criteria", "questions", "digest"], [counts])],
        warnings=read.problems,
    )


def summary(framework: Framework) -> dict[str, object]:
    return {
        "id": framework.id,
        "title": str(framework.title),
        "inspectorate": str(framework.inspectorate),
        "in_force_from": framework.in_force_from,
        "in_force_to": framework.in_force_to,
        "review_by": framework.review_by,
        "digest": framework.digest,
        "criteria": len(framework.criteria),
        "questions": len(framework.questions),
    }


def document(framework: Framework) -> dict[str, object]:
    """The documented JSON shape of `framework show`."""
    sections = [
        {"id": s.id, "name": str(s.name), "criteria": [_criterion(c) for c in s.criteria]} for s in framework.sections
    ]
    return {
        "id": framework.id,
        "title": str(framework.title),
        "digest": framework.digest,
        "inspectorate": str(framework.inspectorate),
        "in_force_from": framework.in_force_from,
        "in_force_to": framework.in_force_to,
        "review_by": framework.review_by,
        "sources": [_source(source) for source in framework.sources],
        "themes": [{"id": t.id, "name": str(t.name), "description": str(t.description)} for t in framework.themes],
        "sections": sections,
        "bands": [
            {"id": b.id, "name": str(b.name), "from": b.from_percent, "to": b.to_percent} for b in framework.bands
        ],
        "band_source": _source(framework.band_source),
        "band_word": str(framework.band_word),
        "rating": _rating(framework),
        "answers": {answer: str(words) for answer, words in framework.answers.items()},
        "case_facts": [{"id": f.id, "name": str(f.name), "options": list(f.option_ids)} for f in framework.case_facts],
        "order_types": [
            {
                "id": o.id,
                "name": str(o.name),
                "eligible": o.eligible,
                "first": o.first,
                "last": o.last,
                "eligibility": o.eligibility and _window(o.eligibility),
            }
            for o in framework.order_types
        ],
        "eligibility": _window(framework.eligibility),
        "sample": _sample(framework.sample),
    }


def _rating(framework: Framework) -> dict[str, object]:
    """How criteria get their band; the source is null where a framework says nothing, which means the pooled share."""
    return {
        "criteria": str(framework.rating_rule),
        "source": _source(framework.rating.source) if framework.rating else None,
    }


def _window(rule: EligibilityRule) -> dict[str, object]:
    return {
        "start_months_min": rule.start_months_min,
        "start_months_max": rule.start_months_max,
        "source": _source(rule.source),
    }


def _sample(rule: SampleRule) -> dict[str, object]:
    return {
        "typical_sizes": list(rule.typical_sizes),
        "stratify_by": rule.stratify_by,
        "balance_on": list(rule.balance_on),
        "reserve_share": rule.reserve_share,
        "source": _source(rule.source),
    }


def _criterion(criterion: Criterion) -> dict[str, object]:
    return {
        "id": criterion.id,
        "name": str(criterion.name),
        "questions": [_question(question) for question in criterion.questions],
    }


def _question(question: Question) -> dict[str, object]:
    return {
        "id": question.id,
        "text": str(question.text),
        "themes": list(question.themes),
        "sufficient_when": str(question.sufficient_when),
        "insufficient_when": str(question.insufficient_when),
        "prompts": [str(prompt) for prompt in question.prompts],
        "applies": applies_words(question.applies),
        "source": _source(question.source),
    }


def _source(source: Source) -> dict[str, str]:
    return {"text": source.text, "certainty": str(source.certainty)}


def applies_words(condition: Condition) -> str:
    return "always" if condition.always else f"when {condition.words}"


def _questions(framework: Framework) -> Table:
    rows = [
        [q.id, q.text, applies_words(q.applies), " ".join(q.themes)]
        for criterion in framework.criteria
        for q in criterion.questions
    ]
    return Table(str(framework.title), ["question", "text", "applies", "themes"], rows)


def _themes(framework: Framework) -> Table:
    rows = [[t.id, t.name, len(framework.theme_questions(t.id))] for t in framework.themes]
    return Table("Headline themes", ["theme", "name", "key questions"], rows)


def _bands(framework: Framework) -> Table:
    rows = [[b.id, b.name, b.from_percent, b.to_percent] for b in framework.bands]
    title = f"Bands of the rounded percent ({framework.band_source.certainty})"
    return Table(title, ["band", "name", "from", "to"], rows)


def _notes(framework: Framework) -> list[str]:
    rated = ["A criterion is rated by its lowest question."] if framework.rating_rule is LOWEST else []
    caution = [str(framework.caution)] if framework.caution else []
    return [*rated, *caution, f"Digest: {framework.digest}"]
