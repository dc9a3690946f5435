// The chart's page: one picture and one selection, four views of it, a toolbar, the panel, saving.
import { Desk, Refused } from "./ask";
import { Chart } from "./chart";
import { ask } from "./dialogs";
import { drawPng, drawSvg, give } from "./exports";
import { KINDS } from "./colours";
import { AID, byCandidate, byHolder, byKind, isCandidate, made, MARK, type Part, type Way } from "./grouping";
import { kindWords } from "./icons";
import type { MapView } from "./map";
import { day, make, ofWhom, Panel } from "./panel";
import type { Chronicle, Count, Drawing, Given, Group, Happening, HandDrawn, Leaving, Line, Pin, Told } from "./shapes";
import { type Element, lineKey, Picture } from "./store";
import { table } from "./tables";
import { Timeline } from "./timeline";

const VIEWS = ["chart", "timeline", "map", "table"] as const;
type ViewName = (typeof VIEWS)[number];
const PLACED: ReadonlySet<string> = new Set(["geojson", "kml"]);

export function begin(place: HTMLElement): void {
  const read = document.querySelector("#given")?.textContent ?? "{}";
  new Page(place, JSON.parse(read) as Given).open();
}

class Page {
  private readonly desk: Desk;
  private readonly picture: Picture;
  private readonly chart: Chart;
  private readonly panel: Panel;
  private readonly most: number;
  private readonly warn: number;
  private timeline: Timeline | null = null;
  private map: MapView | null = null;
  private view: ViewName = "chart";
  private before: ViewName = "chart";
  private chronicle: Chronicle | null = null;
  private pins: Pin[] | null = null;
  private asking = 0;
  private readonly tellings = new Map<string, { told: Told; counts: Count[] | null }>();

  constructor(private readonly place: HTMLElement, private readonly given: Given) {
    const token = place.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
    this.desk = new Desk(place.dataset["desk"] ?? "/", token);
    this.most = Number(place.dataset["most"]);
    this.warn = Number(place.dataset["warn"]);
    this.picture = new Picture(given);
    this.chart = new Chart(this.by("chart"), this.picture);
    this.panel = new Panel((act, detail) => void this.act(act, detail), this.desk.page(""));
  }

  open(): void {
    this.picture.listen((what) => this.heard(what));
    this.hear();
    const kept = [...this.picture.elements.values()].some((e) => e.placed);
    this.chart.layout(false, () => {
      if (kept) this.chart.show(this.given.document.view);
      else this.chart.fit();
      this.picture.changed = !this.given.chart && this.picture.elements.size > 0;
      this.count();
    });
    this.panel.nothing(this.picture);
    this.count();
  }

  private by(id: string): HTMLElement {
    return document.querySelector<HTMLElement>(`#${id}`) ?? this.place;
  }

  private say(words: string): void {
    this.by("status").textContent = words;
  }

  private count(): void {
    const all = this.picture.elements.size, hidden = all - this.picture.shown().length;
    const large = all >= this.warn ? ` Beyond ${this.warn} a chart is hard to read: group or hide what does not matter.` : "";
    this.say(`${all} ${all === 1 ? "element" : "elements"}${hidden ? `, ${hidden} hidden` : ""}, ${this.picture.allLines().length} links${this.picture.changed ? ", not saved" : ""}.${large}`);
    this.by("empty").hidden = all > 0;
    const unhide = this.place.querySelector<HTMLElement>("[data-act=unhide]");
    if (unhide) unhide.hidden = hidden === 0;
  }

