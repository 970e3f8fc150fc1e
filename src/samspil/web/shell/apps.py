from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "samspil.web.shell"
    label = "web_shell"
