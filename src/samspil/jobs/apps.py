from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "samspil.jobs"
    label = "jobs"
