"""Every component on one page, and pages that are wrong on purpose. Only tests route here."""

from datetime import date
from pathlib import Path

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from aboveline.rendering.charts import Band, Mark, Span
from aboveline.rendering.charts_change import Move, change_chart
from aboveline.rendering.charts_interval import Comparators, ScoreOnBands, interval_on_bands, row_bar
from aboveline.rendering.charts_run import RunPoint, run_chart
from aboveline.rendering.charts_timeline import Reading, timeline
from aboveline.web.components import Cell, Column, Crumb, ScoreFigure, SummaryRow, Table
from aboveline.web.forms.date_parts import DatePartsField
from aboveline.web.policies import public
from aboveline.web.templatetags.components import drawing
from aboveline.web.views import accounts, errors

BANDS = (
    Band("Drastic", 0, 45, 1),
    Band("Substantial", 45, 60, 2),
    Band("Moderate", 60, 75, 3),
    Band("Minimum", 75, 100, 4),
)
THEMES = (
    ("Safeguarding", "action to protect the young person", 75, (66, 82), 38, (38, 67, 91), 4, 507, 676),
    ("Risk of Harm to others", "action to protect the public", 70, (60, 78), 36, (36, 62, 85), 3, 473, 676),
    ("Likelihood of Reoffending", "individual less likely to reoffend", 81, (74, 87), 50, (50, 69, 87), 4, 812, 1002),
)
BAND_WORDS = {3: "Moderate improvement required", 4: "Minimum improvement required"}


