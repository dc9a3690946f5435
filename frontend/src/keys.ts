// The keyboard: `/` to the search box, `?` shows the keys, `g` and a letter goes somewhere, a page's own keys press its buttons.

const TYPING = "input, textarea, select, [contenteditable], [data-own-keys]";
let going = 0; // when `g` was pressed

/** Say whether somebody is typing, so that letters are letters. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TYPING) !== null;
}

export function watchKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") leave(event);
    else if (!isTyping(event.target) && press(event)) event.preventDefault();
  });
}

function leave(event: KeyboardEvent): void {
  if (event.target instanceof HTMLElement && isTyping(event.target)) event.target.blur();
}

function press(event: KeyboardEvent): boolean {
  if (event.key === "/") return focus("#search");
  if (event.key === "?") return show("#keys");
  if (event.key === "[" || event.key === "]") return document.dispatchEvent(new CustomEvent("toex:panel", { detail: event.key }));
  if (Date.now() - going < 1200) {
    going = 0;
    return follow(`[data-go="${CSS.escape(event.key)}"]`);
  }
  if (event.key === "g") {
    going = Date.now();
    return true;
  }
  return follow(`[data-key="${CSS.escape(event.key)}"]`);
}

function focus(selector: string): boolean {
  const found = document.querySelector<HTMLInputElement>(selector);
  found?.focus();
  found?.select();
  return found !== null;
}

function show(selector: string): boolean {
  const dialog = document.querySelector<HTMLDialogElement>(selector);
  if (dialog && !dialog.open) dialog.showModal();
  return dialog !== null;
}

/** Press the first visible control with these keys: what a key does is what the button beside it does. */
function follow(selector: string): boolean {
  const found = [...document.querySelectorAll<HTMLElement>(selector)].find((one) => one.offsetParent !== null);
  found?.click();
  return found !== undefined;
}
