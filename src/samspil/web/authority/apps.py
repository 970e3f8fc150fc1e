from django.apps import AppConfig


class AuthorityRoomConfig(AppConfig):
    name = "samspil.web.authority"
    label = "web_authority"
