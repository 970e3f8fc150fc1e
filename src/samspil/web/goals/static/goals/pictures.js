// Finds a picture by its word. Without this all pictures stand there to choose from.
const started = new WeakSet();

export function start(root) {
  for (const field of root.querySelectorAll("[data-samspil-pictures]")) {
    if (started.has(field)) continue;
    started.add(field);
    const place = field.querySelector(".picture-search");
    const input = place.querySelector("input");
    const choices = [...field.querySelectorAll(".picture-choice")];
    place.hidden = false;
    input.addEventListener("input", () => {
      const wanted = input.value.trim().toLocaleLowerCase("da");
      if (wanted) field.querySelector("details").open = true;
      for (const choice of choices) {
        const word = choice.textContent.trim().toLocaleLowerCase("da");
        choice.hidden = !!wanted && !word.includes(wanted) && !choice.querySelector("input").checked;
      }
    });
    input.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  }
}