  private hear(): void {
    for (const press of this.place.querySelectorAll<HTMLElement>("[data-act]")) press.addEventListener("click", () => void this.act(press.dataset["act"] ?? ""));
    for (const press of this.place.querySelectorAll<HTMLElement>("[data-export]")) press.addEventListener("click", () => void this.export(press.dataset["export"] ?? "", press.dataset["ending"] ?? ""));
    for (const name of VIEWS) {
      const tab = this.by(`tab-${name}`);
      tab.addEventListener("click", () => this.turn(name === "table" && this.view === "table" ? this.before : name));
      tab.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        const next = VIEWS[(VIEWS.indexOf(name) + step + VIEWS.length) % VIEWS.length] as ViewName;
        this.turn(next);
        this.by(`tab-${next}`).focus();
        event.preventDefault();
      });
    }
    this.place.addEventListener("picture:act", (event) => void this.act((event as CustomEvent<string>).detail));
    this.by("adding").addEventListener("submit", (event) => {
      event.preventDefault();
      void this.find();
    });
    document.addEventListener("keydown", (event) => {
      const typing = event.target instanceof HTMLElement && event.target.closest("input, textarea, select, dialog") !== null;
      if (!typing && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
        event.preventDefault();
        void this.act("undo");
      }
    });
    for (const menu of this.place.querySelectorAll<HTMLDetailsElement>("details.picture__more")) {
      menu.addEventListener("toggle", () => menu.open && menu.querySelector<HTMLElement>(".picture__menu button")?.focus());
      menu.addEventListener("keydown", (event) => this.inMenu(event, menu));
    }
    document.addEventListener("click", (event) => {
      for (const open of this.place.querySelectorAll<HTMLDetailsElement>("details.picture__more[open]")) if (!(event.target instanceof Node) || !open.contains(event.target) || (event.target instanceof Element && event.target.closest("button"))) open.open = false;
    });
    addEventListener("beforeprint", () => this.view === "chart" && this.tables());
    addEventListener("beforeunload", (event) => {
      if (this.picture.changed) event.preventDefault();
    });
  }

  /** A menu is walked with the arrows, and left with Escape. */
  private inMenu(event: KeyboardEvent, menu: HTMLDetailsElement): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], all = [...menu.querySelectorAll<HTMLElement>(".picture__menu button")];
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    } else if (step && menu.open) all[(all.indexOf(document.activeElement as HTMLElement) + step + all.length) % all.length]?.focus();
    else return;
    event.preventDefault();
  }

  private heard(what: "chart" | "selection" | "places"): void {
    if (what === "chart") {
      [this.chronicle, this.pins] = [null, null];
      for (const held of this.tellings.values()) held.counts = null;
      this.count();
      if (this.view !== "chart") void this.fill();
    }
    if (what !== "selection") return;
    this.timeline?.choose(this.picture.selected.ids);
    this.map?.choose(this.picture.selected.ids);
    if (this.view === "table") this.tables();
    this.tell();
  }

  private turn(name: ViewName): void {
    if (name === "table" && this.view !== "table") this.before = this.view;
    this.view = name;
    for (const one of VIEWS) {
      this.by(`view-${one}`).hidden = one !== name;
      this.by(`tab-${one}`).setAttribute("aria-selected", String(one === name));
      this.by(`tab-${one}`).tabIndex = one === name ? 0 : -1;
    }
    void this.fill();
  }

  /** Bring a view up to what the picture holds. */
  private async fill(): Promise<void> {
    const twin = this.view === "table" ? this.before : this.view;
    if (this.view === "timeline" && !this.timeline) this.timeline = new Timeline(this.by("view-timeline"), (at) => this.event(at));
    if (this.view === "map" && !this.map) {
      const { MapView } = await import("./map");
      this.map ??= new MapView(this.by("view-map"), (at) => this.pin(at));
      if (this.pins) this.map.load(this.pins);
    }
    await this.attempt(async () => {
      const elements = this.picture.asked(this.picture.shown().map((e) => e.id));
      if (twin === "timeline" && !this.chronicle) {
        this.say("Reading the timeline …");
        this.chronicle = await this.desk.ask<Chronicle>("picture/events", { elements });
        this.timeline?.load(this.chronicle.happenings.map((h) => ({ ...h, at: Date.parse(h.at), until: Date.parse(h.until) })), this.chronicle.gaps);
        this.count();
        if (this.chronicle.left_out) this.say(`The latest ${this.chronicle.happenings.length.toLocaleString("en-GB")} lines of ${(this.chronicle.happenings.length + this.chronicle.left_out).toLocaleString("en-GB")}: hide some elements to see further back.`);
        else if (!this.chronicle.happenings.length) this.say("Nothing dated is recorded of what is on this chart.");
      }
      if (twin === "map" && !this.pins) {
        this.say("Reading the places …");
        this.pins = (await this.desk.ask<{ pins: Pin[] }>("picture/places", { elements })).pins;
        this.map?.load(this.pins);
        this.count();
        const lost = this.pins.filter((p) => p.lat === null).length;
        if (!this.pins.length) this.say("No place is recorded of what is on this chart.");
        else if (lost) this.say(`${lost} places have no position in the records: the table lists them.`);
      }
    });
    if (this.view === "timeline" && this.chronicle) this.timeline?.choose(this.picture.selected.ids);
    if (this.view === "map") this.map?.choose(this.picture.selected.ids);
    if (this.view === "table") this.tables();
  }

  private async attempt(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (wrong) {
      if (!(wrong instanceof Refused)) throw wrong;
      this.say(wrong.told());
    }
  }

  private async find(): Promise<void> {
    const box = this.by("find") as HTMLInputElement;
    const text = box.value.trim();
    if (!text) return;
    await this.attempt(async () => {
      this.say("Looking …");
      const found = await this.desk.ask<Drawing>("picture/find", { text });
      if (!found.signs.length) return this.say("No hit in this workbench.");
      const more = found.left_out ? ` ${found.left_out} further hits are not added: say it more exactly.` : "";
      const fresh = found.signs.filter((s) => !this.picture.elements.has(s.id)).length;
      await this.take(found);
      this.picture.select(found.signs.map((s) => s.id));
      this.say(`${fresh} added.${more}`);
      box.value = "";
    });
  }

  /** Put a drawing on the chart, and what binds it to the rest. */
  private async take(found: Drawing, near?: Element): Promise<void> {
    if (this.picture.elements.size + found.signs.length > this.most) return this.say(`A chart holds ${this.most.toLocaleString("en-GB")} elements at most: take some off, or begin another chart.`);
    const begun = this.picture.elements.size > 0;
    const added = this.picture.add(found, near);
    if (begun && !near && added.length) {
      const whole = await this.desk.ask<Drawing>("picture/draw", { elements: this.picture.asked() });
      this.picture.add({ ...whole, signs: [] });
    }
    this.chart.layout(false, () => (begun ? this.chart.reveal() : this.chart.fit()));
    if (found.signs.some((s) => s.child)) await this.quieten();
  }

  /** Words as they stand on this chart: where the name of a child of it stood, its reference. */
  private async words(words: Record<string, string>): Promise<Record<string, string>> {
    if (![...this.picture.elements.values()].some((e) => e.child)) return words;
    return (await this.desk.ask<{ words: Record<string, string> }>("picture/words", { chart: this.number, elements: this.picture.asked(), words })).words;
  }

  /** A child came onto the chart: what people wrote on it before names nobody of that name any more. */
  private async quieten(): Promise<void> {
    const { groups, drawn } = this.picture.written(), title = this.given.chart?.title ?? "";
    const sent = { title, ...Object.fromEntries(Object.entries(groups).map(([id, said]) => [`group ${id}`, said])), ...Object.fromEntries(Object.entries(drawn).map(([id, said]) => [`drawn ${id}`, said])) };
    const told = await this.words(sent);
    const of = (kind: string): Record<string, string> => Object.fromEntries(Object.entries(told).filter(([name]) => name.startsWith(`${kind} `)).map(([name, said]) => [name.slice(kind.length + 1), said]));
    this.picture.reword(of("group"), of("drawn"));
    this.retitle(told["title"] ?? title);
  }

  private retitle(title: string): void {
    if (!this.given.chart) return;
    this.given.chart = { ...this.given.chart, title };
    this.by("title").textContent = title;
  }

  private async act(name: string, detail = ""): Promise<void> {
    const ids = [...this.picture.selected.ids], one = ids.length === 1 ? this.picture.elements.get(ids[0] as string) : undefined;
    const groupId = this.groupSelected();
    const acts: Record<string, () => Promise<void> | void> = {
      expand: () => (one ? this.panel.focus() : groupId ? this.picture.collapse(groupId) : this.say("Choose one element: what is linked to it is counted in the panel, then added by kind.")),
      "expand-kind": () => (one ? this.expand(one, detail) : undefined),
      ways: () => this.ways(ids),
      group: () => this.group(ids),
      "group-kind": () => this.divide("kind", ids),
      "group-holder": () => this.divide("holder", ids),
      "group-candidate": () => this.divide("candidate", ids),
      "collapse-all": () => (this.picture.collapseAll(true) ? undefined : this.say(this.picture.groups.size ? "All groups are closed." : "There is no group to close.")),
      "open-all": () => (this.picture.collapseAll(false) ? undefined : this.say(this.picture.groups.size ? "All groups are open." : "There is no group to open.")),
      "ungroup-all": () => (this.picture.groups.size ? this.picture.ungroupAll() : this.say("There is no group to take apart.")),
      collapse: () => this.picture.collapse(detail),
      ungroup: () => this.picture.ungroup(detail),
      pin: () => this.flag(ids, (e) => ({ pinned: !e.pinned }), "pin"),
      hide: () => this.flag(ids, () => ({ hidden: true }), "hide"),
      unhide: () => this.picture.change(() => this.picture.edit(this.picture.elements.keys(), { hidden: false })),
      remove: () => (ids.length ? this.picture.remove(ids) : this.say("Choose what to take off the chart.")),
      layout: () => this.chart.layout(true, () => this.chart.fit()),
      fit: () => (this.view === "timeline" ? this.timeline?.whole() : this.view === "map" ? this.map?.whole() : this.chart.fit()),
      undo: () => (this.picture.undo() ? undefined : this.say("There is nothing to undo.")),
      table: () => this.turn(this.view === "table" ? this.before : "table"),
      panel: () => this.panel.focus(),
      select: () => this.picture.select([detail]),
      "draw-thing": () => this.drawThing(),
      "draw-link": () => this.drawLink(ids),
      confirm: () => this.rule(Number(detail), "confirm"),
      withdraw: () => this.rule(Number(detail), "withdraw"),
      save: () => this.save(),
    };
    await this.attempt(async () => void (await acts[name]?.()));
  }

  private groupSelected(): string {
    const held = this.chart.cy.nodes(":selected").map((n) => n.id());
    return held.length === 1 && this.picture.groups.has(held[0] as string) ? (held[0] as string) : "";
  }

  private flag(ids: string[], with_: (e: Element) => Partial<Element>, word: string): void {
    if (!ids.length) return this.say(`Choose what to ${word}.`);
    this.picture.change(() => ids.forEach((id) => this.picture.edit([id], with_(this.picture.elements.get(id) as Element))));
  }

  private group(ids: string[]): void {
    if (ids.length < 2) return this.say("Choose two elements or more to group: Ctrl and click, or Shift and drag around them.");
    ask("grouping", async (typed) => {
      const title = String(typed["title"] ?? "");
      if (!title) throw new Error("A group has a title.");
      this.picture.group(ids, (await this.words({ title }))["title"] ?? title);
    });
  }

  /** Divide what is selected, or with fewer than two selected the whole chart; what stands in groups made by hand stays there. */
  private async divide(way: Way, ids: string[]): Promise<void> {
    const among = this.picture.shown().filter((e) => ids.length < 2 || ids.includes(e.id));
    const free = among.filter((e) => this.picture.isFree(e.id)).map((e) => e.id);
    const parts = way === "kind" ? byKind(among) : way === "holder" ? byHolder(among) : await this.candidates(free);
    const number = this.picture.divide(free, parts, MARK[way]);
    if (!number) return this.say(way === "candidate" ? "Records bind none of these more to each other than to the rest: no candidate group." : "There are no two alike that stand in no group yet.");
    this.chart.layout(true, () => this.chart.fit());
    const what = way === "candidate" ? `${number} candidate ${number === 1 ? "group" : "groups"}. ${AID}` : `${number} ${number === 1 ? "group" : "groups"} ${way === "kind" ? "by type" : "by holding force"}.`;
    this.say(`${what} Undo takes it back in one step.`);
  }

  private async candidates(ids: string[]): Promise<Part[]> {
    this.say("Reading what binds them …");
    return byCandidate((await this.desk.ask<{ groups: string[][] }>("picture/groups", { elements: this.picture.asked(ids) })).groups);
  }

  private async expand(one: Element, kind: string): Promise<void> {
    const found = await this.desk.ask<Drawing>("picture/expand", { id: one.id, kind, elements: this.picture.asked() });
    await this.take(found, one);
    this.picture.select([one.id]);
    this.say(`${found.signs.length} added.${found.left_out ? ` ${found.left_out} more are linked: expand again for the next.` : ""}`);
    this.tellings.delete(one.id);
    this.tell();
  }

  private async ways(ids: string[]): Promise<void> {
    if (ids.length !== 2) return this.say("Choose two elements: the shortest ways between them are looked for.");
    const [a, b] = ids as [string, string];
    const found = await this.desk.ask<{ ways: string[][]; drawing: Drawing }>("picture/connect", { one: a, other: b, elements: this.picture.asked() });
    if (!found.ways.length) return this.say("No way between the two was found in six steps. Ways are never taken through a hub.");
    await this.take(found.drawing, this.picture.elements.get(a));
    this.chart.highlight(found.ways);
    this.picture.select(found.ways[0] ?? []);
    this.say(`${found.ways.length} shortest ${found.ways.length === 1 ? "way" : "ways"}, ${(found.ways[0]?.length ?? 1) - 1} steps. The best stated is selected.`);
  }

  private get number(): number | null {
    return this.given.chart?.number ?? null;
  }

  private save(then?: () => void): void {
    if (this.given.chart) return void this.attempt(async () => this.keep(this.given.chart?.title ?? "", then));
    ask("saving", async (typed) => this.keep(String(typed["title"] ?? ""), then));
  }

  private async keep(title: string, then?: () => void): Promise<void> {
    const document_ = this.picture.saved(), held = this.given.chart;
    const made = await this.desk.ask<{ number: number; version: number }>(held ? `charts/${held.number}/save` : "charts/begin", { title: held ? "" : title, base: held?.version ?? 0, document: document_ });
    this.given.chart = { number: made.number, title, version: made.version, newest: made.version };
    this.picture.changed = false;
    this.retitle(held ? title : ((await this.words({ title }))["title"] ?? title));
    this.by("saved").textContent = `Version ${made.version}, saved just now`;
    if (!held) history.replaceState(null, "", this.desk.page(`charts/${made.number}`));
    this.count();
    this.say(`Saved as version ${made.version}.`);
    then?.();
  }

  /** What is drawn by hand belongs to a saved chart. */
  private saved(then: () => void): void {
    if (this.given.chart) then();
    else this.save(then);
  }

  private drawThing(): void {
    this.saved(() => ask("drawing", async (typed) => {
      const drawn = await this.desk.ask<HandDrawn>(`charts/${this.number}/draw`, { ...typed, elements: this.picture.asked() });
      const { x1, x2, y1, y2 } = this.chart.cy.extent();
      this.picture.put(drawn, { x: Math.round((x1 + x2) / 2), y: Math.round((y1 + y2) / 2) });
      this.picture.select([`drawn:${drawn.number}`]);
      if (drawn.child) await this.quieten();
    }, (form) => this.prepare(form, "")));
  }

  private drawLink(ids: string[]): void {
    if (ids.length !== 2) return this.say("Choose the two elements that the link is to join.");
    const [one, other] = ids as [string, string];
    const told = ids.map((id) => this.picture.elements.get(id)?.label ?? "").join(" – ");
    this.saved(() => ask("drawing", async (typed) => {
      const drawn = await this.desk.ask<HandDrawn>(`charts/${this.number}/draw`, { ...typed, kind: "link", child: false, categories: [], one, other, elements: this.picture.asked() });
      this.picture.put(drawn, { x: 0, y: 0 });
    }, (form) => this.prepare(form, told)));
  }

  private prepare(form: HTMLFormElement, ends: string): void {
    this.by("drawing-ends").textContent = ends ? `A link: ${ends}` : "";
    this.by("drawing-title").textContent = ends ? "Draw a link by hand" : "Draw by hand";
    for (const part of form.querySelectorAll<HTMLElement>("[data-thing]")) part.hidden = ends !== "";
  }

  private rule(number: number, act: "confirm" | "withdraw"): void {
    ask("reasoning", async (typed) => {
      const told = await this.desk.ask<HandDrawn>(`charts/${this.number}/drawn/${number}/${act}`, { reason: typed["reason"] ?? "", elements: this.picture.asked() });
      this.picture.redraw(number, act === "confirm" ? told : null);
    });
  }

  private async export(form: string, ending: string): Promise<void> {
    await this.attempt(async () => {
      const places = Object.fromEntries(this.picture.shown().map((e) => [e.id, [e.x, e.y]]));
      const title = this.given.chart?.title ?? "Chart";
      const drawn = this.picture.shown().filter((e) => e.drawn).map((e) => ({ id: e.id, records: [] }));
      const shown = new Set(this.picture.shown().map((e) => e.id));
      const body = {
        form, title, chart: this.number, places, elements: [...this.picture.asked(shown), ...drawn],
        hidden: this.picture.asked([...this.picture.elements.keys()].filter((id) => !shown.has(id))),
        groups: Object.fromEntries([...this.picture.groups.values()].map((g) => [g.id, g.title])),
        in: Object.fromEntries(this.picture.shown().filter((e) => e.group).map((e) => [e.id, e.group])),
      };
      const name = `${PLACED.has(form) ? "map" : "chart"}${this.number ? `-${this.number}` : ""}.${ending}`;
      if (form !== "png" && form !== "svg") give(await this.desk.file("picture/export", body), name);
      else {
        const leaves = await this.desk.ask<Leaving>("picture/export", body);
        this.picture.reword(leaves.groups, leaves.drawn);
        const svg = drawSvg(this.chart, leaves.title, leaves.marking, [...this.picture.groups.keys()].some(isCandidate) ? AID : "");
        give(form === "svg" ? new Blob([svg], { type: "image/svg+xml" }) : await drawPng(svg), name);
      }
      this.say("It leaves with its marking, and the log says so. Titles and labels are people's words: read them before you give it out.");
    });
  }

  /** Let the panel tell of the selection; what it shows is asked for once somebody stays on it. */
  private tell(): void {
    clearTimeout(this.asking);
    const { ids, line } = this.picture.selected, held = [...ids].flatMap((id) => this.picture.elements.get(id) ?? []);
    const groupId = this.groupSelected(), group = this.picture.groups.get(groupId);
    if (group && !held.length) return this.panel.group(groupId, group.title, group.collapsed, isCandidate(groupId) ? AID : "", [...this.picture.elements.values()].filter((e) => e.group === groupId));
    if (held.length > 1) return this.panel.several(held);
    if (held[0]) {
      const one = held[0], known = this.tellings.get(one.id);
      this.panel.element(one);
      if (one.drawn) return;
      if (known) this.panel.told(known.told);
      if (known?.counts) return this.panel.counts(known.counts, one.hub);
      this.asking = window.setTimeout(() => void this.attempt(() => this.tellElement(one)), 160);
    } else if (line) {
      const ends = line.split("\n").slice(0, 2).map((id) => this.picture.elements.get(id)).filter((e): e is Element => e !== undefined);
      if (ends.length < 2) return this.panel.several(ends);
      this.asking = window.setTimeout(() => void this.attempt(() => this.tellLine(ends as [Element, Element], line)), 160);
    } else this.panel.nothing(this.picture);
  }

  private async tellElement(one: Element): Promise<void> {
    const same = (): boolean => this.picture.selected.ids.size === 1 && this.picture.selected.ids.has(one.id);
    const elements = this.picture.asked();
    const [told, counted] = await Promise.all([
      this.tellings.get(one.id)?.told ?? this.desk.ask<Told>("picture/element", { one: { id: one.id, records: one.records } }),
      this.desk.ask<{ counts: Count[] }>("picture/count", { id: one.id, elements }),
    ]);
    this.tellings.set(one.id, { told, counts: counted.counts });
    if (!same()) return;
    this.panel.told(told);
    this.panel.counts(counted.counts, one.hub);
  }

  private async tellLine([a, b]: [Element, Element], line: string): Promise<void> {
    const drawn = this.picture.drawnLinks.filter((d) => lineKey({ a: d.one, b: d.other }) === lineKey({ a: a.id, b: b.id }));
    const title = `${a.label} – ${b.label}`;
    const stated = [...this.picture.lines.values()].some((l) => lineKey(l) === lineKey({ a: a.id, b: b.id }));
    this.panel.line(title, null, drawn);
    if (!stated) return;
    const told = await this.desk.ask<Told>("picture/line", { one: { id: a.id, records: a.records }, other: { id: b.id, records: b.records } });
    if (this.picture.selected.line === line) this.panel.line(title, told, drawn);
  }

  private event(at: number): void {
    const h = this.chronicle?.happenings[at];
    if (h) this.showEvent(h);
  }

  private showEvent(h: Happening): void {
    this.picture.select([h.id]);
    clearTimeout(this.asking);
    const until = h.until !== h.at ? ` to ${moment(h.until)}` : "";
    this.panel.event(`${h.lane}: ${this.picture.elements.get(h.id)?.label ?? ""}`, h.text, [["When", `${moment(h.at)}${until}`], ["Where", h.place], ["Supplied by", h.supplier]].filter(([, v]) => v) as [string, string][], h.records);
  }

  private pin(at: number): void {
    const p = this.pins?.[at];
    if (p) this.showPin(p);
  }

  private showPin(p: Pin): void {
    this.picture.select(p.ids);
    clearTimeout(this.asking);
    const who = p.ids.map((id) => this.picture.elements.get(id)?.label ?? "").filter(Boolean);
    this.panel.event(p.place || "A place", `${who.slice(0, 12).join("; ")}${who.length > 12 ? ` and ${who.length - 12} more` : ""}`, [["What", p.kind], ["Records", String(p.count)], ["From, to", p.first ? `${day(p.first)} to ${day(p.last)}` : ""], ["Exact to", p.precision_m ? `${Math.round(p.precision_m)} m` : ""]].filter(([, v]) => v) as [string, string][], p.records);
  }

  private groupTable(elements: Element[]): HTMLElement {
    const held = (g: Group): Element[] => elements.filter((e) => e.group === g.id);
    return table<Group>("Groups", [
      { words: "Group", value: (g) => g.title }, { words: "Made", value: (g) => made(g.id) }, { words: "Elements", value: (g) => held(g).length, number: true },
      { words: "Victims", value: (g) => held(g).filter((e) => e.categories.includes("victim")).length, number: true }, { words: "Standing", value: (g) => (g.collapsed ? "closed" : "open") },
    ], [...this.picture.groups.values()], (g) => this.picture.select(held(g).map((e) => e.id)), (g) => held(g).length > 0 && held(g).every((e) => this.picture.selected.ids.has(e.id)));
  }

  private tables(): void {
    const label = (id: string): string => this.picture.elements.get(id)?.label ?? "";
    const mine = this.picture.selected.ids, place = this.by("tables"), lines = this.picture.allLines();
    const links = new Map<string, number>();
    for (const l of lines) for (const end of [l.a, l.b]) links.set(end, (links.get(end) ?? 0) + 1);
    const order = (e: Element): number => KINDS.indexOf(e.kind as (typeof KINDS)[number]);
    const elements = [...this.picture.elements.values()].sort((a, b) => Number(b.categories.includes("victim")) - Number(a.categories.includes("victim")) || order(a) - order(b) || a.label.localeCompare(b.label));
    if (this.before === "timeline") {
      return place.replaceChildren(table<Happening>("Timeline", [
        { words: "When", value: (h) => Date.parse(h.at), show: (h) => whole(moment(h.at)) }, { words: "Lane", value: (h) => h.lane },
        { words: "Of whom or what", value: (h) => label(h.id) }, { words: "What", value: (h) => h.text }, { words: "Where", value: (h) => h.place },
        { words: "Supplied by", value: (h) => h.supplier },
      ], this.chronicle?.happenings ?? [], (h) => this.showEvent(h), (h) => mine.has(h.id)));
    }
    if (this.before === "map") {
      return place.replaceChildren(table<Pin>("Places", [
        { words: "Place", value: (p) => p.place || p.postcode }, { words: "What", value: (p) => p.kind }, { words: "Of whom or what", value: (p) => p.ids.map(label).join("; ") },
        { words: "Records", value: (p) => p.count, number: true }, { words: "First", value: (p) => (p.first ? Date.parse(p.first) : 0), show: (p) => whole(day(p.first)) },
        { words: "Last", value: (p) => (p.last ? Date.parse(p.last) : 0), show: (p) => whole(day(p.last)) },
        { words: "Position", value: (p) => (p.lat === null ? "none recorded" : (p.precision_m ?? 0) >= 1000 ? "a postcode's middle" : "recorded") },
      ], this.pins ?? [], (p) => this.showPin(p), (p) => p.ids.some((id) => mine.has(id))));
    }
    place.replaceChildren(
      table<Element>("Elements", [
        { words: "Label", value: (e) => e.label }, { words: "Kind", value: (e) => kindWords(e.kind) }, { words: "Of whom", value: (e) => e.categories.join(", "), show: (e) => ofWhom(e.categories) },
        { words: "Grade", value: (e) => e.grade }, { words: "Held by", value: (e) => e.suppliers.join(", ") }, { words: "Links", value: (e) => links.get(e.id) ?? 0, number: true },
        { words: "Group", value: (e) => this.picture.groups.get(e.group)?.title ?? "" }, { words: "Standing", value: (e) => standing(e) },
      ], elements, (e) => this.picture.select([e.id]), (e) => mine.has(e.id)),
      ...(this.picture.groups.size ? [this.groupTable(elements)] : []),
      table<Line>("Links", [
        { words: "Between", value: (l) => label(l.a) }, { words: "and", value: (l) => label(l.b) }, { words: "What binds them", value: (l) => l.label },
        { words: "Sources", value: (l) => l.sources, number: true }, { words: "Contacts", value: (l) => l.contacts, number: true }, { words: "Grade", value: (l) => l.grade },
        { words: "First", value: (l) => (l.first ? Date.parse(l.first) : 0), show: (l) => whole(day(l.first)) }, { words: "Last", value: (l) => (l.last ? Date.parse(l.last) : 0), show: (l) => whole(day(l.last)) },
        { words: "Standing", value: (l) => (l.confirmed ? "stated or confirmed" : "unconfirmed") },
      ], lines, (l) => this.picture.select([], `${lineKey(l)}${l.confirmed ? "" : "\n?"}`), (l) => this.picture.selected.line.startsWith(lineKey(l))),
    );
  }
}

function standing(e: Element): string {
  return [e.pinned ? "pinned" : "", e.hidden ? "hidden" : "", e.drawn ? `drawn by ${e.drawn.by}, ${e.drawn.confirmed ? "confirmed" : "unconfirmed"}` : ""].filter(Boolean).join(", ");
}

/** Words that stay on one line. */
function whole(words: string): HTMLElement {
  return make("span", "nowrap", words);
}

function moment(at: string): string {
  return `${day(at)}, ${at.slice(11, 16)}`;
}
