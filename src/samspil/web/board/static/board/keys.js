// Keys beside the pointer: N a new card, 1–5 a column, " the citizen's words, Alt and arrows move a card. Single keys
// can be switched off, since they disturb those who speak to their computer.
import { words } from "./words.js";

const OFF = "samspil-tavle-genveje";
const ARROWS = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: -1, ArrowRight: 1 };

export function listen(root, store, cards, editing) {
  let column = [...cards.lists.keys()].at(0);
  root.addEventListener("focusin", (event) => {
    column = event.target.closest("[data-board-column]")?.dataset.boardColumn ?? column;
  });
  document.addEventListener("keydown", (event) => {
    const id = root.contains(event.target) ? cards.idOf(event.target) : undefined;
    if (event.altKey && !event.ctrlKey && event.key in ARROWS && id && !event.target.matches("select")) {
      event.preventDefault();
      const way = ARROWS[event.key];
      if (typeof way === "number") editing.sideways(id, way);
      else editing.step(id, way);
      return;
    }
    if (event.altKey || event.ctrlKey || event.metaKey || isOff() || isField(event.target)) return;
    if (event.key === "n" || event.key === "N") editing.begin(column);
    else if (/^[1-9]$/.test(event.key)) {
      const slug = [...cards.lists.keys()][event.key - 1];
      if (!slug) return;
      root.querySelector(`[data-new="${slug}"]`).focus();
    } else if (event.key === '"' && id) editing.quote(cards.element(id), null);
    else return;
    event.preventDefault();
  });
  const toggle = document.querySelector("[data-board-shortcuts]");
  if (!toggle) return;
  const label = () => (toggle.textContent = isOff() ? words.shortcutsOn : words.shortcutsOff);
  toggle.hidden = false;
  toggle.addEventListener("click", () => {
    localStorage.setItem(OFF, isOff() ? "" : "1");
    label();
  });
  label();
}

function isOff() {
  return localStorage.getItem(OFF) === "1";
}

function isField(node) {
  return node.matches("input:not([type=radio]), textarea, select, [contenteditable]");
}
