// The link chart: signs with grade and label, dashed what is unconfirmed, a double ring around a victim, groups, keys.
import cytoscape, { type Core, type ElementDefinition, type NodeCollection, type NodeSingular } from "cytoscape";
import fcose from "cytoscape-fcose";
import { type Colours, onTheme, readColours } from "./colours";
import { icon } from "./icons";
import type { Line } from "./shapes";
import { type Element, lineKey, type Picture } from "./store";

cytoscape.use(fcose);
const CROWDED = 30; // links beyond which their labels wait for somebody to come near, or to choose an end

export interface Drawn { id: string; x: number; y: number; element: Element | null; title: string; members: number }
export interface DrawnLine { a: string; b: string; label: string; confirmed: boolean; ways: boolean }

export class Chart {
  readonly cy: Core;
  private ways = new Set<string>();
  private syncing = false;

  constructor(private readonly place: HTMLElement, private readonly picture: Picture) {
    // without this mark Cytoscape writes a style sheet into the page, which the content security policy forbids
    const mark = document.createElement("meta");
    mark.id = "__________cytoscape_stylesheet";
    document.head.append(mark);
    this.cy = cytoscape({
      container: place, style: [], minZoom: 0.08, maxZoom: 3, boxSelectionEnabled: true, selectionType: "single",
      hideEdgesOnViewport: false, textureOnViewport: false, pixelRatio: Math.min(devicePixelRatio, 2),
    });
    this.dress();
    this.sync();
    onTheme(() => this.dress());
    picture.listen((what) => (what === "chart" ? this.sync() : what === "selection" ? this.mark() : undefined));
    this.hear();
    new ResizeObserver(() => this.cy.resize()).observe(place);
  }

  /** Lay out what has no place yet, or with `all` everything that is not pinned; what stays is held where it is. */
  layout(all: boolean, done?: () => void): void {
    const loose = this.cy.nodes().filter((n) => !n.isParent() && (all ? !this.isPinned(n) : !this.isPlaced(n)));
    const bound = all ? loose : loose.filter((n) => (n as NodeSingular).connectedEdges().nonempty());
    if (loose.empty() || (bound.empty() && loose.length < this.cy.nodes().length)) {
      this.keep();
      return done?.();
    }
    const everything = all || loose.length === this.cy.nodes().filter((n) => !n.isParent()).length;
    const within = everything ? this.cy.elements() : loose.union(loose.neighborhood()).union(loose.parent());
    const held = within.nodes().filter((n) => !n.isParent() && !loose.contains(n)) as NodeCollection;
    const layout = within.layout({
      name: "fcose", animate: false, randomize: everything && held.empty(), quality: within.nodes().length > 600 ? "draft" : "default", fit: false,
      nodeSeparation: 110, idealEdgeLength: 120, nodeRepulsion: 9000, nodeDimensionsIncludeLabels: true, packComponents: everything, numIter: 1500,
      fixedNodeConstraint: held.map((n) => ({ nodeId: n.id(), position: { ...n.position() } })),
    } as never);
    layout.one("layoutstop", () => {
      this.part(loose);
      this.keep();
      done?.();
    });
    layout.run();
  }

  fit(): void {
    if (this.cy.nodes().nonempty()) this.cy.fit(undefined, 40);
    if (this.cy.zoom() > 1.4) {
      this.cy.zoom(1.4);
      this.cy.center();
    }
  }

  /** Bring everything into sight where something lies outside it. */
  reveal(): void {
    const box = this.cy.elements().renderedBoundingBox({}), room = 8;
    if (box.x1 < room || box.y1 < room || box.x2 > this.cy.width() - room || box.y2 > this.cy.height() - room) this.fit();
  }

  show(view: { x: number; y: number; zoom: number }): void {
    this.cy.viewport({ zoom: view.zoom, pan: { x: view.x, y: view.y } });
  }

  highlight(ways: string[][]): void {
    this.ways = new Set(ways.flatMap((way) => way.slice(1).map((id, at) => lineKey({ a: way[at] as string, b: id }))));
    this.sync();
  }

  /** What stands on the chart now, for exports. */
  drawn(): { things: Drawn[]; lines: DrawnLine[]; groups: { title: string; box: { x1: number; y1: number; x2: number; y2: number } }[] } {
    const things = (this.cy.nodes().filter((n) => !n.isParent()) as NodeCollection).map((n) => ({
      id: n.id(), x: n.position("x"), y: n.position("y"), element: this.picture.elements.get(n.id()) ?? null,
      title: n.data("label") as string, members: (n.data("members") as number | undefined) ?? 0,
    }));
    const lines = this.cy.edges().map((e) => ({
      a: e.source().id(), b: e.target().id(), label: e.data("label") as string, confirmed: e.data("confirmed") === 1, ways: e.data("ways") === 1,
    }));
    const groups = this.cy.nodes().filter((n) => n.isParent()).map((n) => ({ title: n.data("label") as string, box: n.boundingBox({}) }));
    return { things, lines, groups };
  }

