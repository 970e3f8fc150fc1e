// The board's page: puts the parts together.
import { Cards, openForm, set } from "./cards.js";
import * as drag from "./drag.js";
import { Editing } from "./editing.js";
import * as keys from "./keys.js";
import { Line } from "./line.js";
import { Memory } from "./memory.js";
import { Store } from "./store.js";
import { words } from "./words.js";

const QUIET_AFTER = 2000;
const root = document.querySelector("[data-samspil-board]");
if (root) start(root);

async function start(root) {
  const memory = await recalled(root.dataset);
  delete root.dataset.memory;
  const { state, kinds } = JSON.parse(document.getElementById("board-state").textContent);
  const store = new Store(state);
  const cards = new Cards(root, store, kinds);
  const line = new Line(store, root.dataset);
  document.documentElement.classList.add("has-script");
  line.onState = (state) => showState(state);
  line.onEnd = () => end(root, store, line);
  if (root.dataset.only === "show") show(store, cards, line);
  else write(root, store, cards, line, memory);
  line.start();
}

// A browser that lets nothing be stored still gets its board; what is not sent is then asked about before one leaves.
async function recalled(given) {
  try {
    const memory = await Memory.open(given);
    return await memory?.recall();
  } catch {
    return null;
  }
}

// On the wall: it only listens, and stands still while it is on pause.
function show(store, cards, line) {
  const button = document.querySelector("[data-board-pause]");
  let held = null;
  const draw = (ids) => {
    cards.draw(ids);
    showScale(store.scale);
    cards.element(ids.at(-1))?.scrollIntoView({ block: "nearest" }); // nobody scrolls a wall
  };
  store.onChange = (ids) => (held ? ids.forEach((id) => held.add(id)) : draw(ids));
  button.hidden = false;
  button.addEventListener("click", () => {
    const waited = held;
    held = held ? null : new Set();
    button.setAttribute("aria-pressed", String(Boolean(held)));
    set(button, held ? words.goOn : words.pause);
    document.documentElement.classList.toggle("board-frozen", Boolean(held));
    if (waited) draw([...waited]);
  });
  const isHeld = line.onEnd;
  line.onEnd = (status) => held || isHeld(status);
}

function write(root, store, cards, line, memory) {
  const said = document.querySelector("[data-board-said]");
  const say = (text) => set(said, said.textContent === text ? `${text} ` : text);
  const editing = new Editing(root, store, cards, say);
  store.onChange = (ids) => {
    cards.draw(ids);
    editing.refresh(ids);
    showScale(store.scale);
  };
  line.onNews = announcer(store, cards, say);
  line.onRefused = (problem, texts) => showLost(problem, texts);
  const undo = document.querySelector("[data-board-undo]");
  editing.onRemoved = (id) => {
    undo.hidden = false;
    undo.dataset.card = id;
    say(words.removed);
    undo.querySelector("button").focus();
  };
  undo.addEventListener("submit", (event) => {
    const id = undo.dataset.card;
    if (!id) return;
    event.preventDefault();
    undo.hidden = true;
    store.do("restore", id, {}, { removed: false }).then(() => cards.element(id)?.querySelector("[data-open]").focus());
    say(words.restored);
  });
  const scale = document.querySelector("[data-board-scale]");
  scale?.addEventListener("change", (event) => store.answerScale(Number(event.target.value)));
  scale?.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("beforeunload", (event) => store.hasWork() && event.preventDefault());
  memory?.serve(store);
  if (memory?.isUnreadable) showLost(words.unreadable, []);
  keys.listen(root, store, cards, editing);
  drag.listen(root, store, cards);
}

// What others write is read out once they pause, not letter by letter.
function announcer(store, cards, say) {
  const timers = new Map();
  const told = new Map();
  return (ids) => {
    for (const id of ids) {
      clearTimeout(timers.get(id));
      const card = store.card(id);
      if (openForm(cards.element(id)) || card.removed || !card.text || told.get(id) === card.text) continue;
      timers.set(
        id,
        setTimeout(() => {
          const now = store.card(id);
          told.set(id, now.text);
          say(words.wrote(now.author, now.text));
        }, QUIET_AFTER),
      );
    }
  };
}

function showState(state) {
  for (const place of document.querySelectorAll("[data-board-state]")) {
    set(place, words[state]);
    place.dataset.state = state;
  }
  const aloud = document.querySelector("[data-board-state-aloud]");
  if (!aloud) return;
  if (state === "offline" || state === "stale") set(aloud, words[state]);
  else if (aloud.textContent) set(aloud, words.back);
}

function showScale(value) {
  for (const input of document.querySelectorAll("[data-board-scale] input[type=radio]")) {
    input.checked = Number(input.value) === value;
  }
  for (const number of document.querySelectorAll("[data-scale-number]")) {
    const isNow = Number(number.dataset.scaleNumber) === value;
    number.classList.toggle("is-now", isNow);
    if (isNow) number.setAttribute("aria-current", "true");
    else number.removeAttribute("aria-current");
  }
}

function showLost(problem, texts) {
  const place = document.querySelector("[data-board-lost]");
  place.hidden = false;
  set(place.querySelector("[data-problem]"), problem);
  place.querySelector("ul").append(
    ...texts.map((text) => {
      const item = document.createElement("li");
      item.textContent = text;
      return item;
    }),
  );
  place.focus();
}

// The meeting is over: everybody gets the picture, unless there are words here that did not get along.
function end(root, store, line) {
  line.stop();
  if (!document.querySelector("[data-board-lost]:not([hidden])")) location.assign(root.dataset.picture);
}
