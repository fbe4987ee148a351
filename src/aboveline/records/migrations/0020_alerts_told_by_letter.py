"""Whether somebody was told of an alert is on their letter."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("records", "0019_letters_of_alerts")]
    operations = [
        migrations.RemoveField(model_name="alerttold", name="sent_at"),
        migrations.RemoveField(model_name="alerttold", name="tried"),
    ]
