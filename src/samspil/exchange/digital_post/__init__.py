"""Digital Post. What a channel must do stands in contexts/letters/channels.py; the real one takes the place of this."""

from samspil.contexts.letters.api import Message, NotDelivered, Problem, Receipt


class NotConnected:
    """An installation without Digital Post: every letter goes on paper at once, and is never left waiting."""

    def deliver(self, message: Message) -> Receipt:
        raise NotDelivered(Problem.NOT_CONNECTED, is_final=True)
