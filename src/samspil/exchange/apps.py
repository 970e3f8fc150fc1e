from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "samspil.exchange"
    label = "exchange"
