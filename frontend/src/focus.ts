// Where what had the focus was swapped away, the focus goes to the heading of what came, so that nobody is thrown to the top.

export function watchFocus(): void {
  document.addEventListener("htmx:after:swap", () => {
    if (document.activeElement && document.activeElement !== document.body) return;
    document.querySelector<HTMLElement>("[data-focus]")?.focus({ preventScroll: true });
  });
}
