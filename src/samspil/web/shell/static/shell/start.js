// Looks for what a page asks for and fetches only that. Every page works without any of it.
const parts = [
  ["[data-samspil-read]", () => import("./read_aloud.js")],
  ["form[data-samspil-draft]", () => import("./autosave.js")],
  ["form[data-samspil-once]", () => import("./once.js")],
  ["[data-samspil-modal]", () => import("./modal.js")],
  ["[data-samspil-menu]", () => import("./menu.js")],
  ["form[data-samspil-editor]", () => import("../notes/editor.js")],
  ["button[data-samspil-wording]", () => import("../wording/check.js")],
  ["[data-samspil-pictures]", () => import("../goals/pictures.js")],
  ["details[data-samspil-unfold]", () => import("./unfold.js")],
  ["[data-samspil-older]", () => import("../notes/older.js")],
];

function start(root) {
  for (const [selector, load] of parts) {
    if (root.querySelector(selector)) load().then((part) => part.start(root));
  }
  for (const button of root.querySelectorAll("[data-samspil-print]")) {
    button.hidden = false;
    button.onclick = () => window.print();
  }
  root.querySelector("[data-samspil-focus]")?.focus();
}

start(document);
for (const name of ["htmx:after:settle", "htmx:afterSettle", "samspil:content"]) {
  document.addEventListener(name, (event) => start(event.target instanceof Element ? event.target : document));
}