class ExampleForm(forms.Form):
    name = forms.CharField(label="Name of the inspection", help_text="As it will stand in the report")
    kind = forms.ChoiceField(
        label="What kind of inspection is it?",
        choices=[("core", "Core"), ("re", "Re-inspection"), ("local", "Local audit")],
        widget=forms.RadioSelect,
    )
    started = DatePartsField(label="Fieldwork began", help_text="For example, 14 6 2009")
    size = forms.IntegerField(label="Size of the sample", min_value=1)
    order = forms.ChoiceField(label="Order type", choices=[("", "Choose"), ("ro", "Referral order")])
    teams = forms.MultipleChoiceField(
        label="Which teams?", choices=[("n", "North"), ("s", "South")], widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(label="What would have made it sufficient?", widget=forms.Textarea, max_length=200)
    file = forms.FileField(label="Case list", help_text="CSV, XLSX or ODS")
    sure = forms.BooleanField(label="I have checked the dates")


def theme_rows() -> list:
    rows = []
    for n, (name, description, score, span, before, others, tone, yes, of) in enumerate(THEMES):
        figure = ScoreFigure(
            name, score, yes, of, 38, *span, band=BAND_WORDS[tone], tone=tone, description=description, href="#"
        )
        low, mean, high = others
        chart = interval_on_bands(
            ScoreOnBands(
                f"theme-{n}",
                f"{name}: score on the bands",
                f"No clear difference from the average ({mean}%). Better than in 2009 by {score - before} points.",
                BANDS,
                Mark(score, str(score)),
                Span(*span),
                Comparators(
                    Mark(low, str(low)), Mark(mean, str(mean)), Mark(high, str(high)), "Sefton", "Another area"
                ),
                Mark(before, f"2009: {before}"),
            )
        )
        rows.append((figure, chart))
    return rows


def criteria(sort: str | None) -> Table:
    columns = (
        Column("criterion", "Criterion"),
        Column("score", "2010", numeric=True),
        Column("interval", "Interval", numeric=True, sortable=False),
        Column("change", "2009 to 2010", sortable=False),
        Column("band", "Improvement required"),
        Column("before", "2009", numeric=True),
    )
    given = (
        ("2.1 Protecting the public by minimising Risk of Harm", 64, (55, 72), "Moderate", 33),
        ("1.1 Risk of Harm to others (assessment and planning)", 68, (59, 76), "Moderate", 35),
        ("2.3 Safeguarding the child or young person", 76, (68, 83), "Minimum", 41),
        ("3.2 Sustaining outcomes", None, None, "Not scored", None),
    )
    rows = tuple(
        (
            Cell(name, href="#"),
            Cell(f"{score}%" if score else "–", order=score),
            Cell(Span(*span).words() if span else "–"),
            Cell(drawing(row_bar(score, Span(*span) if span else None, before, (45, 60, 75)))),
            Cell(band, order=score),
            Cell(f"{before}%" if before else "–", order=before),
        )
        for name, score, span, band, before in given
    )
    return Table("criteria", "Criteria, weakest first", columns, rows).sorted_by(sort or "score")


def moves():
    names = ("Safeguarding", "Risk of Harm to others", "2.1 Protecting the public by minimising Risk of Harm")
    return change_chart(
        "moves",
        "Scores in 2009 and 2010",
        "Two of the three are better; the samples cannot show a change in the third.",
        (
            Move(names[0], Mark(38, "38"), Mark(75, "75"), Span(29, 47), Span(65, 83)),
            Move(names[1], Mark(36, "36"), Mark(70, "70"), Span(27, 46), Span(59, 79)),
            Move(names[2], Mark(58, "58"), Mark(64, "64"), Span(48, 67), Span(54, 73)),
        ),
        BANDS,
    )


def story():
    return timeline(
        "story",
        "Safeguarding over the years",
        "Work to protect the young person was good enough twice as often in 2010 as in 2009.",
        (
            Reading(date(2009, 6, 1), "June 2009", 38, "38%", "Core Case Inspection 2009", Span(30, 47)),
            Reading(date(2010, 9, 1), "September 2010", 75, "75%", "Core Case Inspection 2009", Span(66, 82)),
            Reading(date(2013, 2, 1), "February 2013", 58, "58%", "Another framework"),
        ),
        BANDS,
    )


def run():
    months = ("January", "March", "May", "July", "September")
    points = [
        RunPoint(f"{month} 2026", at, f"{at}%", 8, Span(at - 20, at + 18), "rising" if at > 55 else "")
        for month, at in zip(months, (50, 44, 58, 64, 72), strict=True)
    ]
    sentence = "3 rounds in a row rise, from May 2026 to September 2026."
    return run_chart("run", "Safety over the rounds", sentence, points, Mark(58, "58%"))


@public
def gallery(request: HttpRequest) -> HttpResponse:
    messages.success(request, "The sample is drawn: 38 cases and 6 reserves")
    context = {
        "themes": theme_rows(),
        "bands": BANDS,
        "unscored": ScoreFigure("Sustaining outcomes", None, reason="Nothing in these cases could be judged."),
        "table": criteria(request.GET.get("sort")),
        "moves": moves(),
        "story": story(),
        "run": run(),
        "crumbs": [Crumb("Home", "/"), Crumb("Sefton", "#")],
        "facts": [SummaryRow("Framework", "Core Case Inspection 2009"), SummaryRow("Cases read", "38", "#")],
        "pages": Paginator(range(200), 10).page(4),
        "form": ExampleForm(),
        "synthetic": True,
        "service_name": "Demonstration service",
    }
    return drawn("gallery.html", request, context)


@public
def filled_form(request: HttpRequest) -> HttpResponse:
    form = ExampleForm(request.POST or None)
    return drawn("form.html", request, {"form": form})


@public
def bad_page(request: HttpRequest) -> HttpResponse:
    return drawn("bad.html", request, {"form": None})


@public
def bad_link(request: HttpRequest) -> HttpResponse:
    return drawn("bad_link.html", request, {"links": [("Choose a kind", "id_kind")]})


def drawn(name: str, request: HttpRequest, context: dict) -> HttpResponse:
    source = (Path(__file__).parent / "pages" / name).read_text()
    return HttpResponse(engines["django"].from_string(source).render(context, request))


urlpatterns = [
    path("", gallery, name="home"),
    path("form/", filled_form, name="inspections"),
    path("bad-page/", bad_page),
    path("bad-link/", bad_link),
    path("refused/", public(errors.forbidden)),
    path("fault/", public(errors.server_error)),
    path("sign-in/", accounts.sign_in, name="sign-in"),
    path("sign-out/", accounts.sign_out, name="sign-out"),
]
handler404 = "aboveline.web.views.errors.not_found"
