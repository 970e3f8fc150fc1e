from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "samspil.web.board"
    label = "web_board"
