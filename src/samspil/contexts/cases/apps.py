from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "samspil.contexts.cases"
    label = "cases"
