from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "samspil.web.identity"
    label = "web_identity"

    def ready(self) -> None:
        from samspil.web.identity import checks  # noqa: F401 - registers them
