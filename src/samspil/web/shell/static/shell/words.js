// What the scripts say. The language is the page's own.
const danish = {
  sending: "Sender …",
  saved: (time) => `Gemt som kladde ${time}`,
  notSaved: "Ikke gemt endnu. Vi prøver igen.",
  loggedOut: "Du er logget af. Det, du skriver, bliver stående her. Log på igen i en ny fane.",
  tooLong: "Teksten er for lang til at blive gemt. Del den i to.",
};
const english = {
  sending: "Sending …",
  saved: (time) => `Saved as draft ${time}`,
  notSaved: "Not saved yet. We will try again.",
  loggedOut: "You are logged out. What you write stays here. Log in again in a new tab.",
  tooLong: "The text is too long to be saved. Split it in two.",
};
export const words = document.documentElement.lang.startsWith("en") ? english : danish;
