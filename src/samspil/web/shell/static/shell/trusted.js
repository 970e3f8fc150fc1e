// The one place where text becomes markup, and only for what this server answered: the policy's name is in the headers.
// Scripts in what comes out are never run.
const policy = globalThis.trustedTypes?.createPolicy("samspil", { createHTML: (html) => html });

export function fragmentOf(html) {
  const template = document.createElement("template");
  template.innerHTML = policy ? policy.createHTML(html) : html;
  return document.importNode(template.content, true);
}
