from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "samspil.contexts.catalogue"
    label = "catalogue"
