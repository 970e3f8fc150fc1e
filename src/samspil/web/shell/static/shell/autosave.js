// Keeps what is being written on the server while it is being written, and says when it is not yet kept.
import { words } from "./words.js";

const QUIET = 1000;
const LONGEST = 2000;
const RETRIES = [2000, 4000, 8000, 15000, 30000];
const started = new WeakSet();

export function start(root) {
  for (const form of root.querySelectorAll("form[data-samspil-draft]")) {
    if (!started.has(form)) keep(form);
    started.add(form);
  }
  for (const notice of root.querySelectorAll("[data-samspil-restored]")) announce(notice);
}

// Text that is there when the page opens is not read out; text that arrives is.
function announce(notice) {
  const said = notice.textContent;
  notice.setAttribute("role", "status");
  notice.textContent = "";
  setTimeout(() => (notice.textContent = said), 100);
}

function statusOf(form) {
  let status = form.querySelector("[data-samspil-draft-status]");
  if (!status) {
    status = document.createElement("span");
    status.className = "draft-status";
    const buttons = form.querySelectorAll(".form-buttons");
    (buttons[buttons.length - 1] || form).append(status);
  }
  const spoken = document.createElement("span");
  spoken.className = "sr-only";
  spoken.setAttribute("role", "status");
  status.after(spoken);
  let before = "";
  return (text, isWaiting) => {
    status.textContent = text;
    status.classList.toggle("is-waiting", isWaiting);
    const kind = isWaiting ? "waiting" : "kept";
    if (kind !== before) spoken.textContent = text; // each save aloud would drown what one writes
    before = kind;
  };
}

function contentOf(form) {
  const content = new FormData();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && name !== "csrfmiddlewaretoken") content.append(name, value);
  }
  content.append("sent_to", decodeURIComponent(new URL(form.getAttribute("action") || "", location.href).pathname));
  return content;
}

function keep(form) {
  const say = statusOf(form);
  let timer = 0;
  let unsavedSince = 0;
  let attempt = 0;
  let isSending = false;
  let isDone = false;

  const post = (isLeaving) =>
    fetch(form.dataset.samspilDraft, {
      method: "POST",
      body: contentOf(form),
      headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken?.value ?? "" },
      keepalive: isLeaving,
      redirect: "error",
    });

  async function save() {
    if (isSending || isDone || !unsavedSince) return;
    isSending = true;
    const since = unsavedSince;
    unsavedSince = 0;
    try {
      const response = await post(false);
      if (response.status === 401 || response.status === 403) return say(words.loggedOut, true);
      if (response.status === 413) return say(words.tooLong, true);
      if (!response.ok) throw new Error(String(response.status));
      attempt = 0;
      say(words.saved(timeOf(await response.text())), false);
    } catch {
      unsavedSince = unsavedSince || since;
      say(words.notSaved, true);
      plan(RETRIES[Math.min(attempt++, RETRIES.length - 1)]);
    } finally {
      isSending = false;
      if (unsavedSince && !attempt) plan(QUIET);
    }
  }

  function plan(wait) {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  form.addEventListener("input", () => {
    const now = Date.now();
    unsavedSince = unsavedSince || now;
    if (!attempt) plan(Math.max(0, Math.min(QUIET, unsavedSince + LONGEST - now)));
  });
  form.addEventListener("submit", () => (isDone = true));
  window.addEventListener("online", () => plan(0));
  const leave = () => {
    if (!unsavedSince || isDone) return;
    const since = unsavedSince;
    unsavedSince = 0;
    post(true).catch(() => {
      unsavedSince = since; // only hidden, not gone: go on trying
      plan(RETRIES[0]);
    });
  };
  window.addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());
}

// The server may say when: {"at": "10.42"}. Otherwise our own clock.
function timeOf(answer) {
  const said = /"at":\s*"([^"]+)"/.exec(answer)?.[1];
  const now = new Date();
  return said ?? `${now.getHours()}.${String(now.getMinutes()).padStart(2, "0")}`;
}
