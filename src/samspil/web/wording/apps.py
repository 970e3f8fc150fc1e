from django.apps import AppConfig


class WordingConfig(AppConfig):
    name = "samspil.web.wording"
    label = "web_wording"
