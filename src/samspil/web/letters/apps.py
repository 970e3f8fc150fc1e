from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "samspil.web.letters"
    label = "web_letters"
