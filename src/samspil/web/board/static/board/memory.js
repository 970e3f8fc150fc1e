// What this device has not had an answer for yet. It lies in the browser so that it survives a reload, a closed tab and
// a crash, and it lies there encrypted: the key comes with the page, is made by the server for one person and one
// board, and is never stored here. Whoever else sits at the device finds nothing to read.
const START = "samspil-tavle-";
const MINE = "samspil-tavle-fane"; // in this tab alone: which entry is its own
const KEPT_FOR = 24 * 60 * 60 * 1000;
const PATIENCE = 1000;
const NEVER = () => new Promise(() => {});

export class Memory {
  #key;
  #place;
  #name;
  #latest = null;
  #isSealing = false;

  // Null where the browser cannot encrypt: then nothing is stored, and the page warns before it is left.
  static async open({ ticket, memory }) {
    if (!memory || !globalThis.crypto?.subtle) return null;
    const raw = bytesOf(memory);
    const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
    const opened = new Memory(key, `${START}${ticket.split(":", 1)[0]}-`);
    forgetOld();
    return opened;
  }

  constructor(key, place) {
    this.#key = key;
    this.#place = place;
    this.found = []; // the entries of tabs that are gone: { name, sent, waiting }
    this.isUnreadable = false;
  }

  // Take over what is nobody's any more. Another tab at the same board keeps its own.
  async recall() {
    const before = sessionStorage.getItem(MINE);
    const isMine = before?.startsWith(this.#place) && (await take(before));
    this.#name = isMine ? before : `${this.#place}${crypto.randomUUID()}`;
    if (!isMine) await take(this.#name);
    sessionStorage.setItem(MINE, this.#name);
    for (const name of Object.keys(localStorage).filter((one) => one.startsWith(this.#place))) {
      if (name === this.#name || (await isNobodys(name))) await this.#read(name);
    }
    return this;
  }

  async #read(name) {
    try {
      const { iv, sealed } = JSON.parse(localStorage.getItem(name));
      const plain = await crypto.subtle.decrypt(this.#how(bytesOf(iv)), this.#key, bytesOf(sealed));
      this.found.push({ name, ...JSON.parse(new TextDecoder().decode(plain)) });
    } catch {
      this.isUnreadable = true;
      localStorage.removeItem(name);
    }
  }

  #how(iv) {
    return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(this.#place) };
  }

  get texts() {
    const ops = this.found.flatMap(({ sent, waiting }) => [...sent, ...waiting]);
    return [...new Set(ops.filter((op) => op.text?.trim()).map((op) => op.text))];
  }

  // Give the store what was found, and keep from now on what it has no answer for.
  async serve(store) {
    store.onKeep = (ops) => this.#keep(ops);
    const [first, ...others] = this.found;
    if (!first) return;
    const late = others.flatMap(({ sent, waiting }) => [...sent, ...waiting]);
    const all = { sent: first.sent, waiting: [...first.waiting, ...late] };
    store.resume(all);
    await this.#keep(all);
    for (const { name } of this.found) if (name !== this.#name) localStorage.removeItem(name);
  }

  // One at a time and the newest last, however fast somebody types.
  async #keep({ sent, waiting }) {
    this.#latest = { sent, waiting };
    if (this.#isSealing) return;
    this.#isSealing = true;
    while (this.#latest) {
      const now = this.#latest;
      this.#latest = null;
      if (!now.sent.length && !now.waiting.length) {
        localStorage.removeItem(this.#name);
        continue;
      }
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const plain = new TextEncoder().encode(JSON.stringify(now));
      const sealed = new Uint8Array(await crypto.subtle.encrypt(this.#how(iv), this.#key, plain));
      localStorage.setItem(this.#name, JSON.stringify({ at: Date.now(), iv: textOf(iv), sealed: textOf(sealed) }));
    }
    this.#isSealing = false;
  }

  forget() {
    for (const { name } of this.found) localStorage.removeItem(name);
    this.found = [];
  }
}

// A lock lives as long as its page, so an entry whose lock is free belongs to nobody. After a reload the old page may
// need a moment to let go.
function take(name) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    const hold = () => {
      resolve(true);
      return NEVER();
    };
    navigator.locks.request(name, { signal: AbortSignal.timeout(PATIENCE) }, hold).catch(() => resolve(false));
  });
}

async function isNobodys(name) {
  if (!navigator.locks) return true;
  return navigator.locks.request(name, { ifAvailable: true }, (lock) => Boolean(lock));
}

function forgetOld() {
  for (const name of Object.keys(localStorage).filter((one) => one.startsWith(START))) {
    try {
      if (Date.now() - JSON.parse(localStorage.getItem(name)).at < KEPT_FOR) continue;
    } catch {
      // not ours, or cut short
    }
    localStorage.removeItem(name);
  }
}

const bytesOf = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
const textOf = (bytes) => btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join(""));
