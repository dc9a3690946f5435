// One chart and one selection, looked at by all views: what changes here is drawn everywhere, and can be undone.
import { byHand, type Part } from "./grouping";
import type { Asked, Drawing, Given, Group, HandDrawn, Line, SavedChart, Sign, View } from "./shapes";

export interface Element extends Sign {
  readonly x: number;
  readonly y: number;
  readonly placed: boolean; // has a position of its own; what has none is laid out
  readonly pinned: boolean;
  readonly hidden: boolean;
  readonly group: string;
  readonly drawn: HandDrawn | null;
}

export interface Selected { ids: ReadonlySet<string>; line: string }
interface Past { elements: Map<string, Element>; lines: Map<string, Line>; groups: Map<string, Group> }
type Heard = (what: "chart" | "selection" | "places") => void;
const DEEPEST = 60;

export const lineKey = (line: { a: string; b: string }): string => (line.a < line.b ? `${line.a}\n${line.b}` : `${line.b}\n${line.a}`);
const lineId = (line: Line): string => `${lineKey(line)}\n${line.label}`;

export class Picture {
  elements = new Map<string, Element>();
  lines = new Map<string, Line>();
  groups = new Map<string, Group>();
  drawnLinks: HandDrawn[] = [];
  selected: Selected = { ids: new Set(), line: "" };
  view: View;
  changed = false;
  private past: Past[] = [];
  private readonly heard: Heard[] = [];

  constructor(given: Given) {
    this.view = given.document.view;
    this.groups = new Map(given.document.groups.map((g) => [g.id, g]));
    const kept = new Map(given.document.elements.map((e) => [e.id, e]));
    const thing = (sign: Sign, drawn: HandDrawn | null): void => {
      const at = kept.get(sign.id);
      const records = at?.records.length ? at.records : sign.records;
      this.elements.set(sign.id, {
        ...sign, records, x: at?.x ?? 0, y: at?.y ?? 0, placed: at !== undefined, pinned: at?.pinned ?? false,
        hidden: at?.hidden ?? false, group: at && this.groups.has(at.group) ? at.group : "", drawn,
      });
    };
    for (const sign of given.drawing.signs) thing(sign, null);
    for (const one of given.drawn) {
      if (one.kind === "link") this.drawnLinks.push(one);
      else thing(signOf(one), one);
    }
    this.order([...kept.keys()]);
    for (const line of given.drawing.lines) this.lines.set(lineId(line), line);
  }

  listen(heard: Heard): void {
    this.heard.push(heard);
  }

  tell(what: "chart" | "selection" | "places"): void {
    for (const one of this.heard) one(what);
  }

  /** What is asked of the server about: everything on the chart that has records, hidden ones included. */
  asked(only?: Iterable<string>): Asked[] {
    const wanted = only ? new Set(only) : null;
    return [...this.elements.values()]
      .filter((e) => !e.drawn && (!wanted || wanted.has(e.id)))
      .map((e) => ({ id: e.id, records: [...e.records] }));
  }

  shown(): Element[] {
    return [...this.elements.values()].filter((e) => !e.hidden);
  }

  /** Lines with what was drawn by hand between elements that are there. */
  allLines(): Line[] {
    const own = this.drawnLinks.filter((d) => this.elements.has(d.one) && this.elements.has(d.other)).map(lineOf);
    return [...this.lines.values(), ...own];
  }

  select(ids: Iterable<string>, line = ""): void {
    const held = new Set([...ids].filter((id) => this.elements.has(id)));
    if (held.size === this.selected.ids.size && line === this.selected.line && [...held].every((id) => this.selected.ids.has(id))) return;
    this.selected = { ids: held, line };
    this.tell("selection");
  }

  /** Remember how it was, then change it. */
  change(act: () => void): void {
    this.past.push({ elements: new Map(this.elements), lines: new Map(this.lines), groups: new Map(this.groups) });
    if (this.past.length > DEEPEST) this.past.shift();
    act();
    this.settle();
  }

  undo(): boolean {
    const before = this.past.pop();
    if (!before) return false;
    Object.assign(this, before);
    this.settle();
    return true;
  }

