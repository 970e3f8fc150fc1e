// Without script a dialog stands open on the page; with it, a button opens it.
const started = new WeakSet();

export function start(root) {
  for (const place of root.querySelectorAll("[data-samspil-modal]")) {
    if (started.has(place)) continue;
    started.add(place);
    const dialog = place.querySelector("dialog");
    const opener = place.querySelector("[data-samspil-open]");
    dialog.removeAttribute("open"); // close() would say "close" and take the focus
    dialog.querySelector("form[method=dialog]").hidden = false;
    opener.hidden = false;
    opener.addEventListener("click", () => dialog.showModal());
    dialog.addEventListener("close", () => opener.focus());
    if (dialog.querySelector(".form-error")) dialog.showModal();
  }
}
