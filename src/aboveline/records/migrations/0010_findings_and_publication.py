"""Findings, moderation, sign-off and publication; the database refuses an author's sign-off and keeps what was said."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

NO_AUTHOR = "a sign-off is by somebody who wrote none of it"
SIGNED_STAYS = "a sign-off is only voided, once"
PUBLISHED_STAYS = "what was published is not changed"
#: who had a hand in what a row of sign-off would sign. It names no table that later migrations may make anew: SQLite
#: would refuse to rename that while a trigger speaks of it
WROTE = """
    EXISTS (SELECT 1 FROM records_authorship w
        WHERE w.inspection_id = NEW.inspection_id AND w.user_id = NEW.signed_by_id)
"""
SIGNED_OTHER = """OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL OR NEW.id != OLD.id
    OR NEW.inspection_id != OLD.inspection_id
    OR NEW.content_hash != OLD.content_hash OR NEW.signed_by_id != OLD.signed_by_id OR NEW.signed_at != OLD.signed_at
    OR CAST(NEW.parts AS TEXT) != CAST(OLD.parts AS TEXT)"""
PUBLISHED_OTHER = """NEW.id != OLD.id OR NEW.inspection_id != OLD.inspection_id OR NEW.ordinal != OLD.ordinal
    OR NEW.publish_at != OLD.publish_at OR NEW.content_hash != OLD.content_hash OR NEW.reason != OLD.reason
    OR NEW.sign_off_id != OLD.sign_off_id OR NEW.decided_by_id != OLD.decided_by_id
    OR NEW.decided_at != OLD.decided_at OR OLD.called_off_at IS NOT NULL
    OR CAST(NEW.snapshot AS TEXT) != CAST(OLD.snapshot AS TEXT)"""
#: name, table, when it is asked, on what condition it refuses, and what it says
TRIGGERS = (
    ("sign_off_by_no_author", "records_signoff", "INSERT", WROTE, NO_AUTHOR),
    ("sign_off_stays", "records_signoff", "UPDATE", SIGNED_OTHER, SIGNED_STAYS),
    ("sign_off_is_kept", "records_signoff", "DELETE", "1 = 1", SIGNED_STAYS),
    ("publication_stays", "records_publication", "UPDATE", PUBLISHED_OTHER, PUBLISHED_STAYS),
    ("publication_is_kept", "records_publication", "DELETE", "1 = 1", PUBLISHED_STAYS),
)


def _sqlite(name: str, table: str, verb: str, when: str, says: str) -> list[str]:
    return [f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{says}'); END"]


def _postgresql(name: str, table: str, verb: str, when: str, says: str) -> list[str]:
    gives = "OLD" if verb == "DELETE" else "NEW"
    body = (
        f"BEGIN IF {when} THEN RAISE EXCEPTION '{says}' USING ERRCODE = 'check_violation'; END IF; RETURN {gives}; END"
    )
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def protect(apps: Any, schema_editor: Any) -> None:
    made = _sqlite if schema_editor.connection.vendor == "sqlite" else _postgresql
    for trigger in TRIGGERS:
        for statement in made(*trigger):
            schema_editor.execute(statement)


def unprotect(apps: Any, schema_editor: Any) -> None:
    lite = schema_editor.connection.vendor == "sqlite"
    for name, table, *_ in TRIGGERS:
        schema_editor.execute(f"DROP TRIGGER {name}" if lite else f"DROP TRIGGER {name} ON {table}")
        if not lite:
            schema_editor.execute(f"DROP FUNCTION {name}()")


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0009_second_reads"),
    ]

    operations = [
        migrations.CreateModel(
            name="DraftToService",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField()),
                ("answer_by", models.DateField()),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "inspection",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draft_to_service",
                        to="records.inspection",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SignOff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content_hash", models.CharField(max_length=64)),
                ("parts", models.JSONField(help_text="Digest of each part signed, by part")),
                ("signed_at", models.DateTimeField()),
                ("voided_at", models.DateTimeField(null=True)),
                ("voided_why", models.CharField(blank=True, max_length=200)),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sign_offs", to="records.inspection"
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveIntegerField()),
                ("publish_at", models.DateTimeField()),
                ("snapshot", models.JSONField()),
                ("content_hash", models.CharField(help_text="Of the snapshot in canonical form", max_length=64)),
                ("reason", models.TextField(blank=True, help_text="Why it was corrected", max_length=2000)),
                ("decided_at", models.DateTimeField()),
                (
                    "came_out",
                    models.BooleanField(
                        default=False, help_text="Whether the inspection has been taken to its last stage"
                    ),
                ),
                ("called_off_at", models.DateTimeField(null=True)),
                ("called_off_why", models.CharField(blank=True, max_length=200)),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="records.inspection",
                    ),
                ),
                (
                    "sign_off",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="publications", to="records.signoff"
                    ),
                ),
            ],
            options={
                "ordering": ["-ordinal"],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField()),
                ("verdict", models.CharField(blank=True, max_length=300)),
                ("statement", models.TextField(blank=True, max_length=10000)),
                ("method", models.TextField(blank=True, max_length=10000)),
                ("quality", models.TextField(blank=True, max_length=10000)),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "inspection",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="statement", to="records.inspection"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Authorship",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.CharField(max_length=20)),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="authorships", to="records.inspection"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("inspection", "user", "part"), name="one_authorship_of_a_part")
                ],
            },
        ),
        migrations.CreateModel(
            name="BandOverride",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField()),
                ("target", models.CharField(max_length=60)),
                ("computed", models.CharField(help_text="Band id as computed when this was proposed", max_length=60)),
                ("band", models.CharField(max_length=60)),
                ("reason", models.TextField(max_length=2000)),
                ("proposed_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("proposed", "Waits for a second person"),
                            ("confirmed", "Confirmed"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="proposed",
                        max_length=20,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="band_overrides",
                        to="records.inspection",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("outcome__in", ["proposed", "confirmed"])),
                        fields=("inspection", "target"),
                        name="one_override_a_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="an_override_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "confirmed"), _negated=True),
                            models.Q(
                                ("decided_by__isnull", False),
                                models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="an_override_is_confirmed_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DraftPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("fact", "A point of fact"), ("challenge", "A challenge")], max_length=20
                    ),
                ),
                ("where", models.CharField(max_length=200)),
                ("draft_says", models.TextField(max_length=2000)),
                ("service_says", models.TextField(max_length=4000)),
                ("evidence", models.TextField(max_length=4000)),
                ("made_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not decided yet"),
                            ("accepted", "Accepted"),
                            ("partly", "Partly accepted"),
                            ("declined", "Not accepted"),
                            ("not_a_fact", "Not a point of fact"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=4000)),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draft_points",
                        to="records.inspection",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outcome", ""), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="a_decided_point_has_a_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("strength", "Strength"),
                            ("improvement", "Area for improvement"),
                            ("recommendation", "Recommendation"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "to",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("service", "The service"),
                            ("board", "The management board"),
                            ("partner", "A partner"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.TextField(max_length=2000)),
                ("place", models.PositiveIntegerField(help_text="Order among its kind, from 1")),
                ("withdrawn", models.BooleanField(default=False)),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="said", to="records.inspection"
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "place", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "recommendation"), models.Q(("to", ""), _negated=True)),
                            models.Q(models.Q(("kind", "recommendation"), _negated=True), ("to", "")),
                            _connector="OR",
                        ),
                        name="a_recommendation_is_to_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PartRead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.CharField(max_length=20)),
                ("digest", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts_read", to="records.inspection"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("inspection", "user", "part", "digest"), name="a_part_read_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ScoreMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField()),
                ("target", models.CharField(max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("shown", "Shown as computed"),
                            ("provisional", "Provisional"),
                            ("withheld", "Withheld"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=1000)),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="score_marks", to="records.inspection"
                    ),
                ),
            ],
            options={
                "ordering": ["target"],
                "constraints": [
                    models.UniqueConstraint(fields=("inspection", "target"), name="one_mark_a_score"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "shown"), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="a_marked_score_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="signoff",
            constraint=models.UniqueConstraint(
                condition=models.Q(("voided_at", None)), fields=("inspection",), name="one_sign_off_stands"
            ),
        ),
        migrations.AddConstraint(
            model_name="signoff",
            constraint=models.CheckConstraint(
                condition=models.Q(("voided_at", None), models.Q(("voided_why", ""), _negated=True), _connector="OR"),
                name="a_void_sign_off_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(fields=("inspection", "ordinal"), name="one_publication_ordinal"),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("called_off_at", None), models.Q(("called_off_why", ""), _negated=True), _connector="OR"
                ),
                name="a_publication_called_off_says_why",
            ),
        ),
        migrations.RunPython(protect, unprotect),
    ]
