from django.apps import AppConfig


class CitizenRoomConfig(AppConfig):
    name = "samspil.web.citizen"
    label = "web_citizen"
