// The panel at the right: what records say of the selection, what lies beyond it, and what may be done with it.
import { kindWords } from "./icons";
import type { Count, HandDrawn, Told } from "./shapes";
import type { Element, Picture } from "./store";

export type Do = (act: string, detail?: string) => void;

/** Make an element with text or children; the only way in which texts reach the page. */
export function make<K extends keyof HTMLElementTagNameMap>(tag: K, css = "", ...held: (Node | string)[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (css) made.className = css;
  made.append(...held);
  return made;
}

export function day(at: string | null): string {
  return at ? new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }) : "";
}

export function button(words: string, act: () => void): HTMLButtonElement {
  const made = make("button", "tool", words);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

export function ofWhom(categories: readonly string[]): HTMLElement {
  const made = make("span");
  categories.forEach((one, at) => made.append(at ? " " : "", make("span", `of of--${one}`, one)));
  return made;
}

export class Panel {
  private readonly place = document.querySelector<HTMLElement>("#panel") ?? document.body;

  constructor(private readonly act: Do, private readonly desk: string) {}

  focus(): void {
    document.dispatchEvent(new CustomEvent("toex:panel", { detail: "]" }));
    this.place.focus();
  }

  nothing(picture: Picture): void {
    const victims = picture.shown().filter((e) => e.categories.includes("victim"));
    const body: Node[] = [make("p", "muted", "Nothing is selected. Choose an element or a link: what records say of it stands here.")];
    if (victims.length) body.push(make("h2", "", `Victims on this chart (${victims.length})`), this.list(victims));
    this.place.replaceChildren(...body);
  }

  several(held: Element[]): void {
    this.place.replaceChildren(make("h2", "", `${held.length} selected`), this.list([...held].sort((a, b) => Number(b.categories.includes("victim")) - Number(a.categories.includes("victim")))));
  }

  group(id: string, title: string, collapsed: boolean, note: string, held: Element[]): void {
    this.place.replaceChildren(make("h2", "", title), ...(note ? [make("p", "muted", note)] : []), make("div", "tools", button(collapsed ? "Open the group" : "Close the group", () => this.act("collapse", id)), button("Take the group apart", () => this.act("ungroup", id))), this.list(held));
  }

  element(e: Element): void {
    const head = this.head(e.label, kindWords(e.kind), e.categories);
    const counts = make("div"), said = make("div", "", make("p", "muted", "Reading …"));
    counts.id = "counts";
    said.id = "said";
    this.place.replaceChildren(...head, ...(e.drawn ? this.byHand(e.drawn) : [counts, said]));
  }

  counts(counts: Count[], hub: string): void {
    const place = document.querySelector("#counts");
    if (!place) return;
    const rows = counts.map((c) => make("li", "", button(`${c.words} ${c.number.toLocaleString("en-GB")}`, () => this.act("expand-kind", c.kind))));
    const note = hub ? [make("p", "muted", `A hub: ${hub}.`)] : [];
    place.replaceChildren(make("h3", "", "Not on the chart yet"), ...note, rows.length ? make("ul", "picture__counts", ...rows) : make("p", "muted", "All that is linked to it is on the chart."));
  }

  told(told: Told): void {
    const place = document.querySelector("#said");
    place?.replaceChildren(...this.facts(told));
  }

  line(title: string, told: Told | null, drawn: HandDrawn[]): void {
    const body = told ? this.facts(told) : drawn.length ? [] : [make("p", "muted", "Reading …")];
    this.place.replaceChildren(make("h2", "", told?.title ?? title), ...drawn.flatMap((d) => this.byHand(d)), ...body);
  }

  event(title: string, text: string, rows: [string, string][], records: string[]): void {
    this.place.replaceChildren(make("h2", "", title), make("p", "", text), this.pairs(rows), this.records(records));
  }

  refuse(fact: string): void {
    this.place.replaceChildren(make("p", "", fact));
  }

  private head(title: string, kind: string, categories: readonly string[]): Node[] {
    return [make("p", "crumbs", kind), make("h2", "picture__who", title), ...(categories.length ? [make("p", "", ofWhom(categories))] : [])];
  }

  private list(held: Element[]): HTMLElement {
    const list = make("ul", "picture__list");
    for (const e of held.slice(0, 200)) {
      const press = make("button", "plain", e.label);
      press.type = "button";
      press.addEventListener("click", () => this.act("select", e.id));
      list.append(make("li", "", press, " ", ofWhom(e.categories)));
    }
    return list;
  }

  private byHand(d: HandDrawn): Node[] {
    const tools = make("div", "tools", ...(d.confirmed ? [] : d.own ? [] : [button("Confirm", () => this.act("confirm", String(d.number)))]), button("Take off the chart", () => this.act("withdraw", String(d.number))));
    const rows: [string, string][] = [["Drawn by", `${d.by}, ${day(d.at)}`], ["Grade", d.grade], ...(d.conditions ? [["Conditions", d.conditions] as [string, string]] : []), ["Why", d.reason], ["Confirmed", d.confirmed ? `by ${d.confirmed_by}, ${day(d.confirmed)}` : d.own ? "not yet: another person confirms it" : "not yet"]];
    return [make("h3", "", d.kind === "link" ? `Drawn by hand: ${d.label}` : "Drawn by hand"), this.pairs(rows), tools];
  }

  private facts(told: Told): Node[] {
    const records = told.sources.map((s) => {
      const link = make("a", "", `${s.what}, ${s.supplier}`);
      link.href = `${this.desk}records/${s.record}`;
      const where = [s.file || s.dataset, s.row === null ? "" : `row ${s.row}`, day(s.reported)].filter(Boolean).join(", ");
      return make("li", "", link, make("span", "muted", ` ${where} `), s.grade ? make("span", "state", s.grade) : make("span", "muted", "not graded"), ...(s.conditions ? [make("div", "muted", s.conditions)] : []));
    });
    return [
      ...(told.note ? [make("p", "muted", told.note)] : []), this.pairs(told.said),
      make("h3", "", "Records that say so"), make("ul", "picture__sources", ...records),
      ...(told.more > 0 ? [make("p", "muted", `and ${told.more} more`)] : []),
    ];
  }

  private records(ids: string[]): HTMLElement {
    const list = make("ul", "picture__sources");
    ids.forEach((id, at) => {
      const link = make("a", "", `Record ${at + 1}`);
      link.href = `${this.desk}records/${id}`;
      list.append(make("li", "", link));
    });
    return list;
  }

  private pairs(rows: readonly (readonly [string, string])[]): HTMLElement {
    const list = make("dl", "picture__pairs");
    let last = "";
    for (const [label, value] of rows) {
      list.append(make("dt", "", label === last ? "" : label), make("dd", "", value));
      last = label;
    }
    return list;
  }
}
