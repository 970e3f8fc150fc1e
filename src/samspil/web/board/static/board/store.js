// The board on this device: what the server said, what was typed here and is not answered for yet, and what waits
// to be sent. The server puts all changes in one order; here nothing is thrown away until it has an answer.
const TEXT = new Set(["add", "text"]);
const LAST = 1e12;

export class Store {
  constructor(state) {
    this.seq = state.seq;
    this.status = state.status;
    this.scale = state.scale;
    this.cards = new Map(state.cards.map((card) => [card.id, card]));
    this.local = new Map(); // texts typed here, by card
    this.base = new Map(); // what each was built on: a version of the card, or our own earlier change
    this.ahead = new Map(); // moves, kinds and agreements made here, shown before they are answered
    this.waiting = [];
    this.sent = [];
    this.onChange = () => {};
    this.onWork = () => {};
    this.onFollow = () => {};
    this.onProblem = () => {};
    this.onKeep = () => {};
    this.answers = new Map();
  }

  card(id) {
    const known = this.cards.get(id);
    if (!known) return undefined;
    const text = this.local.get(id);
    return { ...known, ...this.ahead.get(id), ...(text === undefined ? {} : { text }) };
  }

  column(slug) {
    return [...this.cards.keys()]
      .map((id) => this.card(id))
      .filter((card) => card.column === slug && !card.removed)
      .sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
  }

  isWriting(id) {
    return [...this.sent, ...this.waiting].some((op) => op.card === id && TEXT.has(op.kind));
  }

  hasWork() {
    return this.sent.length + this.waiting.length > 0;
  }

  add(column, text, kind, author) {
    const id = crypto.randomUUID();
    this.#place(id, column, text, kind, author);
    this.#queue({ kind: "add", card: id, column, text, card_kind: kind }, true);
    return id;
  }

  #place(id, column, text, kind, author) {
    const position = Math.max(0, ...this.column(column).map((card) => card.position)) + 2;
    const empty = { who: "", due_on: null, due_words: "", apart: false, prepared: false, removed: false };
    this.cards.set(id, { id, column, position, kind, text, author, version: 0, seq: 0, ...empty });
    this.local.set(id, text);
  }

  // What an earlier page on this device left unanswered: shown again, and sent again as it was.
  resume({ sent, waiting }) {
    this.sent = sent;
    this.waiting = [...waiting, ...this.waiting];
    for (const op of [...sent, ...waiting]) {
      if (op.kind === "add" && !this.cards.has(op.card)) this.#place(op.card, op.column, op.text, op.card_kind, "");
      if (!TEXT.has(op.kind)) continue;
      this.local.set(op.card, op.text);
      const { base_op, base_version } = op;
      this.base.set(op.card, base_op ? { base_op } : { base_version });
    }
    for (const op of sent) if (TEXT.has(op.kind)) this.base.set(op.card, { base_op: op.op });
    this.onChange([...this.local.keys()]);
    this.onWork(false);
  }

  #keep() {
    this.onKeep({ sent: this.sent, waiting: this.waiting });
  }

  type(id, text) {
    this.local.set(id, text);
    const waiting = this.waiting.find((op) => op.card === id && TEXT.has(op.kind));
    if (waiting) {
      waiting.text = text;
      this.#keep();
    } else {
      if (!this.base.has(id)) this.base.set(id, { base_version: this.cards.get(id).version });
      this.#queue({ kind: "text", card: id, text, ...this.base.get(id) }, true);
    }
    this.onChange([id]);
  }

  // Anything but a text. `shown` is what the card looks like until the answer comes; resolves to the answer.
  do(kind, id, fields = {}, shown = {}) {
    if (id) this.ahead.set(id, { ...this.ahead.get(id), ...shown });
    const op = this.#queue({ kind, ...(id ? { card: id } : {}), ...fields }, false);
    this.onChange(id ? [id] : []);
    return new Promise((resolve) => this.answers.set(op, resolve));
  }

  move(id, column, after) {
    const row = this.column(column).filter((card) => card.id !== id);
    const at = after ? row.findIndex((card) => card.id === after) + 1 : 0;
    const low = at ? row[at - 1].position : (row[0]?.position ?? 2) - 2;
    const high = row[at]?.position ?? low + 2;
    const place = after ? { after } : { on_top: true };
    return this.do("move", id, { column, ...place }, { column, position: (low + high) / 2 });
  }

  moveLast(id, column) {
    return this.do("move", id, { column }, { column, position: LAST });
  }

  answerScale(value) {
    this.scale = value;
    return this.do("scale", null, { value });
  }

  #queue(op, isTyping) {
    const whole = { op: crypto.randomUUID(), ...op };
    this.waiting.push(whole);
    this.#keep();
    this.onWork(isTyping);
    return whole.op;
  }

  // What to send now: the same again, when the last answer never came.
  pack() {
    if (!this.sent.length) {
      this.sent = this.waiting.splice(0, 100);
      for (const op of this.sent) if (TEXT.has(op.kind)) this.base.set(op.card, { base_op: op.op });
    }
    return { seq: this.seq, ops: this.sent };
  }

  answered(answer) {
    const done = this.sent;
    this.sent = [];
    const changed = new Set([...done.map((op) => op.card).filter(Boolean), ...this.#take(answer)]);
    done.forEach((op, n) => {
      const result = answer.results[n];
      const isElsewhere = op.kind === "text" && result.card && result.card !== op.card;
      if (result.state === "apart" || isElsewhere) this.#follow(op.card, result.card, op.op);
    });
    for (const id of changed) {
      if (!this.isWriting(id) && this.cards.get(id)?.seq) {
        this.local.delete(id);
        this.base.delete(id);
      }
      if (!this.waiting.some((op) => op.card === id)) this.ahead.delete(id);
    }
    this.#keep();
    this.onChange([...changed]);
    done.forEach((op, n) => {
      const { problem } = answer.results[n];
      if (problem) this.onProblem(op, problem);
      this.answers.get(op.op)?.(answer.results[n]);
      this.answers.delete(op.op);
    });
  }

  news(answer) {
    const changed = this.#take(answer);
    this.onChange(changed);
    return changed;
  }

  // The server did not take these at all; what was typed stays on the screen.
  refused() {
    const texts = [...this.sent, ...this.waiting].filter((op) => TEXT.has(op.kind) && op.text.trim());
    this.sent = [];
    this.waiting = [];
    this.#keep();
    return texts.map((op) => op.text);
  }

  #take(answer) {
    const changed = [];
    for (const card of answer.cards) {
      const known = this.cards.get(card.id);
      if (known && card.seq <= known.seq) continue;
      this.cards.set(card.id, card);
      changed.push(card.id);
    }
    this.seq = Math.max(this.seq, answer.seq);
    this.status = answer.status;
    const isOurs = [...this.sent, ...this.waiting].some((op) => op.kind === "scale");
    if (!isOurs) this.scale = answer.scale;
    return changed;
  }

  // Our words stand on a card of their own now; what was typed meanwhile belongs there.
  #follow(old, fresh, op) {
    if (this.local.has(old)) {
      this.local.set(fresh, this.local.get(old));
      this.local.delete(old);
    }
    this.base.delete(old);
    this.base.set(fresh, { base_op: op });
    for (const waiting of this.waiting) {
      if (waiting.card === old && waiting.kind === "text") {
        waiting.card = fresh;
        waiting.base_op = op;
        delete waiting.base_version;
      }
    }
    this.onFollow(old, fresh);
  }
}
