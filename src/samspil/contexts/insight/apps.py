from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "samspil.contexts.insight"
    label = "insight"
