from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "samspil.contexts.meetings"
    label = "meetings"
