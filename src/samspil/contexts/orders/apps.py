from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "samspil.contexts.orders"
    label = "orders"
