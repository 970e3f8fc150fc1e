from django.apps import AppConfig


class GoalsConfig(AppConfig):
    name = "samspil.contexts.goals"
    label = "goals"
