from django.apps import AppConfig


class ProviderRoomConfig(AppConfig):
    name = "samspil.web.provider"
    label = "web_provider"
