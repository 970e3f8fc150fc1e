from django.apps import AppConfig

from samspil.kernel.happenings import subscribe


class DecisionsConfig(AppConfig):
    name = "samspil.contexts.decisions"
    label = "decisions"

    def ready(self) -> None:
        from samspil.contexts.cases.api import CaseClosing
        from samspil.contexts.decisions.closing import refuse_while_something_waits

        subscribe(CaseClosing, refuse_while_something_waits)
