"""The service may say that its answer is complete. Nobody's words are kept with a request that ran into them. Who read a case again, judged an earlier recommendation or recorded a
first plan is an author too, so that the database refuses their signature."""

from typing import Any

from django.db import migrations, models


def backfill(apps: Any, schema_editor: Any) -> None:
    def rows(model: str, *fields: str) -> Any:
        return apps.get_model("records", model).objects.values_list(*fields).distinct().order_by()

    again = [
        (*row, "judgements")
        for model in ("SecondJudgement", "SecondFinding")
        for row in rows(model, "assessment__case__inspection_id", "author_id")
    ]
    earlier = [(*row, "findings") for row in rows("EarlierRecommendation", "inspection_id", "changed_by_id")]
    recorded = rows("AuditEvent", "object_id", "actor_id", "verb").filter(
        verb__in=("first_plan.recorded", "case.replaced"), actor__isnull=False
    )
    inspection_of = dict(rows("DrawnCase", "pk", "draw__inspection_id"))
    plans = [(int(on), who, "statement") for on, who, verb in recorded if verb == "first_plan.recorded"]
    replaced = [
        (inspection_of[int(on)], who, "judgements")
        for on, who, verb in recorded
        if verb == "case.replaced" and int(on) in inspection_of
    ]
    authorship = apps.get_model("records", "Authorship")
    authorship.objects.bulk_create(
        [authorship(inspection_id=at, user_id=who, part=part) for at, who, part in again + earlier + plans + replaced],
        ignore_conflicts=True,
    )


def forget(apps: Any, schema_editor: Any) -> None:
    """What somebody else had written stays with the answer itself, not with the request that ran into it."""
    requests = apps.get_model("records", "SavedRequest").objects.filter(outcome__has_key="conflicts")
    for row in requests.iterator():
        if row.outcome["conflicts"]:
            row.outcome["conflicts"] = [
                {"id": one["id"], "yours": one["yours"]} for one in row.outcome["conflicts"]
            ]
            row.save(update_fields=["outcome"])


class Migration(migrations.Migration):
    dependencies = [("records", "0022_one_person_per_staff_code")]
    operations = [
        migrations.AddField(
            "drafttoservice",
            "answered_at",
            models.DateTimeField(help_text="When the service said that it has said everything", null=True),
        ),
        migrations.RunPython(backfill, migrations.RunPython.noop),
        migrations.RunPython(forget, migrations.RunPython.noop),
    ]
