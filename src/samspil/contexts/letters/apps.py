from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "samspil.contexts.letters"
    label = "letters"
