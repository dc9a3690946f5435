// The table twins: what chart, timeline and map show, as tables that sort, are walked by keys, print and copy into Word.

export interface Column<Row> { words: string; value: (row: Row) => string | number; show?: (row: Row) => Node | string; number?: boolean }

const PAGE = 300;

/** Build a table whose heads sort; a row chosen is told by `pick`. Beyond 300 rows more are shown when asked for. */
export function table<Row>(caption: string, columns: Column<Row>[], rows: readonly Row[], pick: (row: Row) => void, isMine: (row: Row) => boolean): HTMLElement {
  const place = document.createElement("section");
  const made = element("table", "govuk-table");
  const head = element("thead", "govuk-table__head"), body = element("tbody", "govuk-table__body");
  const cap = element("caption", "govuk-table__caption");
  cap.textContent = `${caption} (${rows.length.toLocaleString("en-GB")})`;
  let sorted = [...rows], by = -1, down = false, most = PAGE;
  const more = document.createElement("button");
  more.type = "button";
  more.className = "tool";
  const draw = (): void => {
    body.replaceChildren(...sorted.slice(0, most).map((row) => {
      const tr = element("tr", "govuk-table__row");
      tr.tabIndex = 0;
      if (isMine(row)) tr.setAttribute("aria-selected", "true");
      tr.append(...columns.map((c) => {
        const td = element("td", `govuk-table__cell${c.number ? " number" : ""}`);
        td.append(c.show ? c.show(row) : String(c.value(row)));
        return td;
      }));
      tr.addEventListener("click", () => pick(row));
      tr.addEventListener("keydown", (event) => walk(event, tr, () => pick(row)));
      return tr;
    }));
    more.hidden = sorted.length <= most;
    more.textContent = `Show ${Math.min(PAGE, sorted.length - most)} more of ${(sorted.length - most).toLocaleString("en-GB")}`;
  };
  const heads = columns.map((c, at) => {
    const th = element("th", `govuk-table__header${c.number ? " number" : ""}`);
    th.scope = "col";
    th.setAttribute("aria-sort", "none");
    const press = document.createElement("button");
    press.type = "button";
    press.className = "plain";
    press.textContent = c.words;
    press.addEventListener("click", () => {
      [down, by] = [by === at ? !down : false, at];
      sorted = [...rows].sort((a, b) => compare(c.value(a), c.value(b)) * (down ? -1 : 1));
      heads.forEach((h, n) => h.setAttribute("aria-sort", n === at ? (down ? "descending" : "ascending") : "none"));
      draw();
    });
    th.append(press);
    return th;
  });
  more.addEventListener("click", () => {
    most += PAGE;
    draw();
  });
  const line = element("tr", "govuk-table__row");
  line.append(...heads);
  head.append(line);
  made.append(cap, head, body);
  place.append(made, more);
  draw();
  return place;
}

function walk(event: KeyboardEvent, tr: HTMLElement, pick: () => void): void {
  const next = event.key === "j" || event.key === "ArrowDown" ? tr.nextElementSibling : event.key === "k" || event.key === "ArrowUp" ? tr.previousElementSibling : null;
  if (next instanceof HTMLElement) next.focus();
  else if (event.key === "Enter") pick();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function compare(a: string | number, b: string | number): number {
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en-GB", { numeric: true });
}

function element<K extends keyof HTMLElementTagNameMap>(tag: K, css: string): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.className = css;
  return made;
}
