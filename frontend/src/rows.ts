// Rows of a table marked `data-rows`: j and k or the arrows move, Enter opens the row's first link, one row is in the tab order.
import { isTyping } from "./keys";

export function watchRows(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>("table[data-rows]")) prepare(table);
  document.addEventListener("htmx:after:swap", () => {
    for (const table of document.querySelectorAll<HTMLTableElement>("table[data-rows]")) prepare(table);
  });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const step = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    const here = event.target instanceof Element ? event.target.closest<HTMLTableRowElement>("table[data-rows] tbody tr") : null;
    if (step && (here || event.key === "j" || event.key === "k")) move(event, here, step);
    else if (event.key === "Enter" && here && event.target === here) here.querySelector<HTMLElement>("a, button")?.click();
  });
}

function rowsOf(table: Element): HTMLTableRowElement[] {
  return [...table.querySelectorAll<HTMLTableRowElement>("tbody tr")];
}

function prepare(table: HTMLTableElement): void {
  rowsOf(table).forEach((row, at) => {
    row.tabIndex = at === 0 ? 0 : -1;
  });
}

function move(event: KeyboardEvent, here: HTMLTableRowElement | null, step: number): void {
  const table = here?.closest("table") ?? document.querySelector("table[data-rows]");
  if (!table) return;
  const rows = rowsOf(table);
  const next = rows[here ? rows.indexOf(here) + step : 0];
  if (!next) return;
  event.preventDefault();
  for (const row of rows) row.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}
