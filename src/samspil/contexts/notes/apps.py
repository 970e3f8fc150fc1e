from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "samspil.contexts.notes"
    label = "notes"
