// A button marked `data-choose="name"` ticks every box of that name in its form; pressed again, none.

export function watchChoosing(): void {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>("button[data-choose]") : null;
    if (!button?.form) return;
    const name = button.dataset["choose"] ?? "";
    const boxes = [...button.form.querySelectorAll<HTMLInputElement>("input[type=checkbox]")].filter((box) => box.name === name);
    const all = boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = !all;
  });
}
