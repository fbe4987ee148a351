from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "aboveline.web"
    label = "web"
