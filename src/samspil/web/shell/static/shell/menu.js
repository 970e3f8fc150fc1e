// An open menu closes with Escape, and when one goes elsewhere.
let listening = false;

export function start() {
  if (listening) return;
  listening = true;
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector("[data-samspil-menu][open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  for (const name of ["click", "focusin"]) document.addEventListener(name, closeOthers);
}

function closeOthers(event) {
  for (const menu of document.querySelectorAll("[data-samspil-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
}