  add(drawing: Drawing, near?: { x: number; y: number }): string[] {
    const fresh = drawing.signs.filter((s) => !this.elements.has(s.id));
    this.change(() => {
      const held = this.shown().filter((e) => e.placed);
      const right = Math.max(0, ...held.map((e) => e.x + 150)), top = Math.min(0, ...held.map((e) => e.y));
      fresh.forEach((sign, n) => {
        const around = near ? { x: near.x + 90 * Math.cos(2.4 * n) * (1 + n / 12), y: near.y + 90 * Math.sin(2.4 * n) * (1 + n / 12) } : { x: right + 150 * Math.floor(n / 7), y: top + 95 * (n % 7) };
        this.elements.set(sign.id, { ...sign, ...around, placed: false, pinned: false, hidden: false, group: "", drawn: null });
      });
      for (const line of drawing.lines) this.lines.set(lineId(line), line);
    });
    return fresh.map((s) => s.id);
  }

  put(drawn: HandDrawn, at: { x: number; y: number }): void {
    if (drawn.kind === "link") this.drawnLinks.push(drawn);
    else this.elements.set(`drawn:${drawn.number}`, { ...signOf(drawn), ...at, placed: true, pinned: false, hidden: false, group: "", drawn });
    this.settle();
  }

  /** Let what was drawn by hand stand as it is now, or go. */
  redraw(number: number, drawn: HandDrawn | null): void {
    this.drawnLinks = this.drawnLinks.flatMap((d) => (d.number === number ? (drawn ? [drawn] : []) : [d]));
    const id = `drawn:${number}`;
    const held = this.elements.get(id);
    if (held && drawn) this.elements.set(id, { ...held, ...signOf(drawn), drawn });
    else if (held) this.elements.delete(id);
    this.settle();
  }

  edit(ids: Iterable<string>, with_: Partial<Element>): void {
    for (const id of ids) {
      const held = this.elements.get(id);
      if (held) this.elements.set(id, { ...held, ...with_ });
    }
  }

  /** What people wrote on this chart: names of groups made by hand, labels of what was drawn. */
  written(): { groups: Record<string, string>; drawn: Record<string, string> } {
    const drawn = [...this.drawnLinks, ...[...this.elements.values()].flatMap((e) => (e.drawn ? [e.drawn] : []))];
    return {
      groups: Object.fromEntries([...this.groups.values()].filter((g) => byHand(g.id)).map((g) => [g.id, g.title])),
      drawn: Object.fromEntries(drawn.map((d) => [String(d.number), d.label])),
    };
  }

  /** Let other words stand where people's words stood, in what was undone too: a child's name has gone from them. */
  reword(groups: Record<string, string>, drawn: Record<string, string>): void {
    const now = this.written(), same = (said: Record<string, string>, is: Record<string, string>): boolean => Object.entries(said).every(([id, told]) => is[id] === undefined || is[id] === told);
    if (same(groups, now.groups) && same(drawn, now.drawn)) return;
    const group = (g: Group): Group => ({ ...g, title: groups[g.id] ?? g.title });
    const one = (d: HandDrawn): HandDrawn => ({ ...d, label: drawn[String(d.number)] ?? d.label });
    const element = (e: Element): Element => (e.drawn ? { ...e, label: drawn[String(e.drawn.number)] ?? e.label, drawn: one(e.drawn) } : e);
    for (const held of [this, ...this.past]) {
      held.groups = new Map([...held.groups].map(([id, g]) => [id, group(g)]));
      held.elements = new Map([...held.elements].map(([id, e]) => [id, element(e)]));
    }
    this.drawnLinks = this.drawnLinks.map(one);
    this.tell("chart");
    this.tell("selection");
  }

  remove(ids: Iterable<string>): void {
    const gone = new Set(ids);
    this.change(() => {
      for (const id of gone) this.elements.delete(id);
      for (const [key, line] of this.lines) if (gone.has(line.a) || gone.has(line.b)) this.lines.delete(key);
    });
  }

  group(ids: Iterable<string>, title: string): string {
    const id = this.fresh("g");
    this.change(() => {
      this.groups.set(id, { id, title, collapsed: false });
      this.edit(ids, { group: id });
    });
    return id;
  }

