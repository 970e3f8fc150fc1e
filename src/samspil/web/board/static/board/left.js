// The picture of a board that was closed: what this device had written and could not send meanwhile.
import { Memory } from "./memory.js";

const place = document.querySelector("[data-board-left]");
if (place) show(place);

async function show(place) {
  const memory = await Memory.open(place.dataset);
  await memory?.recall();
  if (!memory?.texts.length) return;
  place.querySelector("ul").replaceChildren(
    ...memory.texts.map((text) => {
      const item = document.createElement("li");
      item.textContent = text;
      return item;
    }),
  );
  place.hidden = false;
  place.querySelector("button").addEventListener("click", () => {
    memory.forget();
    place.hidden = true;
  });
}
