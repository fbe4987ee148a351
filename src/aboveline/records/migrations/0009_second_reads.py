"""Second reads in tables of their own, and what was settled where two readers differ."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0008_alerts"),
    ]

    operations = [
        migrations.CreateModel(
            name="SecondRead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "how",
                    models.CharField(
                        choices=[("random", "random"), ("for_the_reader", "for_the_reader"), ("by_hand", "by_hand")],
                        max_length=20,
                    ),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("compared_at", models.DateTimeField(blank=True, null=True)),
                (
                    "allocation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="second_read", to="records.allocation"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="second_reads", to="records.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SecondJudgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.CharField(max_length=40)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("sufficient", "sufficient"),
                            ("insufficient", "insufficient"),
                            ("not_applicable", "not_applicable"),
                            ("not_answered", "not_answered"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.CharField(blank=True, help_text="Why not applicable", max_length=60)),
                ("note", models.TextField(blank=True, max_length=5000)),
                ("improvement", models.TextField(blank=True, max_length=5000)),
                ("version", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField()),
                ("author", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="judgements", to="records.secondread"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SecondFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fact", models.CharField(max_length=60)),
                ("option", models.CharField(blank=True, max_length=60)),
                ("version", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField()),
                ("author", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="records.secondread"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Adjudication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField()),
                ("question", models.CharField(max_length=40)),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("agreed", "agreed"),
                            ("conflicted", "conflicted"),
                            ("first", "first"),
                            ("second", "second"),
                            ("other", "other"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sufficient", "sufficient"),
                            ("insufficient", "insufficient"),
                            ("not_applicable", "not_applicable"),
                            ("not_answered", "not_answered"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField(max_length=5000)),
                ("first", models.CharField(max_length=20)),
                ("second", models.CharField(max_length=20)),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "read",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adjudications",
                        to="records.secondread",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SecondReadChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("percent", models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)])),
                ("seed", models.CharField(max_length=100)),
                ("generator", models.CharField(max_length=40)),
                ("first_readers", models.JSONField(help_text="Who was to read each case first, by case number")),
                ("chosen", models.JSONField(help_text="Why each chosen case was, by case number")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "inspection",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="second_read_choice",
                        to="records.inspection",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="secondread",
            constraint=models.UniqueConstraint(
                condition=models.Q(("submitted_at", None), _negated=True),
                fields=("case",),
                name="one_submitted_second_read",
            ),
        ),
        migrations.AddConstraint(
            model_name="secondjudgement",
            constraint=models.UniqueConstraint(
                fields=("assessment", "question"), name="one_second_judgement_a_question"
            ),
        ),
        migrations.AddConstraint(
            model_name="secondfinding",
            constraint=models.UniqueConstraint(fields=("assessment", "fact"), name="one_second_finding_a_fact"),
        ),
        migrations.AddConstraint(
            model_name="adjudication",
            constraint=models.UniqueConstraint(fields=("read", "question"), name="one_adjudication_a_question"),
        ),
        migrations.AddConstraint(
            model_name="adjudication",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="an_adjudication_has_a_reason"
            ),
        ),
    ]
