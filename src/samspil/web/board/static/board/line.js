// The line to the server: sends what waits, hears what is new, and tries again when it breaks.
const TYPING_PAUSE = 250;
const PATIENCE = 6000;
const AGAIN = [1000, 2000, 4000, 8000, 15_000];
const ASK_EVERY = 1000;
const STREAM_AGAIN = 20_000;
const SILENCE = 40_000; // the server breathes every 15 seconds

export class Line {
  constructor(store, { ops, changes, stream, ticket }) {
    this.store = store;
    this.urls = { ops, changes, stream };
    this.ticket = encodeURIComponent(ticket);
    this.tries = 0;
    this.isStopped = false;
    this.onState = () => {};
    this.onNews = () => {};
    this.onEnd = () => {};
    this.onRefused = () => {};
    store.onWork = (isTyping) => this.#soon(isTyping ? TYPING_PAUSE : 0);
    addEventListener("online", () => this.#again());
    addEventListener("offline", () => {
      this.#hangUp();
      this.#broken();
    });
    document.addEventListener("visibilitychange", () => document.hidden || this.#again());
  }

  start() {
    this.#listen();
    this.#ask();
    setInterval(() => this.hasStream && Date.now() - this.heardAt > SILENCE && this.#listen(), SILENCE / 4);
  }

  stop() {
    this.isStopped = true;
    this.#hangUp();
    clearTimeout(this.asking);
    clearTimeout(this.sending);
  }

  #address(url) {
    return `${url}?billet=${this.ticket}&efter=${this.store.seq}`;
  }

  #soon(delay) {
    this.#tell();
    if (this.sending && delay) return;
    clearTimeout(this.sending);
    this.sending = setTimeout(() => this.#send(), delay);
  }

  async #send() {
    this.sending = null;
    if (this.isSending || this.isStopped || !this.store.hasWork()) return;
    this.isSending = true;
    let response;
    try {
      response = await fetch(this.#address(this.urls.ops), {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
        body: JSON.stringify(this.store.pack()),
        signal: AbortSignal.timeout(PATIENCE),
        redirect: "manual",
      });
      await this.#read(response);
    } catch {
      this.#broken();
    } finally {
      this.isSending = false;
    }
    if (this.store.hasWork() && !this.isStopped) {
      const wait = this.tries ? AGAIN[Math.min(this.tries, AGAIN.length) - 1] : TYPING_PAUSE;
      this.sending ??= setTimeout(() => this.#send(), wait);
    }
    this.#tell();
  }

  async #read(response) {
    if (response.ok) {
      const answer = await response.json();
      this.#whole();
      this.store.answered(answer);
      this.#look(answer);
    } else if (response.status === 409 || response.status === 400) {
      const answer = await response.json();
      const lost = this.store.refused();
      this.onRefused(answer.problem, lost);
      if (answer.cards) this.#heard(answer);
    } else if (isLoggedOut(response)) {
      this.isStale = true;
      this.#broken();
    } else {
      throw new Error(response.status);
    }
  }

  // A stream where there is room for one; until it stands, and whenever it falls, ask each second.
  #listen() {
    if (this.isStopped) return;
    this.#hangUp();
    this.source = new EventSource(this.#address(this.urls.stream));
    const hears = () => {
      this.hasStream = true;
      this.heardAt = Date.now();
    };
    this.source.onopen = () => {
      hears();
      this.#whole();
    };
    this.source.addEventListener("breath", hears);
    this.source.onmessage = (event) => {
      hears();
      this.#heard(JSON.parse(event.data));
    };
    this.source.onerror = () => {
      this.hasStream = false;
      clearTimeout(this.asking);
      this.#ask();
      if (this.source.readyState === EventSource.CLOSED) {
        clearTimeout(this.streaming);
        this.streaming = setTimeout(() => this.#listen(), STREAM_AGAIN);
      }
    };
  }

  #hangUp() {
    this.source?.close();
    this.hasStream = false;
  }

  async #ask() {
    if (this.isStopped || this.hasStream) return;
    try {
      const options = { signal: AbortSignal.timeout(PATIENCE), redirect: "manual" };
      const response = await fetch(this.#address(this.urls.changes), options);
      this.isStale = isLoggedOut(response);
      if (!response.ok) throw new Error(response.status);
      const answer = await response.json();
      this.#whole();
      this.#heard(answer);
    } catch {
      this.#broken();
    }
    clearTimeout(this.asking);
    const wait = this.tries ? AGAIN[Math.min(this.tries, AGAIN.length) - 1] : ASK_EVERY;
    this.asking = setTimeout(() => this.#ask(), document.hidden ? 5 * wait : wait);
  }

  #heard(answer) {
    this.onNews(this.store.news(answer));
    this.#look(answer);
  }

  #look(answer) {
    if (answer.status !== "open" && !this.store.hasWork()) this.onEnd(answer.status);
  }

  #again() {
    if (this.isStopped) return;
    this.tries = 0;
    if (!this.source || this.source.readyState === EventSource.CLOSED) this.#listen();
    clearTimeout(this.asking);
    this.#ask();
    this.#soon(0);
  }

  #broken() {
    this.tries += 1;
    this.#tell();
  }

  #whole() {
    this.tries = 0;
    this.isStale = false;
    this.#tell();
  }

  #tell() {
    const state = this.isStale ? "stale" : this.tries ? "offline" : this.store.hasWork() ? "saving" : "saved";
    if (state !== this.state) this.onState((this.state = state));
  }
}

// The newest, since logging in again in another tab brings a new one.
function token() {
  return document.cookie.match(/(?:^|; )(?:csrftoken|__Host-csrf)=([^;]+)/)?.[1] ?? "";
}

function isLoggedOut(response) {
  return response.type === "opaqueredirect" || response.status === 401 || response.status === 403;
}
