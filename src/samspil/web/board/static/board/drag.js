// Dragging a card with the mouse: an extra, since every move can be made with buttons and keys.
import { openForm } from "./cards.js";

export function listen(root, store, cards) {
  let held = null;
  const arm = (event) => {
    const item = event.target.closest("[data-card]");
    if (item) item.draggable = event.pointerType === "mouse" && !openForm(item);
  };
  root.addEventListener("pointerdown", arm);
  root.addEventListener("dragstart", (event) => {
    held = cards.idOf(event.target) ?? null;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", store.card(held)?.text ?? "");
  });
  root.addEventListener("dragover", (event) => {
    if (held && event.target.closest("[data-board-column]")) event.preventDefault();
  });
  root.addEventListener("drop", (event) => {
    const section = event.target.closest("[data-board-column]");
    if (!held || !section) return;
    event.preventDefault();
    const column = section.dataset.boardColumn;
    const above = store
      .column(column)
      .filter((card) => card.id !== held && isAbove(cards.element(card.id), event.clientY))
      .at(-1);
    store.move(held, column, above?.id);
    held = null;
  });
  root.addEventListener("dragend", () => (held = null));
}

function isAbove(item, y) {
  const { top, height } = item.getBoundingClientRect();
  return top + height / 2 < y;
}