  /** Divide elements in one step: an earlier division of them gives way, and a group that somebody made by hand stays whole. */
  divide(among: Iterable<string>, parts: readonly Part[], mark: string): number {
    const free = new Set([...among].filter((id) => this.isFree(id)));
    const kept = parts.map((part) => ({ ...part, ids: part.ids.filter((id) => free.has(id)) })).filter((part) => part.ids.length > 1);
    if (!kept.length) return 0;
    this.change(() => {
      this.edit(free, { group: "" });
      for (const part of kept) {
        const id = this.fresh(mark);
        this.groups.set(id, { id, title: part.title, collapsed: false });
        this.edit(part.ids, { group: id });
      }
    });
    return kept.length;
  }

  /** Whether an element stands in no group that somebody made by hand. */
  isFree(id: string): boolean {
    const held = this.elements.get(id);
    return held !== undefined && (!held.group || !byHand(held.group));
  }

  private fresh(mark: string): string {
    let n = 1;
    while (this.groups.has(`${mark}${n}`)) n += 1;
    return `${mark}${n}`;
  }

  ungroup(id: string): void {
    this.change(() => {
      this.edit([...this.elements.values()].filter((e) => e.group === id).map((e) => e.id), { group: "" });
      this.groups.delete(id);
    });
  }

  collapse(id: string): void {
    const held = this.groups.get(id);
    if (held) this.change(() => this.groups.set(id, { ...held, collapsed: !held.collapsed }));
  }

  /** Close or open every group in one step; false where all of them are so already. */
  collapseAll(collapsed: boolean): boolean {
    const turned = [...this.groups.values()].filter((g) => g.collapsed !== collapsed);
    if (turned.length) this.change(() => turned.forEach((g) => this.groups.set(g.id, { ...g, collapsed })));
    return turned.length > 0;
  }

  /** Take every group apart in one step. */
  ungroupAll(): void {
    this.change(() => {
      this.edit([...this.elements.keys()], { group: "" });
      this.groups.clear();
    });
  }

  /** Take over where things lie, without a step of undo for each pixel. */
  place(places: Iterable<[string, { x: number; y: number }]>): void {
    for (const [id, at] of places) {
      const held = this.elements.get(id);
      if (held && (held.x !== at.x || held.y !== at.y || !held.placed)) {
        this.elements.set(id, { ...held, x: at.x, y: at.y, placed: true });
        this.changed = true;
      }
    }
    this.tell("places");
  }

  saved(): SavedChart {
    const round = (n: number): number => Math.round(n * 100) / 100;
    const elements = [...this.elements.values()].map((e) => ({
      id: e.id, records: [...e.records], x: round(e.x), y: round(e.y), pinned: e.pinned, hidden: e.hidden, group: e.group,
    }));
    return { elements, groups: [...this.groups.values()], view: this.view };
  }

  private settle(): void {
    const used = new Set([...this.elements.values()].map((e) => e.group));
    for (const id of this.groups.keys()) if (!used.has(id)) this.groups.delete(id);
    this.changed = true;
    const held = [...this.selected.ids].filter((id) => this.elements.has(id));
    if (held.length !== this.selected.ids.size) this.selected = { ids: new Set(held), line: "" };
    this.tell("chart");
    this.tell("selection");
  }

  /** Keep the order of what was saved, so that saving an untouched chart gives the same document. */
  private order(ids: string[]): void {
    const first = ids.filter((id) => this.elements.has(id));
    this.elements = new Map([...first, ...[...this.elements.keys()].filter((id) => !first.includes(id))].map((id) => [id, this.elements.get(id) as Element]));
  }
}

function signOf(drawn: HandDrawn): Sign {
  return {
    id: `drawn:${drawn.number}`, kind: drawn.kind, label: drawn.label, ref: `D${drawn.number}`, categories: drawn.categories,
    child: drawn.child, grade: drawn.grade, suppliers: [], records: [], hub: "", at: null,
  };
}

function lineOf(drawn: HandDrawn): Line {
  return {
    a: drawn.one, b: drawn.other, label: drawn.label, sources: 0, contacts: 0, confirmed: drawn.confirmed !== null,
    grade: drawn.grade, records: [], first: null, last: null,
  };
}
