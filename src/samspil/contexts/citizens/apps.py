from django.apps import AppConfig


class CitizensConfig(AppConfig):
    name = "samspil.contexts.citizens"
    label = "citizens"
