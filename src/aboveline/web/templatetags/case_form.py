"""The tag that leaves a hole in the case form's stencil."""

from django import template
from django.utils.safestring import SafeString

from aboveline.web.presenters.case_form_stencil import mark

register = template.Library()


@register.simple_tag
def slot(*names: str) -> SafeString:
    """Where a value of the case belongs: `{% slot question.id "note" %}`."""
    return mark(*map(str, names))
