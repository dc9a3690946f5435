// Where what had the focus was swapped away, the focus goes to the heading of what came, so that nobody is thrown to the top.

export function watchFocus(): void {
  document.addEventListener("htmx:after:swap", (event) => {
    if (document.activeElement && document.activeElement !== document.body) return;
    const came = event.target instanceof Element ? event.target.querySelector<HTMLElement>("[data-focus]") : null;
    came?.focus({ preventScroll: true });
  });
}