  private isPinned(n: NodeSingular): boolean {
    return this.picture.elements.get(n.id())?.pinned === true;
  }

  private isPlaced(n: NodeSingular): boolean {
    return this.picture.elements.get(n.id())?.placed !== false;
  }

  /** Move apart what was laid on another: signs with their labels need room. */
  private part(loose: cytoscape.CollectionReturnValue): void {
    const boxes = (this.cy.nodes().filter((n) => !n.isParent()) as NodeCollection).map((n) => ({ n, ...n.position(), free: loose.contains(n) }));
    if (boxes.length > 400) return;
    for (let turn = 0; turn < 12; turn += 1) {
      let moved = false;
      for (const one of boxes) for (const other of boxes) {
        if (one === other || !one.free) continue;
        const dx = one.x - other.x, dy = one.y - other.y;
        if (Math.abs(dx) >= 84 || Math.abs(dy) >= 76) continue;
        if (84 - Math.abs(dx) < 76 - Math.abs(dy)) one.x += (dx < 0 ? -1 : 1) * (84 - Math.abs(dx)) / 2;
        else one.y += (dy < 0 ? -1 : 1) * (76 - Math.abs(dy)) / 2;
        moved = true;
      }
      if (!moved) break;
    }
    this.cy.batch(() => boxes.forEach((b) => b.free && b.n.position({ x: b.x, y: b.y })));
  }

  /** Give the store where everything lies; a collapsed group takes its members with it. */
  private keep(): void {
    const places: [string, { x: number; y: number }][] = [];
    this.cy.nodes().forEach((n) => {
      if (n.isParent()) return;
      const members = this.picture.groups.get(n.id()) ? [...this.picture.elements.values()].filter((e) => e.group === n.id()) : [];
      if (!members.length) return void places.push([n.id(), { x: n.position("x"), y: n.position("y") }]);
      const [cx, cy] = centre(members);
      for (const m of members) places.push([m.id, { x: m.x + n.position("x") - cx, y: m.y + n.position("y") - cy }]);
    });
    this.picture.place(places);
  }

  private sync(): void {
    const wanted = definitions(this.picture, this.ways);
    const ids = new Set(wanted.map((d) => d.data.id as string));
    this.syncing = true;
    this.cy.batch(() => {
      this.cy.elements().filter((e) => !ids.has(e.id())).remove();
      for (const one of wanted) {
        const held = this.cy.getElementById(one.data.id as string);
        if (held.empty()) this.cy.add(one);
        else {
          held.data(one.data);
          if (one.position && !held.isParent()) (held as NodeSingular).position({ ...one.position });
          const parent = (one.data["parent"] as string | undefined) ?? null;
          if (held.isNode() && (held.parent().first().id() ?? null) !== parent) held.move({ parent });
        }
      }
      this.cy.edges().toggleClass("crowded", this.cy.edges().length > CROWDED);
    });
    this.syncing = false;
    this.mark();
  }

  private mark(): void {
    const { ids, line } = this.picture.selected;
    this.syncing = true;
    this.cy.batch(() => {
      this.cy.nodes().forEach((n) => void (ids.has(n.id()) ? n.select() : n.unselect()));
      this.cy.edges().forEach((e) => void (e.id() === line ? e.select() : e.unselect()));
      this.cy.edges().removeClass("near");
      if (ids.size < 4) this.cy.nodes(":selected").connectedEdges().addClass("near");
    });
    this.syncing = false;
  }

  private hear(): void {
    this.cy.on("select unselect", () => {
      if (this.syncing) return;
      const line = this.cy.edges(":selected").first();
      const ids = this.cy.nodes(":selected").map((n) => n.id());
      this.picture.select(ids, ids.length || line.empty() ? "" : line.id());
    });
    this.cy.on("dragfree", "node", () => this.keep());
    this.cy.on("dbltap", "node", (event) => {
      const id = (event.target as NodeSingular).id();
      if (this.picture.groups.has(id)) this.picture.collapse(id);
      else this.place.dispatchEvent(new CustomEvent("picture:act", { detail: "expand", bubbles: true }));
    });
    this.cy.on("viewport", () => {
      const pan = this.cy.pan();
      this.picture.view = { x: Math.round(pan.x), y: Math.round(pan.y), zoom: Math.round(this.cy.zoom() * 1000) / 1000 };
    });
    this.cy.on("tap", () => this.place.focus({ preventScroll: true }));
    this.place.addEventListener("keydown", (event) => this.key(event));
  }

