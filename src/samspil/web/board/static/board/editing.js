// Writing on a card: the form opens in its place, and every word goes out while it is typed.
import { keepFocus, openForm } from "./cards.js";
import { words } from "./words.js";

const QUOTES = /^["“”„»]/;

export class Editing {
  constructor(root, store, cards, say) {
    this.root = root;
    this.store = store;
    this.cards = cards;
    this.say = say;
    this.template = document.getElementById("board-form-template");
    this.author = root.dataset.author;
    root.addEventListener("input", (event) => this.#typed(event));
    root.addEventListener("change", (event) => this.#changed(event));
    root.addEventListener("click", (event) => this.#clicked(event));
    root.addEventListener("submit", (event) => this.#submitted(event));
    root.addEventListener("keydown", (event) => this.#key(event));
    store.onFollow = (old, fresh) => this.#follow(old, fresh);
    store.onProblem = (op, problem) => this.#problem(op, problem);
    for (const form of root.querySelectorAll("[data-card-form]")) form.closest("li").classList.add("is-open");
  }

  // A new card in a column; it exists for others from its first word.
  begin(column) {
    const item = this.cards.blank(column);
    this.#showForm(item, { column, kind: this.cards.lists.get(column).dataset.kind, text: "", who: "", due_words: "" });
  }

  open(id) {
    const item = this.cards.element(id);
    if (!item || openForm(item)) return;
    this.#showForm(item, this.store.card(id));
  }

  close(item, { refocus = true } = {}) {
    const id = item.dataset.card;
    const form = openForm(item);
    if (!form) return;
    this.#agree(item, form);
    if (id && !this.store.card(id)?.text.trim()) this.store.do("remove", id, {}, { removed: true });
    form.remove();
    item.classList.remove("is-open");
    if (!id || !item.isConnected) {
      const column = item.closest("[data-column]")?.dataset.column;
      if (!id) item.remove();
      if (refocus && column) this.root.querySelector(`[data-new="${column}"]`)?.focus();
    } else if (refocus) item.querySelector("[data-open]").focus();
  }

  // Others' words come into an open form as long as nothing typed here waits.
  refresh(ids) {
    for (const id of ids) {
      const form = openForm(this.cards.element(id));
      const card = this.store.card(id);
      if (!form || !card || card.removed) continue;
      const area = form.elements.text;
      if (!this.store.isWriting(id) && area.value.trim() !== card.text) replaceText(area, card.text);
      form.dataset.kind = form.elements.kind.value = card.kind;
      for (const [name, value] of [["who", card.who], ["when", card.due_words]]) {
        const field = form.elements[name];
        if (field !== document.activeElement && !field.dataset.typed) field.value = value;
      }
    }
  }

  #showForm(item, card) {
    const form = this.template.content.firstElementChild.cloneNode(true);
    form.dataset.kind = card.kind;
    form.elements.text.value = card.text;
    form.elements.kind.value = card.kind;
    form.elements.who.value = card.who;
    form.elements.when.value = card.due_words;
    for (const button of form.querySelectorAll("[data-to]")) button.hidden = button.dataset.to === card.column;
    item.append(form);
    item.classList.add("is-open");
    const area = form.elements.text;
    grow(area);
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  }

  #typed(event) {
    const { target } = event;
    const form = target.closest("[data-card-form]");
    if (!form) return;
    if (target.name !== "text") {
      target.dataset.typed = "1";
      return;
    }
    this.#unquote(target, form);
    grow(target);
    const item = form.closest("li");
    if (item.dataset.card) this.store.type(item.dataset.card, target.value);
    else if (target.value.trim()) this.#born(item, form, target.value);
  }

  #born(item, form, text) {
    const id = this.store.add(item.closest("[data-column]").dataset.column, text, form.elements.kind.value, this.author);
    this.cards.name(item, id);
    this.store.onChange([id]);
  }

  // A quotation mark first: these are the citizen's words.
  #unquote(area, form) {
    if (!QUOTES.test(area.value)) return;
    replaceText(area, area.value.replace(QUOTES, ""));
    this.quote(form.closest("li"), form);
  }

  quote(item, form) {
    const kind = form ? form.elements.kind : null;
    const id = item.dataset.card;
    const own = item.closest("[data-column]").dataset.kind;
    const now = kind?.value ?? this.store.card(id).kind;
    const next = now === "citizen_words" ? (own === "citizen_words" ? "idea" : own) : "citizen_words";
    if (kind) form.dataset.kind = kind.value = next;
    if (id) this.store.do("kind", id, { card_kind: next }, { kind: next });
    this.say(this.cards.kinds.get(next).word);
  }

  #changed(event) {
    const form = event.target.closest("[data-card-form]");
    if (!form) return;
    const item = form.closest("li");
    const id = item.dataset.card;
    if (event.target.name === "kind") {
      form.dataset.kind = event.target.value;
      if (id) this.store.do("kind", id, { card_kind: event.target.value }, { kind: event.target.value });
    } else if (event.target.name === "who" || event.target.name === "when") this.#agree(item, form);
  }

  // Say who and when as far as it is written; the day comes back in words, or why it could not be read.
  #agree(item, form) {
    const id = item.dataset.card;
    if (!id || form.elements.kind.value !== "agreement") return;
    const card = this.store.card(id);
    const said = {};
    if (form.elements.who.value.trim() !== card.who) said.who = form.elements.who.value.trim();
    if (form.elements.when.dataset.typed && form.elements.when.value.trim() !== card.due_words) {
      said.when = form.elements.when.value.trim();
    }
    if (!Object.keys(said).length) return;
    delete form.elements.when.dataset.typed;
    delete form.elements.who.dataset.typed;
    const shown = said.who === undefined ? {} : { who: said.who };
    this.store.do("agree", id, { ...said, said_on: today() }, shown).then((result) => {
      if (result.problem) return;
      if (said.when !== undefined) this.#error(form, "when", "");
      const { due_words: day } = this.store.card(id);
      if (said.when && day) {
        form.elements.when.value = day;
        this.say(day);
      }
    });
  }

  #problem(op, problem) {
    const item = this.cards.element(op.card);
    if (!item) return;
    const wasClosed = !openForm(item);
    if (wasClosed) this.open(op.card);
    const form = openForm(item);
    const field = op.kind === "agree" ? "when" : "text";
    if (op.when) {
      form.elements.when.value = op.when;
      form.elements.when.dataset.typed = "1";
    }
    this.#error(form, field, problem);
    this.say(problem);
    if (wasClosed) form.elements[field].focus();
  }

  #error(form, field, problem) {
    const place = form.querySelector(`[data-error="${field}"]`);
    place.textContent = problem;
    place.hidden = !problem;
    const control = form.elements[field];
    if (problem) {
      place.id ||= `fejl-${crypto.randomUUID()}`;
      control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-describedby", place.id);
    } else {
      control.removeAttribute("aria-invalid");
      control.removeAttribute("aria-describedby");
    }
  }

  #clicked(event) {
    const opener = event.target.closest("[data-open], [data-new]");
    if (opener && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (opener.dataset.new) this.begin(opener.dataset.new);
      else this.open(this.cards.idOf(opener));
      return;
    }
    const card = event.target.closest("[data-card]");
    const isControl = event.target.closest("a, button, input, select, textarea, label, summary, form");
    if (card && !isControl && !getSelection().toString()) this.open(card.dataset.card);
  }

  #submitted(event) {
    const form = event.target.closest("[data-card-form]");
    if (!form) return;
    event.preventDefault();
    const item = form.closest("li");
    const id = item.dataset.card;
    const [what, where] = (event.submitter?.value ?? "save").split(":");
    if (what === "save" || !id) this.close(item);
    else if (what === "remove") this.remove(id);
    else if (what === "to") this.moveTo(id, where);
    else this.step(id, what);
  }

  remove(id) {
    const item = this.cards.element(id);
    openForm(item)?.remove();
    this.store.do("remove", id, {}, { removed: true });
    this.onRemoved(id);
  }

  moveTo(id, column) {
    this.store.moveLast(id, column);
    for (const button of openForm(this.cards.element(id))?.querySelectorAll("[data-to]") ?? []) {
      button.hidden = button.dataset.to === column;
    }
    this.say(words.moved(this.cards.lists.get(column).dataset.title));
    this.#keepInHand(id);
  }

  step(id, direction) {
    const card = this.store.card(id);
    const row = this.store.column(card.column);
    const at = row.findIndex((other) => other.id === id);
    if (direction === "up" ? at === 0 : at === row.length - 1) return;
    this.store.move(id, card.column, direction === "up" ? row[at - 2]?.id : row[at + 1].id);
    this.say(direction === "up" ? words.movedUp : words.movedDown);
    this.#keepInHand(id);
  }

  sideways(id, by) {
    const slugs = [...this.cards.lists.keys()];
    const to = slugs[slugs.indexOf(this.store.card(id).column) + by];
    if (to) this.moveTo(id, to);
  }

  #keepInHand(id) {
    const item = this.cards.element(id);
    const { activeElement: held } = document;
    if (!item.contains(held) || held.hidden) (openForm(item)?.elements.text ?? item.querySelector("[data-open]")).focus();
    item.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    const form = event.target.closest("[data-card-form]");
    if (!form) return;
    const item = form.closest("li");
    if (event.key === "Escape") {
      event.preventDefault();
      this.close(item);
    } else if (event.key === "Enter" && event.target.matches("textarea, input") && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#next(item, form, event.target);
    }
  }

  // Enter goes on to what an agreement still lacks, and closes the card when nothing does.
  #next(item, form, field) {
    const { who, when, kind } = form.elements;
    if (kind.value === "agreement" && item.dataset.card) {
      if (field.name === "text" && !who.value.trim()) return who.focus();
      if (field.name !== "when" && !when.value.trim()) return when.focus();
    }
    this.close(item);
  }

  // Our words were set on a card of their own: the form goes with them.
  #follow(old, fresh) {
    this.say(words.apart);
    const from = this.cards.element(old);
    const form = openForm(from);
    this.cards.draw([old, fresh]);
    const to = this.cards.element(fresh);
    if (!form || !to) return;
    const kept = keepFocus();
    to.append(form);
    to.classList.add("is-open");
    from.classList.remove("is-open");
    kept();
  }
}

// The whole text at once, with the caret where it was in the words around it.
export function replaceText(area, text) {
  const before = area.value;
  let start = 0;
  while (start < before.length && before[start] === text[start]) start += 1;
  const caret = area.selectionStart <= start ? area.selectionStart : area.selectionStart + text.length - before.length;
  area.value = text;
  if (area === document.activeElement) area.setSelectionRange(Math.max(caret, 0), Math.max(caret, 0));
  grow(area);
}

function grow(area) {
  area.rows = 1;
  while (area.scrollHeight > area.clientHeight + 2 && area.rows < 12) area.rows += 1;
}

function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}
