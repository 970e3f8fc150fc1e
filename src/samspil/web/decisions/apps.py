from django.apps import AppConfig


class DecisionPagesConfig(AppConfig):
    name = "samspil.web.decisions"
    label = "web_decisions"