  private key(event: KeyboardEvent): void {
    const step: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const way = step[event.key];
    const act = { e: "expand", p: "pin", g: "group", l: "layout", t: "table", Delete: "hide" }[event.key];
    if (way) this.walk(way, event.shiftKey);
    else if (event.key === "Enter") this.place.dispatchEvent(new CustomEvent("picture:act", { detail: "panel", bubbles: true }));
    else if (event.key === "+" || event.key === "-") this.cy.zoom({ level: this.cy.zoom() * (event.key === "+" ? 1.25 : 0.8), renderedPosition: { x: this.cy.width() / 2, y: this.cy.height() / 2 } });
    else if (event.key === "Escape") this.picture.select([]);
    else if (act && !event.ctrlKey && !event.metaKey && !event.altKey && (act !== "group" || this.picture.selected.ids.size > 1)) {
      this.place.dispatchEvent(new CustomEvent("picture:act", { detail: act, bubbles: true }));
    } else {
      if (!event.ctrlKey && !event.metaKey && event.key.length === 1) document.body.dispatchEvent(new KeyboardEvent("keydown", { key: event.key, bubbles: true }));
      return;
    }
    event.preventDefault();
  }

  /** Go to the nearest element in a direction; with Shift, take it into the selection too. */
  private walk([dx, dy]: [number, number], more: boolean): void {
    const all = this.cy.nodes().filter((n) => !n.isParent()) as NodeCollection;
    const from = all.filter(":selected").last() as unknown as NodeSingular;
    if (all.empty()) return;
    let best: NodeSingular | null = null;
    let least = Infinity;
    if (from.length) all.forEach((n) => {
      const ax = n.position("x") - from.position("x"), ay = n.position("y") - from.position("y");
      const ahead = ax * dx + ay * dy, aside = Math.abs(ax * dy) + Math.abs(ay * dx);
      if (n.id() !== from.id() && ahead > 0 && ahead + 2.2 * aside < least) [best, least] = [n, ahead + 2.2 * aside];
    });
    else best = all.first() as unknown as NodeSingular;
    if (!best) return;
    const found = best as NodeSingular;
    this.picture.select(more ? [...this.picture.selected.ids, found.id()] : [found.id()]);
    if (this.picture.groups.has(found.id())) this.cy.batch(() => { this.cy.elements().unselect(); found.select(); });
    const box = found.renderedBoundingBox({});
    if (box.x1 < 0 || box.y1 < 0 || box.x2 > this.cy.width() || box.y2 > this.cy.height()) this.cy.center(found);
  }

  private dress(): void {
    this.cy.style(styles(readColours()) as never);
  }
}

function centre(members: Element[]): [number, number] {
  return [members.reduce((sum, m) => sum + m.x, 0) / members.length, members.reduce((sum, m) => sum + m.y, 0) / members.length];
}

/** What stands on the chart: hidden things left out, collapsed groups as one, their lines gathered. */
export function definitions(picture: Picture, ways: ReadonlySet<string>): ElementDefinition[] {
  const stands = new Map<string, string>();
  const made: ElementDefinition[] = [];
  const members = new Map<string, Element[]>();
  for (const e of picture.shown()) {
    const group = picture.groups.get(e.group);
    stands.set(e.id, group?.collapsed ? group.id : e.id);
    if (group) members.set(group.id, [...(members.get(group.id) ?? []), e]);
  }
  for (const [id, held] of members) {
    const group = picture.groups.get(id);
    if (!group) continue;
    const [x, y] = centre(held);
    const label = group.collapsed ? `${group.title} (${held.length})` : group.title;
    made.push({ data: { id, label, kind: "group", group: 1, collapsed: group.collapsed ? 1 : 0, members: held.length, victim: held.some((m) => m.categories.includes("victim")) ? 1 : 0 }, ...(group.collapsed ? { position: { x, y } } : {}) });
  }
  for (const e of picture.shown()) {
    if (stands.get(e.id) !== e.id) continue;
    const data: Record<string, unknown> = {
      id: e.id, kind: e.kind, label: label(e), victim: e.categories.includes("victim") ? 1 : 0, pinned: e.pinned ? 1 : 0,
      unconfirmed: e.drawn && !e.drawn.confirmed ? 1 : 0, collapsed: 0,
    };
    if (e.group && picture.groups.has(e.group)) data["parent"] = e.group;
    made.push({ data: data as { id: string }, position: { x: e.x, y: e.y } });
  }
  made.push(...gathered(picture.allLines(), stands, ways));
  return made;
}

