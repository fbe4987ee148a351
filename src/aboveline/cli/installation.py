"""The installation a verb works on: that of ABOVELINE_HOME and the settings in the environment."""

import os


def begin() -> None:
    """Load the settings: those of the environment, else those of one's own machine."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aboveline.config.settings.local")
    import django

    django.setup()
