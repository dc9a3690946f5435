// The panel at the right: what is selected stays there while the page changes; `[` hides it, `]` shows it.

const HIDDEN = "panel-hidden";

export function watchPanel(): void {
  const frame = document.querySelector<HTMLElement>(".frame");
  if (!frame) return;
  document.addEventListener("toex:panel", (event) => {
    frame.classList.toggle(HIDDEN, (event as CustomEvent<string>).detail === "[");
  });
  document.addEventListener("htmx:after:swap", (event) => {
    const panel = document.querySelector("#panel");
    if (panel && event.target instanceof Element && (event.target === panel || panel.contains(event.target))) {
      frame.classList.remove(HIDDEN);
    }
  });
}
