// The timeline: lanes on a canvas of our own; columns of density above 2,500 events in sight, single signs below.
import { type Colours, laneColour, onTheme, readColours } from "./colours";
import type { Gap } from "./shapes";

export interface Moment { id: string; at: number; until: number; lane: string; text: string; count: number }

const DENSE = 2_500;
const LEAST = 34, TALLEST = 76, HEAD = 30, LEFT = 112;
const MINUTE = 60_000, DAY = 86_400_000;
const STEPS = [MINUTE, 5 * MINUTE, 15 * MINUTE, 3_600_000, 6 * 3_600_000, DAY, 7 * DAY, 14 * DAY, 30.4 * DAY, 91 * DAY, 182 * DAY, 365 * DAY, 5 * 365 * DAY];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export class Timeline {
  private readonly canvas = document.createElement("canvas");
  private lanes: { name: string; at: Float64Array; index: Uint32Array }[] = [];
  private moments: readonly Moment[] = [];
  private gaps: { since: number; until: number; days: number }[] = [];
  private colours: Colours = readColours();
  private chosen: ReadonlySet<string> = new Set();
  private from = 0;
  private to = 1;
  private wide = 300;
  private tall = 200;
  private waiting = 0;
  private top = 0;
  private lane = LEAST; // how tall a lane is: few lanes are taller
  current = -1;

  /** `pick` is told which event somebody chose. */
  constructor(readonly place: HTMLElement, private readonly pick: (at: number) => void) {
    this.canvas.tabIndex = 0;
    this.canvas.className = "picture__lanes";
    this.canvas.setAttribute("role", "application");
    this.canvas.setAttribute("data-own-keys", "");
    this.canvas.setAttribute("aria-label", "Timeline. Left and right move in time, plus and minus zoom, j and k go to the next event and the one before, Enter opens it, t shows the table.");
    place.append(this.canvas);
    onTheme(() => {
      this.colours = readColours();
      this.ask();
    });
    new ResizeObserver(() => this.size()).observe(place);
    this.hear();
  }

  load(moments: readonly Moment[], gaps: readonly Gap[]): void {
    this.moments = moments;
    this.gaps = gaps.map((g) => ({ since: Date.parse(g.since), until: Date.parse(g.until), days: g.days }));
    const names = new Map<string, number[]>();
    moments.forEach((m, at) => {
      const held = names.get(m.lane);
      if (held) held.push(at);
      else names.set(m.lane, [at]);
    });
    this.lanes = [...names].sort((a, b) => a[0].localeCompare(b[0])).map(([name, held]) => {
      held.sort((a, b) => (moments[a] as Moment).at - (moments[b] as Moment).at);
      return { name, at: Float64Array.from(held, (n) => (moments[n] as Moment).at), index: Uint32Array.from(held) };
    });
    this.whole();
    this.size();
  }

  choose(ids: ReadonlySet<string>): void {
    this.chosen = ids;
    this.ask();
  }

  whole(): void {
    let first = Infinity, last = -Infinity;
    for (const m of this.moments) [first, last] = [Math.min(first, m.at), Math.max(last, m.until)];
    if (first > last) [first, last] = [0, DAY];
    const room = Math.max((last - first) * 0.02, 3_600_000);
    [this.from, this.to] = [first - room, last + room];
    this.ask();
  }

  pan(part: number): void {
    const by = (this.to - this.from) * part;
    [this.from, this.to] = [this.from + by, this.to + by];
    this.ask();
  }

  zoom(by: number, at = 0.5): void {
    const middle = this.from + (this.to - this.from) * at;
    const span = Math.min(Math.max((this.to - this.from) * by, 10 * MINUTE), 60 * 365 * DAY);
    [this.from, this.to] = [middle - span * at, middle + span * (1 - at)];
    this.ask();
  }

  /** Draw now; measured by the benchmark. */
  draw(): void {
    this.waiting = 0;
    const ink = this.canvas.getContext("2d");
    if (!ink) return;
    const ratio = this.canvas.width / this.wide, c = this.colours;
    ink.setTransform(ratio, 0, 0, ratio, 0, 0);
    ink.fillStyle = c.surface;
    ink.fillRect(0, 0, this.wide, this.tall);
    ink.font = '12px "Source Sans 3", arial, sans-serif';
    ink.textBaseline = "middle";
    this.rule(ink);
    const sight = this.lanes.map((l) => [lower(l.at, this.from - DAY), lower(l.at, this.to)] as const);
    const dense = sight.reduce((sum, [a, b]) => sum + b - a, 0) > DENSE;
    this.lanes.forEach((lane, n) => {
      const y = HEAD + n * this.lane - this.top, [a, b] = sight[n] as readonly [number, number];
      if (y < HEAD - this.lane || y > this.tall) return;
      const colour = laneColour(lane.name, c);
      ink.save();
      ink.beginPath();
      ink.rect(LEFT, HEAD, this.wide - LEFT, this.tall - HEAD);
      ink.clip();
      if (dense) this.columns(ink, lane, y, colour, a, b);
      else this.signs(ink, lane, y, colour, a, b);
      ink.restore();
      ink.fillStyle = c.surface;
      ink.fillRect(0, y, LEFT, this.lane);
      ink.fillStyle = c.ink;
      ink.fillText(lane.name, 8, y + this.lane / 2, LEFT - 16);
      ink.strokeStyle = c.line;
      ink.lineWidth = 1;
      ink.beginPath();
      ink.moveTo(0, y + this.lane - 0.5);
      ink.lineTo(this.wide, y + this.lane - 0.5);
      ink.stroke();
    });
    ink.fillStyle = c.surface;
    ink.fillRect(0, 0, LEFT, HEAD);
  }

  private columns(ink: CanvasRenderingContext2D, lane: { at: Float64Array; index: Uint32Array }, y: number, colour: string, a: number, b: number): void {
    const cells = Math.ceil((this.wide - LEFT) / 3), scale = cells / (this.to - this.from);
    const all = new Uint32Array(cells), mine = new Uint32Array(cells);
    for (let n = a; n < b; n += 1) {
      const cell = Math.floor(((lane.at[n] as number) - this.from) * scale);
      if (cell < 0 || cell >= cells) continue;
      all[cell] = (all[cell] as number) + 1;
      if (this.chosen.size && this.chosen.has((this.moments[lane.index[n] as number] as Moment).id)) mine[cell] = (mine[cell] as number) + 1;
    }
    const most = Math.max(1, all.reduce((x, n) => Math.max(x, n), 0));
    const bars = (counts: Uint32Array, alpha: number): void => {
      ink.globalAlpha = alpha;
      ink.beginPath();
      counts.forEach((n, cell) => {
        if (n) ink.rect(LEFT + cell * 3, y + this.lane - 3 - Math.max(2, (this.lane - 8) * Math.sqrt(n / most)), 2.5, Math.max(2, (this.lane - 8) * Math.sqrt(n / most)));
      });
      ink.fill();
      ink.globalAlpha = 1;
    };
    ink.fillStyle = colour;
    bars(all, this.chosen.size ? 0.35 : 0.9);
    if (this.chosen.size) bars(mine, 1);
  }

  private signs(ink: CanvasRenderingContext2D, lane: { at: Float64Array; index: Uint32Array }, y: number, colour: string, a: number, b: number): void {
    let free = -Infinity;
    const labelled = b - a < 120;
    for (let n = a; n < b; n += 1) {
      const at = lane.index[n] as number, m = this.moments[at] as Moment, x = this.x(m.at), end = this.x(m.until), middle = y + this.lane / 2;
      if (end < LEFT - 12) continue;
      const mine = !this.chosen.size || this.chosen.has(m.id);
      ink.globalAlpha = mine ? 1 : 0.3;
      ink.fillStyle = colour;
      if (end - x > 5) ink.fillRect(x, middle - 4, end - x, 8);
      ink.beginPath();
      ink.arc(x, middle, at === this.current ? 7 : 4.5 + Math.min(2, Math.log10(m.count)), 0, 7);
      ink.fill();
      if (at === this.current) {
        ink.strokeStyle = this.colours.ink;
        ink.lineWidth = 2;
        ink.stroke();
      }
      if (labelled && x > free) {
        const next = n + 1 < b ? this.x(lane.at[n + 1] as number) : this.wide;
        const room = Math.max(next - Math.max(end, x) - 16, 0);
        if (room > 46) {
          ink.fillStyle = this.colours.ink;
          ink.fillText(fitted(m.text, room), Math.max(end, x) + 9, middle);
          free = next - 6;
        }
      }
      ink.globalAlpha = 1;
    }
  }

  private rule(ink: CanvasRenderingContext2D): void {
    const c = this.colours, span = this.to - this.from;
    for (const gap of this.gaps) {
      const x = Math.max(this.x(gap.since), LEFT), end = Math.min(this.x(gap.until), this.wide);
      if (end - x < 3) continue;
      ink.fillStyle = c.raised;
      ink.fillRect(x, HEAD, end - x, this.tall - HEAD);
      const told = `nothing known, ${gap.days} days`;
      if (end - x > ink.measureText(told).width + 10) {
        ink.fillStyle = c.muted;
        ink.fillText(told, x + (end - x - ink.measureText(told).width) / 2, this.tall - 9);
      }
    }
    const step = STEPS.find((s) => (span / s) * 86 < this.wide - LEFT) ?? (STEPS.at(-1) as number);
    ink.fillStyle = c.muted;
    ink.strokeStyle = c.line;
    ink.lineWidth = 1;
    for (const tick of ticks(this.from, this.to, step)) {
      const x = Math.round(this.x(tick)) + 0.5;
      if (x < LEFT) continue;
      ink.beginPath();
      ink.moveTo(x, HEAD - 6);
      ink.lineTo(x, this.tall);
      ink.stroke();
      ink.fillText(written(tick, step), x + 4, 14);
    }
  }

  private x(at: number): number {
    return LEFT + ((at - this.from) / (this.to - this.from)) * (this.wide - LEFT);
  }

  private size(): void {
    this.wide = Math.max(this.place.clientWidth, 300);
    const free = (this.place.clientHeight || 600) - HEAD - 22;
    this.lane = Math.min(Math.max(Math.floor(free / Math.max(this.lanes.length, 1)), LEAST), TALLEST);
    this.tall = Math.max(Math.min(HEAD + this.lanes.length * this.lane + 22, this.place.clientHeight || 600), 120);
    const ratio = Math.min(devicePixelRatio, 2);
    this.canvas.width = this.wide * ratio;
    this.canvas.height = this.tall * ratio;
    this.canvas.style.height = `${this.tall}px`;
    this.ask();
  }

  private ask(): void {
    if (!this.waiting) this.waiting = requestAnimationFrame(() => this.draw());
  }

  private hear(): void {
    let down: { x: number; moved: boolean } | null = null;
    this.canvas.addEventListener("pointerdown", (event) => {
      down = { x: event.clientX, moved: false };
      this.canvas.setPointerCapture(event.pointerId);
    });
    this.canvas.addEventListener("pointermove", (event) => {
      if (!down) return;
      const by = event.clientX - down.x;
      if (!down.moved && Math.abs(by) < 4) return;
      this.pan(-by / (this.wide - LEFT));
      down = { x: event.clientX, moved: true };
    });
    this.canvas.addEventListener("pointerup", (event) => {
      if (down && !down.moved) this.tap(event.offsetX, event.offsetY);
      down = null;
    });
    this.canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      if (event.shiftKey) {
        this.top = Math.min(Math.max(this.top + event.deltaY, 0), Math.max(0, HEAD + this.lanes.length * this.lane - this.tall));
        this.ask();
      } else this.zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2, Math.min(Math.max((event.offsetX - LEFT) / (this.wide - LEFT), 0), 1));
    }, { passive: false });
    this.canvas.addEventListener("keydown", (event) => this.key(event));
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const acts: Record<string, () => void> = {
      ArrowLeft: () => this.pan(-0.12), ArrowRight: () => this.pan(0.12), "+": () => this.zoom(1 / 1.4), "-": () => this.zoom(1.4), "0": () => this.whole(),
      j: () => this.step(1), k: () => this.step(-1), Enter: () => this.current >= 0 && this.pick(this.current),
      t: () => this.canvas.dispatchEvent(new CustomEvent("picture:act", { detail: "table", bubbles: true })),
    };
    const act = acts[event.key];
    if (act) act();
    else if (event.key.length === 1) document.body.dispatchEvent(new KeyboardEvent("keydown", { key: event.key, bubbles: true }));
    if (act) event.preventDefault();
  }

  /** Go to the next event in time, or the one before. */
  private step(by: number): void {
    if (!this.moments.length) return;
    this.current = Math.min(Math.max(this.current + by, 0), this.moments.length - 1);
    const at = (this.moments[this.current] as Moment).at, span = this.to - this.from;
    if (at < this.from || at > this.to) [this.from, this.to] = [at - span / 2, at + span / 2];
    this.pick(this.current);
    this.ask();
  }

  private tap(x: number, y: number): void {
    const lane = this.lanes[Math.floor((y - HEAD + this.top) / this.lane)];
    if (!lane || y < HEAD) return;
    const near = 9 * ((this.to - this.from) / (this.wide - LEFT)), at = this.from + ((x - LEFT) / (this.wide - LEFT)) * (this.to - this.from);
    let best = -1, least = Infinity;
    for (let n = lower(lane.at, at - near); n < lane.at.length && (lane.at[n] as number) <= at + near; n += 1) {
      const off = Math.abs((lane.at[n] as number) - at);
      if (off < least) [best, least] = [lane.index[n] as number, off];
    }
    if (best < 0) return;
    this.current = best;
    this.pick(best);
    this.ask();
  }
}

