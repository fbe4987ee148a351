"""Reference pages written from the values themselves, so that they cannot drift: problem catalogues and frameworks."""

from collections.abc import Iterable, Sequence

from aboveline.domain.framework import Condition, Criterion, Framework, OrderType, Question, RatingRule
from aboveline.domain.problems import ProblemKind

_RULES = {
    RatingRule.POOLED_SHARE: "A criterion is rated by all its judgements together.",
    RatingRule.LOWEST_QUESTION: "A criterion is rated by its lowest question.",
}


def problem_catalogue_markdown(kinds: Iterable[ProblemKind]) -> str:
    """A table of every problem kind: its code, what it says, what to do. Words in braces come from the input."""
    rows = [[f"`{kind.code}`", str(kind.severity), kind.message, kind.remedy] for kind in kinds]
    return _table(["Code", "Severity", "What it says", "What to do"], rows)


def framework_markdown(framework: Framework) -> str:
    """A whole framework as a page: themes, bands, every question with its guidance, case facts, orders and sources."""
    blocks = [
        f"# {framework.title}",
        _in_force(framework),
        "## Headline themes",
        _themes(framework),
        f"## Bands ({framework.band_word})",
        _bands(framework),
        f"{framework.band_source.text} *({framework.band_source.certainty})*",
        *_rating(framework),
        *(f"> {note}" for note in framework.assessor_notes),
        *(
            block
            for section in framework.sections
            for block in _section_blocks(section.id, section.name, section.criteria)
        ),
        "## Case facts the assessor settles first",
        _facts(framework),
        "## Order types",
        _orders(framework),
        "## Sources",
        "\n".join(f"- {source.text} *({source.certainty})*" for source in framework.sources),
        f"Digest: `{framework.digest}`",
    ]
    return "\n\n".join(blocks) + "\n"


def _in_force(framework: Framework) -> str:
    until = f" to {framework.in_force_to}" if framework.in_force_to else ""
    return (
        f"{framework.inspectorate}. In force {framework.in_force_from}{until}; to be looked at again by "
        f"{framework.review_by}. {len(framework.criteria)} criteria, {len(framework.questions)} questions."
    )


def _themes(framework: Framework) -> str:
    rows = [[f"`{t.id}`", t.name, t.description, len(framework.theme_questions(t.id))] for t in framework.themes]
    return _table(["Id", "Name", "Meaning", "Key questions"], rows)


def _bands(framework: Framework) -> str:
    rows = [[f"`{b.id}`", b.name, f"{b.from_percent}–{b.to_percent}%"] for b in framework.bands]
    return _table(["Id", "Name", "Rounded percent"], rows)


def _rating(framework: Framework) -> list[str]:
    if framework.rating is None:
        return []
    rule = _RULES[framework.rating.rule]
    return [f"{rule} {framework.rating.source.text} *({framework.rating.source.certainty})*"]


def _section_blocks(id: str, name: object, criteria: Sequence[Criterion]) -> list[str]:
    return [f"## Section {id}: {name}", *(block for criterion in criteria for block in _criterion_blocks(criterion))]


def _criterion_blocks(criterion: Criterion) -> list[str]:
    rows = [_question_row(question) for question in criterion.questions]
    headings = ["Question", "Text", "Sufficient when", "Insufficient when", "Applies", "Themes", "Certainty"]
    prompts = [f"- {question.id}: {' '.join(map(str, question.prompts))}" for question in criterion.questions]
    thought = ["Prompts to think through before answering:", "\n".join(prompts)]
    asked = any(question.prompts for question in criterion.questions)
    return [f"### {criterion.id} {criterion.name}", _table(headings, rows), *(thought if asked else ())]


def _question_row(question: Question) -> list[object]:
    return [
        question.id,
        question.text,
        question.sufficient_when,
        question.insufficient_when,
        _applies(question.applies),
        ", ".join(question.themes),
        question.source.certainty,
    ]


def _applies(condition: Condition) -> str:
    return "always" if condition.always else f"when {condition.words}"


def _facts(framework: Framework) -> str:
    rows = [[f"`{f.id}`", f.name, ", ".join(str(o.name) for o in f.options)] for f in framework.case_facts]
    return _table(["Id", "Question", "Answers"], rows)


def _orders(framework: Framework) -> str:
    rows = [
        [f"`{o.id}`", o.name, _eligible(framework, o), o.first or "", o.last or "", o.note or ""]
        for o in framework.order_types
    ]
    return _table(["Id", "Name", "Eligible", "First", "Last", "Note"], rows)


def _eligible(framework: Framework, order: OrderType) -> str:
    """The months since the start are said where orders differ in them."""
    if not order.eligible or not any(one.eligibility for one in framework.order_types):
        return "yes" if order.eligible else "no"
    rule = framework.eligibility_of(order)
    return f"yes, begun {rule.start_months_min} to {rule.start_months_max} months before"


def _table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [_row(headings), _row(["---"] * len(headings)), *(_row([_cell(cell) for cell in row]) for row in rows)]
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")
