from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "samspil.contexts.feedback"
    label = "feedback"
