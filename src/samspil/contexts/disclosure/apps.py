from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "samspil.contexts.disclosure"
    label = "disclosure"
