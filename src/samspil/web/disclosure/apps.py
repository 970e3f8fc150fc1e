from django.apps import AppConfig


class DisclosurePagesConfig(AppConfig):
    name = "samspil.web.disclosure"
    label = "web_disclosure"
