from django.apps import AppConfig


class ProcessConfig(AppConfig):
    name = "samspil.web.process"
    label = "web_process"
