// What a closed fold leads to is fetched when it is opened, and laid inside. Without this its link is a page of its own.
import { fragmentOf } from "./trusted.js";

export function start(root) {
  for (const fold of root.querySelectorAll("details[data-samspil-unfold]")) {
    fold.ontoggle = () => fetchInto(fold);
  }
}

async function fetchInto(fold) {
  const link = fold.querySelector(".details-body > a[href]:only-child");
  if (!fold.open || !link) return;
  fold.ontoggle = null;
  const response = await fetch(link.href, { headers: { "HX-Request": "true" }, redirect: "error" }).catch(() => null);
  if (response?.ok) link.replaceWith(fragmentOf(await response.text()));
  else fold.ontoggle = () => fetchInto(fold);
}
