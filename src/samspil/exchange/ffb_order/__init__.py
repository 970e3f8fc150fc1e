"""KL's order message (kl-ffb-messaging 1.0.0, event ffb-order) read into a provider's inbox.

Three steps: `message` reads the JSON and remembers what has been read of it, `order` finds out what it says,
`taking_over` writes it. What is not taken over is named; nothing of a message disappears in silence.
"""
