from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "samspil.contexts.decisions"
    label = "decisions"