function gathered(lines: Line[], stands: Map<string, string>, ways: ReadonlySet<string>): ElementDefinition[] {
  const between = new Map<string, { a: string; b: string; lines: Line[] }>();
  for (const line of lines) {
    const a = stands.get(line.a), b = stands.get(line.b);
    if (!a || !b || a === b) continue;
    const key = `${lineKey({ a, b })}${line.confirmed ? "" : "\n?"}`;
    const held = between.get(key) ?? { a, b, lines: [] };
    held.lines.push(line);
    between.set(key, held);
  }
  return [...between].map(([id, { a, b, lines: held }]) => {
    const words = [...new Set(held.map((l) => l.label))];
    const label = words.length > 2 ? `${held.length} links` : words.join("; ");
    return { data: { id, source: a, target: b, label, confirmed: held[0]?.confirmed ? 1 : 0, sources: Math.max(...held.map((l) => l.sources)), ways: ways.has(lineKey({ a, b })) ? 1 : 0 } };
  });
}

/** What stands under a sign: the label, the grade, that somebody is a victim, that it is not confirmed. */
export function label(e: Element): string {
  const told = [e.grade, e.categories.includes("victim") ? "victim" : "", e.drawn && !e.drawn.confirmed ? "unconfirmed" : ""].filter(Boolean).join(" · ");
  return told ? `${e.label}\n${told}` : e.label;
}

function styles(c: Colours): object[] {
  const font = '"Source Sans 3", "Source Sans Pro", arial, sans-serif';
  const kinds = Object.entries(c.kinds).map(([kind, colour]) => ({ selector: `node[kind = "${kind}"]`, style: { "background-color": colour, "background-image": icon(kind, c.surface), "border-color": colour } }));
  return [
    { selector: "node", style: {
      width: 34, height: 34, label: "data(label)", color: c.ink, "font-family": font, "font-size": 11, "text-wrap": "wrap", "text-max-width": "118px",
      "text-valign": "bottom", "text-margin-y": 4, "text-background-color": c.surface, "text-background-opacity": 0.82, "text-background-padding": "1px",
      "background-width": "62%", "background-height": "62%", "border-width": 0, "min-zoomed-font-size": 5, "overlay-opacity": 0,
    } },
    ...kinds,
    { selector: "node[victim = 1]", style: { "border-width": 2.5, "border-color": c.victim, "outline-width": 2.5, "outline-color": c.victim, "outline-offset": 3, "text-margin-y": 10 } },
    { selector: "node[unconfirmed = 1]", style: { "border-width": 2, "border-style": "dashed", "border-color": c.ink, "background-opacity": 0.55 } },
    { selector: "node[pinned = 1]", style: { shape: "round-rectangle" } },
    { selector: "node[group = 1]", style: { shape: "round-rectangle", "background-color": c.raised, "background-opacity": 0.55, "background-image": "none", "border-width": 1, "border-color": c.strong, "text-valign": "top", "text-margin-y": -3, "font-size": 12, "font-weight": 600, padding: 22 } },
    { selector: "node[group = 1][collapsed = 1]", style: { width: 58, height: 44, "background-opacity": 1, "background-color": c.raised, "border-width": 2, padding: 0, "text-valign": "bottom", "text-margin-y": 4 } },
    { selector: "node[group = 1][victim = 1]", style: { "border-width": 2.5, "border-color": c.victim, "outline-width": 2.5, "outline-color": c.victim, "outline-offset": 3 } },
    { selector: "edge", style: {
      width: "mapData(sources, 0, 5, 1.1, 3.2)", "line-color": c.strong, "curve-style": "haystack", label: "data(label)", color: c.muted, "font-family": font, "font-size": 9.5,
      "text-background-color": c.surface, "text-background-opacity": 0.9, "text-background-padding": "1px", "min-zoomed-font-size": 7.5, "text-wrap": "ellipsis", "text-max-width": "110px", "overlay-opacity": 0,
    } },
    { selector: "edge[confirmed = 0]", style: { "line-style": "dashed", "line-dash-pattern": [5, 4], "curve-style": "straight" } },
    { selector: "edge.crowded", style: { "text-opacity": 0, "text-background-opacity": 0 } },
    { selector: "edge.near", style: { "text-opacity": 1, "text-background-opacity": 0.9, color: c.ink, "line-color": c.muted, "z-index": 5 } },
    { selector: "edge[ways = 1]", style: { "line-color": c.link, width: 4 } },
    { selector: "node:selected", style: { "underlay-color": c.link, "underlay-opacity": 0.35, "underlay-padding": 7, "underlay-shape": "ellipse", "font-weight": 700, "z-index": 10 } },
    { selector: "edge:selected", style: { "line-color": c.link, width: 4, color: c.ink, "text-opacity": 1, "text-background-opacity": 0.9, "min-zoomed-font-size": 0, "z-index": 10 } },
  ];
}
