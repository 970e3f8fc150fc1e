from django.apps import AppConfig

from samspil.kernel.happenings import subscribe


class LettersConfig(AppConfig):
    name = "samspil.contexts.letters"
    label = "letters"

    def ready(self) -> None:
        from samspil.contexts.deadlines.api import DeadlineMoved, DeadlineNear
        from samspil.contexts.decisions.api import ComplaintForwarded, ReassessmentDelayed
        from samspil.contexts.letters.commands import forwarding, noticing

        subscribe(DeadlineNear, noticing.write_as_deadline_nears)
        subscribe(DeadlineMoved, noticing.write_of_new_day)
        subscribe(ReassessmentDelayed, noticing.write_of_later_look)
        subscribe(ComplaintForwarded, forwarding.gather)
