from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "samspil.contexts.access"
    label = "access"
