"""What can be done: order and answer (`orders`), write and decide a status (`status_notes`), ask (`questions`)."""
