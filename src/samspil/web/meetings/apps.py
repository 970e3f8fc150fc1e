from django.apps import AppConfig


class MeetingPagesConfig(AppConfig):
    name = "samspil.web.meetings"
    label = "web_meetings"
