"""Reads a committee report from its YAML file: every problem at once, each with its path and line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import UnionType
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from aboveline.domain import committee_problems as kinds
from aboveline.domain.committee import (
    PROSE_ENTRIES,
    Access,
    BackgroundPaper,
    Clearance,
    Commitment,
    CommitteeReport,
    Impact,
    KeyDecision,
    ObjectiveImpact,
    ObjectiveList,
    Officer,
    PlanAction,
    Recommendation,
    Submission,
)
from aboveline.domain.committee_entry import Entry
from aboveline.domain.committee_figures import Binding, FigureBindings
from aboveline.domain.committee_finance import ExternalFunding, Finance, FinancialYear, MoneyRow
from aboveline.domain.committee_prose import check_text
from aboveline.domain.problems import Checked, Place, Problem, nearest_of
from aboveline.exchange import report_shape as shape
from aboveline.exchange.yaml_given import YamlReading
from aboveline.exchange.yaml_reader import read_yaml

LIMIT_BYTES = 500_000

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class ReportFile:
    """A report with the name of its file and the line of each path in it, to place problems found later."""

    report: CommitteeReport
    file: str
    lines: Mapping[Path, int]

    def placed(self, problem: Problem) -> Problem:
        """Return the problem with this file's name and the line of its path, or of the nearest path above it."""
        return _placed(problem, self.file, self.lines)


def read_report(
    data: bytes, *, file: str, objective_lists: Mapping[str, ObjectiveList], read_text: YamlReading = read_yaml
) -> Checked[ReportFile]:
    """Return the report, checked for shape and for letters that mislead. What comes from outside is read by
    `read_given_yaml`.

    The value is there whenever the shape can be read, even beside other errors, so that the checks of
    `domain.committee_checks` and `committee_prose` can add theirs and the writer sees every problem at once.
    """
    document = read_text(data, file=file, limit_bytes=LIMIT_BYTES)
    if document.value is None or document.errors:
        return Checked(None, document.problems)
    tree, lines = document.value.tree, document.value.lines
    problems = [*document.problems, *(p for path, text in _texts(tree, ()) for p in check_text(text, path))]
    report = None
    try:
        read = shape.ReportShape.model_validate(tree)
    except ValidationError as error:
        # a list that may instead say {not_applicable: ...} fails both ways; only the way of the list is told
        told = (detail for detail in error.errors(include_url=False) if detail["loc"][-1:] != ("Entry",))
        problems += dict.fromkeys(map(_problem, told))
    else:
        problems += _unknown_list(read, objective_lists)
        report = ReportFile(_report(read, objective_lists), file, lines)
    return Checked(report, tuple(_placed(problem, file, lines) for problem in problems))


def _texts(node: object, path: Path) -> Iterator[tuple[str, str]]:
    if isinstance(node, str):
        yield ".".join(map(str, path)), node
    elif isinstance(node, Mapping):
        for key, value in node.items():
            yield from _texts(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _texts(value, (*path, index))


def _placed(problem: Problem, file: str, lines: Mapping[Path, int]) -> Problem:
    if problem.file is not None:
        return problem
    by_words = {".".join(map(str, path)): line for path, line in lines.items()}
    words = problem.place.path or ""
    while words and words not in by_words:
        words = words.rpartition(".")[0]
    return replace(problem, file=file, place=replace(problem.place, line=by_words.get(words)))


def _problem(detail: Any) -> Problem:
    """Turn one of pydantic's errors into ours. Parts of its path that name its own branches are left out."""
    path = tuple(part for part in detail["loc"] if not _own_word(part))
    place = Place(path=".".join(map(str, path)))
    last = str(path[-1]) if path else ""
    if detail["type"] == "extra_forbidden":
        return kinds.UNKNOWN_KEY.at(place, key=last, nearest=nearest_of(last, _keys_beside(path)))
    if detail["type"] == "missing":
        return kinds.MISSING_KEY.at(place, key=last)
    value = detail["input"]
    shown = value if isinstance(value, str | int | float | bool) else None
    return kinds.WRONG_SHAPE.at(place, why=_why(detail), value=shown)


#: pydantic's kinds of error in plain words; {…} is its own context
_WHY = {
    "string_type": "write a text (put quotation marks around a number)",
    "string_too_short": "write a text, or leave the key out",
    "string_too_long": "the text is longer than {max_length} characters",
    "string_pattern_mismatch": "a digest is sha256: and 64 characters, as the program prints it",
    "list_type": "write a list",
    "too_long": "the list is longer than {max_length}",
    "model_type": "write keys and values",
    "dict_type": "write keys and values",
    "int_type": "write a whole number, without pence, signs or quotation marks",
    "bool_type": "write true or false",
    "date_type": "a date is written as 2011-01-18",
    "enum": "write {expected}",
    "tuple_type": "write 'positive', 'neutral' or 'negative'",
    "greater_than_equal": "the number is too small",
    "less_than_equal": "the number is too large",
}


def _why(detail: Any) -> str:
    words = _WHY.get(detail["type"])
    return words.format(**detail.get("ctx", {})) if words else detail["msg"][:1].lower() + detail["msg"][1:]


def _own_word(part: str | int) -> bool:
    return isinstance(part, str) and ("[" in part or part in {"Entry", "is-instance", "int", "tuple", "str-enum"})


def _keys_beside(path: Path) -> list[str]:
    """The keys that may stand where the last part of a path stands."""
    model: Any = shape.ReportShape
    for part in path[:-1]:
        if isinstance(part, str):
            model = _model_in(model.model_fields[part].annotation) if part in model.model_fields else model
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and not isinstance(annotation, UnionType) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _model_in(inner))), None)


