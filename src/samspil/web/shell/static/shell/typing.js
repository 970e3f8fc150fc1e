// What scripts share that change a text while somebody writes it.
const KEYS_OFF = "samspil-keys-off";

export const keysAreOn = () => localStorage.getItem(KEYS_OFF) !== "1";
export const turnKeys = (on) => localStorage.setItem(KEYS_OFF, on ? "0" : "1");

// The server counts characters, the browser UTF-16 units.
export const characters = (text, units) => [...text.slice(0, units)].length;

export function unitsOf(text) {
  if (!/[\ud800-\udbff]/.test(text)) return Number;
  const all = [...text];
  return (count) => all.slice(0, Number(count)).join("").length;
}

// Only what differs is replaced, as if it had been typed, so that Ctrl+Z takes it back.
export function put(field, after) {
  const before = field.value;
  let head = 0;
  while (head < before.length && before[head] === after[head]) head++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  field.setSelectionRange(head, before.length - tail);
  const inside = after.slice(head, after.length - tail);
  const typed = inside ? document.execCommand("insertText", false, inside) : document.execCommand("delete");
  if (!typed || field.value !== after) {
    field.value = after;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
