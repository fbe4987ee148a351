"""Fields as the design system wants them: ids that match, errors that name the field, nothing left to the browser."""

from datetime import date

import pytest
from django import forms
from django.forms import formset_factory

from aboveline.web.forms.date_parts import DatePartsField
from aboveline.web.forms.error_summary import ErrorLink, error_links

KINDS = [("core", "Core"), ("re", "Re-inspection")]


class Example(forms.Form):
    name = forms.CharField(label="Name", help_text="As in the report", max_length=20)
    kind = forms.ChoiceField(label="Kind", choices=KINDS, widget=forms.RadioSelect)
    teams = forms.MultipleChoiceField(label="Teams", choices=KINDS, widget=forms.CheckboxSelectMultiple)
    began = DatePartsField(label="Fieldwork began")
    size = forms.IntegerField(label="Size", min_value=1)
    note = forms.CharField(label="Note", widget=forms.Textarea, max_length=100, required=False)
    order = forms.ChoiceField(label="Order", choices=[("", "Choose"), ("Group", KINDS)])
    sure = forms.BooleanField(label="Dates checked")
    token = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        if self.cleaned_data.get("name") == "both":
            raise forms.ValidationError("The name and the kind do not go together")


def group(name, data=None, **initial):
    return str(Example(data, initial=initial)[name].as_field_group())


def test_an_input_has_its_label_hint_and_error_tied_to_it():
    html = group("name", {"name": ""})
    assert '<label class="govuk-label" for="id_name">Name</label>' in html
    assert 'id="id_name-hint"' in html
    assert 'id="id_name-error"' in html
    assert 'aria-describedby="id_name-hint id_name-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'class="govuk-input govuk-input--error"' in html


def test_a_field_without_hint_or_error_is_described_by_nothing():
    assert "aria-describedby" not in group("order")
    assert "govuk-form-group--error" not in group("order")


def test_nothing_is_left_to_the_browser_to_check_or_to_cut():
    html = group("name") + group("size") + group("note")
    assert not [word for word in (" required", 'maxlength="20"', " min=") if word in html]
    assert 'type="text"' in group("size")
    assert 'inputmode="numeric"' in group("size")


def test_a_long_text_counts_its_characters_in_words_first():
    html = group("note", {"note": "<b>kept</b>"})
    assert 'data-maxlength="100"' in html
    assert "You can enter up to 100 characters" in html
    assert "&lt;b&gt;kept&lt;/b&gt;" in html


def test_radios_are_a_fieldset_and_keep_the_choice():
    html = group("kind", {"kind": "re"})
    assert "<legend" in html
    assert 'id="id_kind_1" name="kind" value="re" checked' in html
    assert 'value="core" checked' not in html


def test_a_select_keeps_its_groups_and_choice():
    html = group("order", {"order": "re"})
    assert '<optgroup label="Group">' in html
    assert '<option value="re" selected>' in html


def test_a_date_shows_its_parts_and_marks_only_the_wrong_one():
    html = group("began", {"began_day": "14", "began_month": "", "began_year": "2009"})
    assert "Fieldwork began must include a month" in html
    assert html.count("govuk-input--error") == 1
    assert 'value="14"' in group("began", began=date(2009, 6, 14))


@pytest.mark.parametrize(
    ("parts", "words", "first"),
    [
        (("", "", ""), "Enter a date for “Fieldwork began”", "id_began_0"),
        (("14", "", ""), "must include a month and a year", "id_began_1"),
        (("31", "2", "2009"), "must be a real date", "id_began_0"),
        (("14", "13", "2009"), "must be a real date", "id_began_1"),
        (("14", "6", "99999"), "must be a real date", "id_began_2"),
        (("²", "6", "2009"), "must be a real date", "id_began_0"),
    ],
)
def test_a_wrong_date_says_what_is_wrong_and_where(parts, words, first):
    data = dict(zip(("began_day", "began_month", "began_year"), parts, strict=True))
    field = Example(data)["began"]
    assert words in " ".join(field.error_words)
    assert field.first_input_id == first


@pytest.mark.parametrize(
    ("parts", "marked"),
    [
        (("", "", ""), {0, 1, 2}),
        (("31", "2", "2009"), {0, 1, 2}),
        (("14", "", ""), {1, 2}),
        (("14", "6", "2009"), set()),
    ],
)
def test_all_boxes_of_a_date_are_marked_where_none_alone_is_wrong(parts, marked):
    data = dict(zip(("began_day", "began_month", "began_year"), parts, strict=True))
    assert Example(data)["began"].wrong_parts == marked


def test_a_text_without_a_limit_counts_no_characters():
    class Free(forms.Form):
        words = forms.CharField(widget=forms.Textarea)

    assert "govuk-js-character-count" in group("note")
    assert "govuk-js-character-count" not in str(Free()["words"].as_field_group())
    assert Example()["note"].get_context()["max_length"] == 100
    assert Example()["name"].get_context()["max_length"] is None


def test_a_right_date_is_a_date_and_an_optional_one_may_be_empty():
    assert DatePartsField().clean(["14", " 6", "2009"]) == date(2009, 6, 14)
    assert DatePartsField(required=False).clean(["", "", ""]) is None


def test_the_error_summary_links_to_the_first_input_of_each_field():
    links = error_links(Example({"order": ""}))
    assert links == [
        ErrorLink("Enter an answer to “Name”", "id_name"),
        ErrorLink("Choose an answer to “Kind”", "id_kind_0"),
        ErrorLink("Choose at least one answer to “Teams”", "id_teams_0"),
        ErrorLink("Enter a date for “Fieldwork began”", "id_began_0"),
        ErrorLink("Enter an answer to “Size”", "id_size"),
        ErrorLink("Choose an answer to “Order”", "id_order"),
        ErrorLink("Tick “Dates checked” to go on", "id_sure"),
        ErrorLink("Enter an answer to “Token”", ""),
    ]


def test_an_error_of_the_whole_form_leads_to_its_first_input():
    assert error_links(Example({"name": "both"}))[0] == ErrorLink("The name and the kind do not go together", "id_name")


def test_forms_formsets_and_plain_pairs_may_be_summed_up_together():
    rows = formset_factory(Example, min_num=1, validate_min=True)
    formset = rows({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-name": ""})
    links = error_links([("Choose a file", "id_file")], formset, None)
    assert links[0] == ErrorLink("Choose a file", "id_file")
    assert ErrorLink("Choose an answer to “Kind”", "id_form-0-kind_0") in links
    assert error_links(rows(), Example()) == []


def test_a_whole_form_renders_itself_with_its_hidden_fields_once():
    html = str(Example())
    assert html.count("govuk-form-group") >= 8
    assert html.count('name="token"') == 1
