// Reads a part of the page aloud with a voice that lives on this device, so that no text leaves it.
const BLOCKS = "h1,h2,h3,h4,p,li,dt,dd,td,th,blockquote,figcaption,legend,label,summary,.form-hint";
const SILENT = "nav,button,[hidden],[aria-hidden=true],.sr-only,.printed,select,textarea,dialog:not([open])";
const SPOKEN = [[/\bkl\.\s/g, "klokken "], [/\bfx\b/g, "for eksempel"], [/\btlf\.\s/g, "telefon "], [/\bnr\.\s/g, "nummer "]];
const ABBREVIATED = /(?:^|\s)(?:kl|nr|tlf|ca|fx|f\.eks|bl\.a)\.\s*$/i; // the browser takes the dot for a full stop
const language = document.documentElement.lang || "da";
const buttons = new Set();
let voice = null;
let reading = null;

export function start(root) {
  if (!("speechSynthesis" in window)) return;
  for (const button of root.querySelectorAll("[data-samspil-read]")) {
    if (buttons.has(button)) continue;
    buttons.add(button);
    button.addEventListener("click", () => toggle(button));
  }
  choose();
  speechSynthesis.addEventListener("voiceschanged", choose);
  window.addEventListener("pagehide", stop);
}

function choose() {
  const voices = speechSynthesis.getVoices();
  voice = voices.find((v) => v.localService && v.lang.toLowerCase().startsWith(language.slice(0, 2))) ?? null;
  for (const button of buttons) button.hidden = voice === null;
}

function toggle(button) {
  const wasReading = reading === button;
  stop();
  if (wasReading) return;
  const target = document.getElementById(button.dataset.samspilRead);
  const ranges = sentences(target);
  reading = button;
  button.dataset.label = button.textContent;
  button.textContent = button.dataset.stop;
  button.setAttribute("aria-pressed", "true");
  speak(ranges, 0);
}

function stop() {
  if (!reading) return;
  const button = reading;
  reading = null;
  speechSynthesis.cancel();
  mark(null);
  button.textContent = button.dataset.label;
  button.removeAttribute("aria-pressed");
}

function speak(ranges, index) {
  const button = reading;
  if (!button) return;
  if (index >= ranges.length) return stop();
  const utterance = new SpeechSynthesisUtterance(asSpoken(ranges[index].toString()));
  utterance.voice = voice;
  utterance.lang = voice.lang;
  utterance.rate = 0.9;
  utterance.onstart = () => mark(ranges[index]);
  utterance.onend = () => reading === button && speak(ranges, index + 1);
  utterance.onerror = () => reading === button && stop();
  speechSynthesis.speak(utterance);
}

function asSpoken(text) {
  return SPOKEN.reduce((said, [written, words]) => said.replace(written, words), text.replace(/\s+/g, " ").trim());
}

function mark(range) {
  if (!("highlights" in CSS)) return;
  if (!range) return CSS.highlights.delete("samspil-read");
  CSS.highlights.set("samspil-read", new Highlight(range));
  range.startContainer.parentElement.scrollIntoView({ block: "nearest" });
}

// Text nodes belong to the nearest block around them; each block is cut into sentences.
function sentences(target) {
  const walker = document.createTreeWalker(target, NodeFilter.SHOW_TEXT);
  const blocks = new Map();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest(SILENT) || !parent.checkVisibility()) continue;
    const block = parent.closest(BLOCKS) ?? target;
    blocks.set(block, [...(blocks.get(block) ?? []), node]);
  }
  return [...blocks.values()].flatMap(cut);
}

function cut(nodes) {
  const text = nodes.map((node) => node.data).join("");
  const parts = [];
  for (const { index, segment } of new Intl.Segmenter(language, { granularity: "sentence" }).segment(text)) {
    if (parts.length && ABBREVIATED.test(parts.at(-1).segment)) parts.at(-1).segment += segment;
    else parts.push({ index, segment });
  }
  const at = (offset) => {
    for (const node of nodes) {
      if (offset <= node.length) return [node, offset];
      offset -= node.length;
    }
    return [nodes.at(-1), nodes.at(-1).length];
  };
  return parts.filter((part) => part.segment.trim()).map((part) => {
    const range = new Range();
    range.setStart(...at(part.index));
    range.setEnd(...at(part.index + part.segment.length));
    return range;
  });
}
