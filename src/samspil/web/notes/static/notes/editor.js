// The editor while one writes: shows below what each sentence became, sets marks by key or button, saves with Ctrl+Enter.
// All reading of the text happens on the server, so that there is one grammar.
import { fragmentOf } from "../shell/trusted.js";
import { characters, keysAreOn, put, turnKeys, unitsOf } from "../shell/typing.js";

const PAUSE = 400;
const started = new WeakSet();

export function start(root) {
  for (const form of root.querySelectorAll("form[data-samspil-editor]")) {
    if (!started.has(form)) edit(form);
    started.add(form);
  }
}

function edit(form) {
  const text = form.elements.text;
  const chips = form.querySelector("[data-samspil-chips]");
  const said = form.querySelector("[data-samspil-said]");
  const token = form.elements.csrfmiddlewaretoken.value;
  let timer = 0;
  let reading = 0;
  let summary = "";

  const post = (url, body) => fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token }, redirect: "error" });

  function contentNow() {
    const content = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "form_key") content.append(name, value);
    }
    for (const panel of chips.querySelectorAll("details[open]")) content.append("aaben", panel.dataset.piece);
    return content;
  }

  async function read() {
    const turn = ++reading;
    const response = await post(form.dataset.read, contentNow()).catch(() => null);
    if (!response?.ok || turn !== reading) return;
    const html = await response.text();
    if (turn !== reading) return;
    const open = new Set([...chips.querySelectorAll("details[open]")].map((panel) => panel.dataset.piece));
    const focused = chips.contains(document.activeElement) ? document.activeElement : null;
    const panel = focused?.closest("details")?.dataset.piece;
    chips.replaceChildren(fragmentOf(html));
    for (const one of chips.querySelectorAll("details.chip-panel")) one.open ||= open.has(one.dataset.piece);
    if (focused?.name) goOn(focused);
    else if (panel) chips.querySelector(`details[data-piece="${panel}"] > summary`)?.focus();
    settle();
  }

  function settle() {
    for (const offer of chips.querySelectorAll("[data-samspil-offer]")) offer.hidden = false;
    const now = chips.querySelector("[data-summary]")?.dataset.summary ?? "";
    if (now !== summary) said.textContent = now;
    summary = now;
  }

  // What is being typed in a field goes on in the field that took its place.
  function goOn(field) {
    const same = chips.querySelector(`[name="${CSS.escape(field.name)}"]`);
    if (!same) return;
    same.focus();
    if (same.type !== "text") return;
    same.value = field.value;
    same.setSelectionRange(field.selectionStart, field.selectionEnd);
  }

  // A closed chip carries its fields along unseen; they are fetched when it is opened.
  function onToggle({ target }) {
    if (target.open && !target.querySelector(".chip-fields")) read();
  }

  function readSoon() {
    clearTimeout(timer);
    timer = setTimeout(read, PAUSE);
  }

  async function mark(kind, at) {
    const before = text.value;
    const body = new URLSearchParams({ text: before, kind, cursor: String(at ?? characters(before, text.selectionStart)) });
    const response = await post(form.dataset.mark, body).catch(() => null);
    if (!response?.ok || text.value !== before) return;
    const { text: after, cursor } = await response.json();
    text.focus();
    put(text, after);
    const place = unitsOf(after)(cursor);
    text.setSelectionRange(place, place);
    clearTimeout(timer);
    read();
  }

  text.addEventListener("input", readSoon);
  form.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.target === text && event.altKey && !event.ctrlKey && !event.metaKey && keysAreOn()) {
      const number = /^Digit([1-8])$/.exec(event.code)?.[1];
      const offer = event.key === "Enter" && chips.querySelector("[data-samspil-offer]");
      if (!number && !offer) return;
      event.preventDefault();
      if (offer) offer.click();
      else mark(form.querySelector(`[data-number="${number}"]`).dataset.samspilKind);
    }
  });
  form.addEventListener("click", (event) => {
    const key = event.target.closest("[data-samspil-kind]");
    const offer = event.target.closest("[data-samspil-offer]");
    if (key) mark(key.dataset.samspilKind);
    if (offer) mark(offer.dataset.kind, Number(offer.dataset.start));
  });
  chips.addEventListener("change", readSoon);
  chips.addEventListener("toggle", onToggle, true);

  // With script the chips are seen while one writes, so saving needs no page to look through first.
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "laest", value: "1" }));
  for (const key of form.querySelectorAll("[data-samspil-kind]")) key.hidden = false;
  const toggle = form.querySelector("[data-samspil-keys]");
  toggle.hidden = false;
  const tick = toggle.querySelector("input");
  tick.checked = keysAreOn();
  tick.addEventListener("change", (event) => {
    event.stopPropagation();
    turnKeys(tick.checked);
  });
  // What the server has read already stands, with what is wrong at its field; a draft is read here.
  if (chips.querySelector("[data-piece]")) settle();
  else if (text.value.trim()) read();
}
