from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "samspil.web.notes"
    label = "web_notes"
