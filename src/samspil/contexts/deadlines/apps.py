from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "samspil.contexts.deadlines"
    label = "deadlines"
