// A form is sent once: the second press while the first is under way does nothing, and the button says so.
import { words } from "./words.js";

let listening = false;

export function start() {
  if (listening) return;
  listening = true;
  document.addEventListener("submit", onSubmit);
  window.addEventListener("pageshow", (event) => event.persisted && forget());
}

function onSubmit(event) {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("[data-samspil-once]")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  const button = event.submitter;
  if (!button) return;
  setTimeout(() => {
    button.setAttribute("aria-busy", "true");
    const label = button.querySelector("span") ?? button;
    label.dataset.label = label.textContent;
    if (!button.matches(".face")) label.textContent = words.sending;
  });
}

function forget() {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  for (const label of document.querySelectorAll("[data-label]")) {
    label.textContent = label.dataset.label;
    delete label.dataset.label;
  }
}
