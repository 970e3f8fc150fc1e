// "Vis ældre" lays the older notes under the others, where one is reading. Without this it is a page of its own.
import { fragmentOf } from "../shell/trusted.js";

let listening = false;

export function start() {
  if (listening) return;
  listening = true;
  document.addEventListener("click", onClick);
}

async function onClick(event) {
  const link = event.target.closest("a[data-samspil-older]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const response = await fetch(link.href, { headers: { "HX-Request": "true" }, redirect: "error" }).catch(() => null);
  if (!response?.ok) return location.assign(link.href);
  const place = link.closest("p");
  const rows = fragmentOf(await response.text());
  const first = rows.querySelector(".note h3");
  place.replaceWith(rows);
  if (!first) return;
  first.tabIndex = -1;
  first.focus();
}
