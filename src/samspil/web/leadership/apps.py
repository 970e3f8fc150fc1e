from django.apps import AppConfig


class LeadershipConfig(AppConfig):
    name = "samspil.web.leadership"
    label = "web_leadership"
