from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    name = "samspil.web.components"
    label = "components"
