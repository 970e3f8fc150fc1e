from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "samspil.contexts.review"
    label = "review"
