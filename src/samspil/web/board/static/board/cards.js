// Draws the cards. An element is made once and kept, so that the focus and what is being written stay where they are.
import { words } from "./words.js";

const form = "[data-card-form]";

export class Cards {
  constructor(root, store, kinds) {
    this.root = root;
    this.store = store;
    this.kinds = new Map(kinds.map((kind) => [kind.slug, kind]));
    this.template = document.getElementById("board-card-template");
    this.lists = new Map([...root.querySelectorAll("[data-column]")].map((list) => [list.dataset.column, list]));
    this.elements = new Map([...root.querySelectorAll("[data-card]")].map((item) => [item.dataset.card, item]));
  }

  element(id) {
    return this.elements.get(id);
  }

  idOf(node) {
    return node.closest("[data-card]")?.dataset.card;
  }

  columnOf(id) {
    return this.element(id).closest("[data-column]");
  }

  draw(ids) {
    const columns = new Set();
    for (const id of ids) {
      const card = this.store.card(id);
      if (!card) continue;
      const before = this.element(id)?.closest("[data-column]")?.dataset.column;
      if (before) columns.add(before);
      if (card.removed) this.#remove(id);
      else {
        columns.add(this.lists.has(card.column) ? card.column : this.lists.keys().next().value);
        this.#fill(this.#made(id), card);
      }
    }
    for (const column of columns) this.#arrange(column);
  }

  // A place for a card that nobody has written on yet.
  blank(column) {
    const item = this.template.content.firstElementChild.cloneNode(true);
    this.lists.get(column).append(item);
    return item;
  }

  name(item, id) {
    item.dataset.card = id;
    item.id = `kort-${id}`;
    const link = item.querySelector("[data-open]");
    if (link) link.href = `?ret=${id}#kort-${id}`;
    this.elements.set(id, item);
  }

  #made(id) {
    if (!this.element(id)) {
      const item = this.template.content.firstElementChild.cloneNode(true);
      this.name(item, id);
    }
    return this.element(id);
  }

  #remove(id) {
    this.element(id)?.remove();
    this.elements.delete(id);
  }

  #fill(item, card) {
    const isQuoted = card.kind === "citizen_words";
    const column = this.lists.get(card.column);
    const isImplied = isQuoted || card.kind === "agreement" || card.kind === column?.dataset.kind;
    const kind = this.kinds.get(card.kind);
    item.dataset.kind = card.kind;
    set(item.querySelector("[data-text]"), isQuoted ? `“${card.text}”` : card.text);
    const chip = item.querySelector("[data-chip]");
    chip.hidden = isImplied;
    chip.className = `board-kind board-kind-${card.kind}`;
    set(chip.querySelector("[data-mark]"), kind.mark);
    set(chip.querySelector("[data-word]"), kind.word);
    const byline = item.querySelector("[data-byline]");
    set(byline, bylineOf(card));
    byline.hidden = !byline.textContent;
    item.querySelector("[data-apart]").hidden = !card.apart;
    const link = item.querySelector("[data-open]");
    if (link) set(link.querySelector("[data-open-text]"), card.text);
  }

  #arrange(slug) {
    const list = this.lists.get(slug);
    const order = this.store.column(slug).map((card) => this.element(card.id));
    if (slug === this.lists.keys().next().value) order.push(...this.#homeless());
    const now = [...list.children].filter((item) => item.dataset.card);
    if (now.length === order.length && now.every((item, n) => item === order[n])) return;
    const kept = keepFocus();
    const blank = [...list.children].filter((item) => !item.dataset.card);
    list.append(...order.filter(Boolean), ...blank);
    kept();
  }

  // Cards of a column that the layout no longer has.
  #homeless() {
    const cards = [...this.store.cards.keys()].map((id) => this.store.card(id));
    return cards.filter((card) => !card.removed && !this.lists.has(card.column)).map((card) => this.element(card.id));
  }
}

export function bylineOf(card) {
  if (card.kind === "agreement") return [card.who, card.due_words].filter(Boolean).join(" · ") || words.whoWhen;
  return card.kind === "citizen_words" ? "" : card.author;
}

// Moving an element takes the focus from it; this gives it back with the caret where it was.
export function keepFocus() {
  const focused = document.activeElement;
  const caret = "selectionStart" in focused ? [focused.selectionStart, focused.selectionEnd] : null;
  return () => {
    if (!focused.isConnected || document.activeElement === focused) return;
    focused.focus({ preventScroll: true });
    if (caret && caret[0] !== null) focused.setSelectionRange(...caret);
  };
}

export function set(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function openForm(item) {
  return item?.querySelector(form);
}
