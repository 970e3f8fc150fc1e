// Quiet underlines and a panel beside the text, while one writes. All reading of the text happens on the server; nothing is
// kept there, and what is skipped is forgotten with the page.
import { fragmentOf } from "../shell/trusted.js";
import { keysAreOn, put, unitsOf } from "../shell/typing.js";

const PAUSE = 900;
const FEWEST = 12;
const SHOWN = 3;
const SAME = [
  "font", "letter-spacing", "word-spacing", "line-height", "padding", "border-width", "border-style", "text-indent",
  "tab-size",
];
const started = new WeakSet();

export function start(root) {
  for (const button of root.querySelectorAll("button[data-samspil-wording]")) {
    if (!started.has(button)) checkAll(button);
    started.add(button);
  }
}

function checkAll(button) {
  const fields = button.value
    .split(" ")
    .map((asked) => ({ asked, field: button.form?.elements[asked.split(":")[1]] }))
    .filter(({ field }) => field instanceof HTMLTextAreaElement);
  if (!fields.length) return;
  const texts = fields.map(({ asked, field }) => ({ field, ...check(button, asked, field) }));
  button.type = "button"; // only the server's own form needs it to send
  button.setAttribute("aria-controls", texts.map(({ id }) => id).join(" "));
  button.addEventListener("click", () => {
    const written = texts.filter(({ field }) => field.value.trim());
    for (const { ask } of written.length ? written : texts.slice(0, 1)) ask();
  });
}