function lower(held: Float64Array, value: number): number {
  let low = 0, high = held.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((held[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function fitted(text: string, room: number): string {
  const most = Math.floor(room / 6);
  return text.length <= most ? text : `${text.slice(0, Math.max(most - 1, 1))}…`;
}

/** The moments at which the rule has a mark: whole months and years where it shows those. */
export function* ticks(from: number, to: number, step: number): Generator<number> {
  if (step < 28 * DAY) {
    for (let at = Math.ceil(from / step) * step; at < to; at += step) yield at;
    return;
  }
  const months = Math.round(step / (30.4 * DAY)), first = new Date(from);
  for (let n = Math.floor((first.getUTCFullYear() * 12 + first.getUTCMonth()) / months) * months; ; n += months) {
    const at = Date.UTC(Math.floor(n / 12), n % 12, 1);
    if (at >= to) return;
    if (at >= from) yield at;
  }
}

function written(at: number, step: number): string {
  const d = new Date(at), two = (n: number): string => String(n).padStart(2, "0");
  if (step < DAY) return d.getUTCHours() || d.getUTCMinutes() ? `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}` : `${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]}`;
  if (step < 28 * DAY) return `${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]}`;
  return step < 360 * DAY ? `${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()}` : String(d.getUTCFullYear());
}