def _unknown_list(read: shape.ReportShape, lists: Mapping[str, ObjectiveList]) -> list[Problem]:
    name = read.corporate_objectives.list if read.corporate_objectives else None
    if name is None or name in lists:
        return []
    place = Place(path="corporate_objectives.list")
    allowed = ", ".join(sorted(lists))
    return [kinds.UNKNOWN_OBJECTIVES.at(place, value=name, name=name, allowed=allowed, nearest=nearest_of(name, lists))]


def _report(read: shape.ReportShape, lists: Mapping[str, ObjectiveList]) -> CommitteeReport:
    objectives = read.corporate_objectives
    same = {name: getattr(read, name) for name in _SAME}
    return CommitteeReport(
        **same,
        submissions=tuple(Submission(s.body, s.kind, s.date, s.agenda_number) for s in read.report_to),
        report_of=_officer(read.report_of),
        contact=_officer(read.contact_officer),
        wards=_listed(read.wards, str),
        access=Access(read.access.kind, tuple(read.access.paragraphs), read.access.public_interest),
        figures=_bindings(read.figures),
        recommendations=tuple(Recommendation(r.text, r.addressed_to) for r in read.recommendations),
        key_decision=KeyDecision(read.key_decision.is_key, read.key_decision.reason) if read.key_decision else None,
        commitments=tuple(Commitment(**dict(c)) for c in read.commitments),
        finance=_finance(read.financial),
        objective_list=lists.get(objectives.list) if objectives else None,
        objectives=tuple(_impact(code, marks) for code, marks in (objectives.impacts if objectives else {}).items()),
        background_papers=_listed(read.background_papers, lambda p: BackgroundPaper(**dict(p))),
        improvement_plan=_listed(read.improvement_plan, lambda a: PlanAction(**dict(a))),
        finance_clearance=_clearance(read.clearance.finance),
        legal_clearance=_clearance(read.clearance.legal),
    )


#: fields that the file and the value hold alike
_SAME = ("council", "subject", "status", "rule_set", *PROSE_ENTRIES)


def _listed(value: Any, each: Any) -> Entry[Any]:
    return value if isinstance(value, Entry) else Entry.answered(tuple(each(item) for item in value))


def _officer(read: shape.OfficerShape) -> Officer:
    return Officer(read.post, read.name, read.telephone, read.email)


def _clearance(read: shape.ClearanceShape | None) -> Clearance | None:
    return Clearance(Officer(read.post, read.name), read.date, read.reference) if read else None


def _bindings(read: shape.FiguresShape) -> FigureBindings:
    return FigureBindings(
        Binding(read.scores.inspection, read.scores.digest) if read.scores else None,
        Binding(read.original.inspection, read.original.digest) if read.original else None,
        Binding(read.comparator.set, read.comparator.digest) if read.comparator else None,
    )


def _impact(code: str, marks: Impact | tuple[Impact, ...]) -> ObjectiveImpact:
    return ObjectiveImpact(code, marks if isinstance(marks, tuple) else (marks,))


def _finance(read: shape.FinanceShape) -> Finance:
    amounts: dict[tuple[MoneyRow, FinancialYear], int | None] = {}
    for row in MoneyRow:
        section, _, name = row.partition(".")
        amounts |= {(row, year): amount for year, amount in getattr(getattr(read, section), name).items()}
    external = read.external_funding
    return Finance(
        statement=read.statement,
        years=tuple(read.years),
        amounts=amounts,
        external=ExternalFunding(external.expires, external.when, external.afterwards),
    )
