"""A provider's worker and the status note in front of him."""

from samspil.contexts.orders import api as orders
from samspil.contexts.orders.api import Recommendation
from tests.cast import NOW


class Desk:
    """Uffe at his status note."""

    def __init__(self, world, order_id):
        self.world, self.order_id = world, order_id
        self.uffe = world.actor("uffe")

    def compose(self, *, at=NOW):
        return orders.compose_status_note(actor=self.uffe, at=at, order_id=self.order_id)

    def view(self, note_id, name="uffe"):
        return orders.status_note(self.world.actor(name), note_id)

    def save(self, note_id, index=0, **changes):
        part = self.view(note_id).parts[index]
        wanted = {"version": part.version, "text": part.text} | changes
        orders.save_part(actor=self.uffe, at=NOW, part_id=part.id, **wanted)
        return self.view(note_id).parts[index]

    def send(self, note_id, recommendation=Recommendation.CONTINUE, words="", *, at=NOW):
        orders.send_status_note(
            actor=self.uffe, at=at, status_note_id=note_id, recommendation=recommendation, words=words
        )

    def sent(self, **how):
        note_id = self.compose()
        for index, part in enumerate(self.view(note_id).parts):
            if part.kind == "goal" and not part.text:
                self.save(note_id, index, unchanged=True)
        self.send(note_id, **how)
        return note_id
