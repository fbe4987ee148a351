from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "aboveline.records"
    label = "records"
