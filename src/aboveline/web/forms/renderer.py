"""Makes every Django form render in the design system: name the class in FORM_RENDERER and write `{{ form }}`."""

from django.forms.renderers import TemplatesSetting

from aboveline.web.forms.bound_field import DesignSystemBoundField


class DesignSystemRenderer(TemplatesSetting):
    form_template_name = "web/forms/form.html"
    formset_template_name = "web/forms/formset.html"
    field_template_name = "web/forms/field.html"
    bound_field_class = DesignSystemBoundField
