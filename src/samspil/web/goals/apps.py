from django.apps import AppConfig


class GoalsConfig(AppConfig):
    name = "samspil.web.goals"
    label = "web_goals"
