from django.apps import AppConfig


class DisputesConfig(AppConfig):
    name = "samspil.contexts.disputes"
    label = "disputes"
