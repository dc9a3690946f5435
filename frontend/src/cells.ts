// A table of cells: arrows move from cell to cell, Enter opens one in the panel, x chooses its line; one cell is in the tab order.
import { isTyping } from "./keys";

const CELL = "[data-cell]";
const STEPS: Record<string, [number, number]> = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };

export function begin(place: HTMLElement): void {
  const table = place.querySelector("table");
  if (!table) return;
  enter(table, table.querySelector<HTMLElement>(CELL));
  place.addEventListener("focusin", (event) => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>(CELL) : null;
    if (cell) enter(table, cell);
  });
  place.addEventListener("keydown", pressed);
  place.addEventListener("click", (event) => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>(CELL) : null;
    if (cell) select(table, cell);
  });
  watchChoice(place);
  document.addEventListener("htmx:after:swap", () => goOn(table));
}

/** Leave one cell in the tab order: Tab goes past the table, arrows go about in it. */
function enter(table: HTMLElement, cell: HTMLElement | null): void {
  for (const one of table.querySelectorAll<HTMLElement>(CELL)) one.tabIndex = one === cell ? 0 : -1;
}

function select(table: HTMLElement, cell: HTMLElement): void {
  for (const one of table.querySelectorAll(`${CELL}[aria-current]`)) one.removeAttribute("aria-current");
  cell.setAttribute("aria-current", "true");
}

function pressed(event: KeyboardEvent): void {
  const cell = event.target instanceof Element ? event.target.closest<HTMLElement>(CELL) : null;
  if (!cell || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const step = STEPS[event.key];
  if (step) {
    event.preventDefault();
    beside(cell, step)?.focus();
  } else if (event.key === "Home" || event.key === "End") {
    event.preventDefault();
    const row = [...(cell.closest("tr")?.querySelectorAll<HTMLElement>(CELL) ?? [])];
    (event.key === "Home" ? row[0] : row[row.length - 1])?.focus();
  } else if (event.key === "x" || event.key === " ") {
    event.preventDefault();
    cell.closest("tr")?.querySelector<HTMLInputElement>("input[name=numbers]")?.click();
  }
}

function beside(cell: HTMLElement, [down, right]: [number, number]): HTMLElement | null {
  const row = cell.closest("tr");
  const column = cell.closest("td");
  if (!row || !column) return null;
  const other = down > 0 ? row.nextElementSibling : down < 0 ? row.previousElementSibling : row;
  const found = other?.children[column.cellIndex + right]?.querySelector<HTMLElement>(CELL) ?? null;
  found?.scrollIntoView({ block: "nearest", inline: "nearest" });
  return found;
}

/** When a result was kept, the cell takes the focus again, so that the arrows go on from it. */
function goOn(table: HTMLElement): void {
  const kept = document.querySelector<HTMLElement>("#panel [data-kept]:not([data-seen])");
  if (!kept) return;
  kept.dataset["seen"] = "";
  const cell = document.getElementById(kept.dataset["kept"] ?? "");
  if (!cell) return;
  enter(table, cell);
  select(table, cell);
  cell.focus();
}

function watchChoice(place: HTMLElement): void {
  const every = place.querySelector<HTMLInputElement>("input[data-every]");
  const boxes = [...place.querySelectorAll<HTMLInputElement>("input[name=numbers]")];
  const count = place.closest("form")?.querySelector("[data-count]");
  const tell = (): void => {
    const chosen = boxes.filter((box) => box.checked).length;
    if (count) count.textContent = `(${chosen})`;
    for (const box of boxes) box.closest("tr")?.classList.toggle("chosen", box.checked);
    if (every) {
      every.checked = chosen === boxes.length;
      every.indeterminate = chosen > 0 && chosen < boxes.length;
    }
  };
  every?.addEventListener("change", () => {
    for (const box of boxes) box.checked = every.checked;
    tell();
  });
  let last = -1;
  boxes.forEach((box, at) => {
    box.addEventListener("click", (event) => {
      if (event.shiftKey && last >= 0) for (let n = Math.min(at, last); n <= Math.max(at, last); n++) boxes[n]!.checked = box.checked;
      last = at;
      tell();
    });
  });
  tell();
}
