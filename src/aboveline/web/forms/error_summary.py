"""Every error of a page's forms, in the order of the page, each with a link to the input that must be put right."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.forms import BaseForm, BaseFormSet

from aboveline.web.forms.bound_field import DesignSystemBoundField


@dataclass(frozen=True, slots=True)
class ErrorLink:
    """One line of an error summary; `target` is the id of an input, or empty where there is none to go to."""

    text: str
    target: str = ""


def error_links(*sources: Any) -> list[ErrorLink]:
    """Return the links of forms, formsets and iterables of ErrorLinks or (text, target) pairs, in the order given."""
    return [link for source in sources if source for link in _links(source)]


def _links(source: Any) -> Iterator[ErrorLink]:
    if isinstance(source, BaseFormSet):
        yield from _formset_links(source)
    elif isinstance(source, BaseForm):
        yield from _form_links(source)
    else:
        yield from _given(source)


def _formset_links(formset: "BaseFormSet[Any]") -> Iterator[ErrorLink]:
    if not formset.is_bound:
        return
    target = next((_first_target(form) for form in formset.forms), "")
    yield from (ErrorLink(str(error), target) for error in formset.non_form_errors())
    for form in formset.forms:
        yield from _form_links(form)


def _form_links(form: BaseForm) -> Iterator[ErrorLink]:
    first = _first_target(form)
    yield from (ErrorLink(str(error), first) for error in form.non_field_errors())
    for field in _fields(form):
        target = "" if field.is_hidden else field.first_input_id
        words = field.error_words if field.errors else []
        yield from (ErrorLink(error, target) for error in words)


def _first_target(form: BaseForm) -> str:
    return next((field.first_input_id for field in _fields(form) if not field.is_hidden), "")


def _fields(form: BaseForm) -> Iterable[DesignSystemBoundField]:
    """The form's fields, which FORM_RENDERER makes of this class."""
    return cast("Iterable[DesignSystemBoundField]", form)


def _given(source: Iterable[Any]) -> Iterator[ErrorLink]:
    for item in source:
        yield item if isinstance(item, ErrorLink) else ErrorLink(str(item[0]), item[1])
