// What this device has not had an answer for yet, kept in this tab: it survives a reload, and a phone that puts a
// sleeping page away. It goes when the tab is closed, and is never another person's: the first part of the ticket
// says who and which board.
export function remember(store, ticket) {
  const key = `samspil-tavle-${ticket.split(":", 1)[0]}`;
  const kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
  store.onKeep = ({ sent, waiting }) => {
    if (sent.length + waiting.length) sessionStorage.setItem(key, JSON.stringify({ sent, waiting }));
    else sessionStorage.removeItem(key);
  };
  if (kept) store.resume(kept);
}