function check(button, asked, field) {
  const { frame, mirror, panel, summary, result, said } = framed(field);
  const skipped = new Set();
  let text = null; // what the marks belong to
  let found = [];
  let at = -1;
  let timer = 0;
  let turn = 0;

  async function ask(isAsked) {
    clearTimeout(timer);
    const mine = ++turn;
    const now = field.value;
    if (now.trim().length < FEWEST && !isAsked) return show(now, null);
    const body = new URLSearchParams({ tjek: asked, [field.name]: now });
    const headers = { "X-CSRFToken": button.form.elements.csrfmiddlewaretoken.value, "HX-Request": "true" };
    const answer = await fetch(button.formAction, { method: "POST", body, headers, redirect: "error" }).catch(() => null);
    if (mine !== turn) return;
    if (answer?.status === 413) return tooLong(await answer.text());
    if (!answer?.ok) return isAsked && (said.textContent = panel.dataset.failed);
    const html = await answer.text();
    if (mine === turn && now === field.value) show(now, fragmentOf(html));
    if (!isAsked) return;
    panel.open = true;
    said.textContent = summary.textContent;
  }

  function tooLong(words) {
    show(field.value, null);
    summary.textContent = words;
    panel.hidden = false;
  }

  function show(now, content) {
    text = now;
    at = -1;
    result.replaceChildren(...(content ? [content] : []));
    const list = result.querySelector("ol");
    list?.append(...result.querySelectorAll("details li")); // here the others wait their turn in the one list
    result.querySelector("details")?.remove();
    const units = unitsOf(now);
    found = [...result.querySelectorAll("li")].map((row) => {
      const [start, end] = [units(row.dataset.start), units(row.dataset.end)];
      row.querySelector("[data-samspil-wording-buttons]").hidden = false;
      return { row, start, end, words: now.slice(start, end), replacement: row.dataset.replacement };
    });
    panel.hidden = !content;
    settle();
  }

  // The first few that are not skipped are seen; the others wait.
  function settle() {
    const left = found.filter((one) => !skipped.has(key(one)));
    for (const one of found) one.row.hidden = true;
    for (const one of shown()) one.row.hidden = false;
    const box = result.querySelector("[data-samspil-findings]");
    const all = box?.dataset.summary ?? "";
    summary.textContent = left.length === found.length ? all : all.replace(/^\d+/, left.length);
    frame.classList.toggle("has-findings", left.length > 0);
    paint();
  }

  const key = (one) => `${one.row.className} ${one.words}`;
  const shown = () => found.filter((one) => !skipped.has(key(one))).slice(0, SHOWN);

  function paint() {
    const style = getComputedStyle(field);
    for (const name of SAME) mirror.style.setProperty(name, style.getPropertyValue(name));
    const parts = [];
    let from = 0;
    for (const one of shown().sort((a, b) => a.start - b.start)) {
      if (one.start < from || one.end - one.start > 400) continue;
      const mark = document.createElement("mark");
      mark.className = `wording-mark ${[...one.row.classList].find((name) => name === "wording-warning") ?? ""}`;
      mark.textContent = text.slice(one.start, one.end);
      parts.push(text.slice(from, one.start), mark);
      from = one.end;
    }
    mirror.replaceChildren(...parts, `${(text ?? "").slice(from)}\n`);
    mirror.scrollTop = field.scrollTop;
  }

  // Marks follow the words while one types; what was changed itself loses its mark until the next look.
  function follow() {
    const now = field.value;
    const before = text ?? "";
    let head = 0;
    while (head < before.length && before[head] === now[head]) head++;
    let tail = 0;
    const most = Math.min(before.length, now.length) - head;
    while (tail < most && before[before.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
    const moved = now.length - before.length;
    found = found.filter((one) => one.end <= head || one.start >= before.length - tail);
    for (const one of found.filter((each) => each.start >= before.length - tail && each.end > head)) {
      one.start += moved;
      one.end += moved;
    }
    text = now;
    paint();
  }

  function next() {
    const rows = shown();
    if (!rows.length) return;
    at = (at + 1) % rows.length;
    pick(rows[at]);
  }

  function pick(one) {
    panel.open = true;
    for (const each of found) each.row.removeAttribute("aria-current");
    one.row.setAttribute("aria-current", "true");
    at = shown().indexOf(one);
    field.focus();
    field.setSelectionRange(one.start, one.end);
    said.textContent = one.row.querySelector("p:nth-of-type(2)").textContent;
  }

  function accept(one) {
    if (!one?.replacement || field.value.slice(one.start, one.end) !== one.words) return;
    field.focus();
    put(field, field.value.slice(0, one.start) + one.replacement + field.value.slice(one.end));
    ask(false);
  }

  function skip(one) {
    if (!one) return;
    skipped.add(key(one));
    at = -1;
    settle();
  }

  const doing = { accept, skip, show: pick };
  field.addEventListener("input", () => {
    follow();
    clearTimeout(timer);
    timer = setTimeout(() => ask(false), PAUSE);
  });
  field.addEventListener("scroll", () => (mirror.scrollTop = field.scrollTop));
  field.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || !keysAreOn()) return;
    const act = { KeyN: next, KeyR: () => accept(shown()[at]), KeyI: () => skip(shown()[at]) }[event.code];
    if (!act) return;
    event.preventDefault();
    act();
  });
  result.addEventListener("click", ({ target }) => {
    const act = target.closest("[data-do]");
    const one = act && found.find(({ row }) => row.contains(act));
    if (one) doing[act.dataset.do](one);
  });
  new ResizeObserver(paint).observe(field);
  if (field.value.trim()) ask(false);
  return { id: panel.id, ask: () => ask(true) };
}

let number = 0;

function framed(field) {
  const focused = document.activeElement === field;
  const make = (tag, className, inside) => {
    const made = Object.assign(document.createElement(tag), { className });
    inside?.append(made);
    return made;
  };
  const frame = make("div", "wording-frame");
  field.before(frame);
  const inner = make("div", "wording-inner", frame);
  const pad = make("div", "wording-field", inner);
  const mirror = make("div", "wording-mirror", pad);
  mirror.setAttribute("aria-hidden", "true");
  pad.append(field);
  const panel = make("details", "wording-panel", inner);
  panel.id = `sprog-${++number}`;
  panel.hidden = true;
  const summary = make("summary", "wording-summary", panel);
  const result = make("div", "wording-result", panel);
  const said = make("p", "sr-only", frame);
  said.setAttribute("role", "status");
  if (focused) field.focus();
  return { frame, mirror, panel, summary, result, said };
}
