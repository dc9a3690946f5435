// What leaves as a picture: drawn here once the server has noted that it leaves, marked, with its key; children are unnamed.
import type { Chart } from "./chart";
import { contrast } from "./colours";
import { body } from "./icons";

const INK = "#101820", SOFT = "#5b6875", PAPER = "#ffffff", VICTIM = "#6b2fa0", WAY = "#1a5fa6";
const FILL: Record<string, string> = {
  person: "#1d70b8", organisation: "#5b4a9c", phone: "#0b6b4f", device: "#3d7a6a", vehicle: "#8a4b12", place: "#3f5d73",
  account: "#7a5c00", email: "#0b6b4f", username: "#1d70b8", event: "#9c3240", other: "#5b6875",
};
export const PRINTED: Readonly<Record<string, string>> = FILL;
const FONT = "'Source Sans 3', 'Source Sans Pro', Arial, sans-serif";
const ROOM = 70;

/** Draw the chart as SVG on white paper, whatever the page's colours are. */
export function drawSvg(chart: Chart, title: string, marking: string, note = ""): string {
  const { things, lines, groups } = chart.drawn();
  const at = new Map(things.map((t) => [t.id, t]));
  const xs = [...things.map((t) => t.x), ...groups.flatMap((g) => [g.box.x1 + ROOM / 2, g.box.x2 - ROOM / 2])], ys = [...things.map((t) => t.y), ...groups.flatMap((g) => [g.box.y1 + ROOM / 2, g.box.y2 - ROOM / 2])];
  const [left, top, right, bottom] = things.length ? [Math.min(...xs) - ROOM, Math.min(...ys) - ROOM - 30, Math.max(...xs) + ROOM, Math.max(...ys) + ROOM + (note ? 95 : 60)] : [0, 0, 400, 200];
  const wide = Math.max(right - left, 420), tall = bottom - top, parts: string[] = [];
  for (const g of groups) parts.push(`<rect x="${n(g.box.x1)}" y="${n(g.box.y1)}" width="${n(g.box.x2 - g.box.x1)}" height="${n(g.box.y2 - g.box.y1)}" rx="6" fill="#eef2f6" stroke="${SOFT}"/>${text(g.title, (g.box.x1 + g.box.x2) / 2, g.box.y1 - 5, 12, INK, 600)}`);
  for (const line of lines) {
    const a = at.get(line.a), b = at.get(line.b);
    if (!a || !b) continue;
    parts.push(`<path d="M${n(a.x)} ${n(a.y)}L${n(b.x)} ${n(b.y)}" stroke="${line.ways ? WAY : SOFT}" stroke-width="${line.ways ? 3 : 1.3}" fill="none"${line.confirmed ? "" : ' stroke-dasharray="5 4"'}/>`);
    if (line.label && things.length <= 120) parts.push(text(short(line.label, 26), (a.x + b.x) / 2, (a.y + b.y) / 2, 9, SOFT, 400, true));
  }
  for (const t of things) parts.push(sign(t));
  const words = [text(marking, left + wide / 2, top + 16, 14, INK, 700), text(title, left + wide / 2, top + 34, 13, INK, 600), text(marking, left + wide / 2, top + tall - 8, 14, INK, 700), key(left + 16, top + tall - 34), ...wrapped(note, Math.floor((wide - 24) / 4.6)).filter(Boolean).map((row, at, all) => text(row, left + wide / 2, top + tall - 40 - 11 * (all.length - at), 9, SOFT))];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${n(wide)}" height="${n(tall)}" viewBox="${n(left)} ${n(top)} ${n(wide)} ${n(tall)}" font-family="${FONT}" role="img"><title>${escaped(`${marking} ${title}`)}</title><rect x="${n(left)}" y="${n(top)}" width="${n(wide)}" height="${n(tall)}" fill="${PAPER}"/>${parts.join("")}${words.join("")}</svg>`;
}

/** Paint the same drawing as PNG, twice as fine. */
export async function drawPng(svg: string): Promise<Blob> {
  const picture = new Image();
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    picture.src = address;
    await picture.decode();
    const scale = Math.min(2, 8000 / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("The picture could not be painted."))), "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}

export function give(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function sign(t: ReturnType<Chart["drawn"]>["things"][number]): string {
  const kind = t.element?.kind ?? "other", fill = FILL[kind] ?? SOFT, unconfirmed = t.element?.drawn && !t.element.drawn.confirmed;
  const shape = t.members
    ? `<rect x="${n(t.x - 29)}" y="${n(t.y - 22)}" width="58" height="44" rx="5" fill="#eef2f6" stroke="${SOFT}" stroke-width="2"/>`
    : `<circle cx="${n(t.x)}" cy="${n(t.y)}" r="17" fill="${fill}"${unconfirmed ? ` fill-opacity=".6" stroke="${INK}" stroke-width="2" stroke-dasharray="4 3"` : ""}/><g transform="translate(${n(t.x - 10.5)} ${n(t.y - 10.5)}) scale(.875)" fill="${contrast(fill, PAPER) >= 3 ? PAPER : INK}">${body(kind)}</g>`;
  const ring = t.element?.categories.includes("victim") ? `<circle cx="${n(t.x)}" cy="${n(t.y)}" r="19" fill="none" stroke="${VICTIM}" stroke-width="1.8"/><circle cx="${n(t.x)}" cy="${n(t.y)}" r="23" fill="none" stroke="${VICTIM}" stroke-width="1.8"/>` : "";
  const rows = t.title.split("\n").flatMap((line) => wrapped(line, 22));
  return shape + ring + rows.map((row, at) => text(row, t.x, t.y + 34 + at * 12, 11, INK, 400, true)).join("");
}

function key(x: number, y: number): string {
  const dash = (dx: number, dashed: boolean): string => `<path d="M${n(x + dx)} ${n(y)}h26" stroke="${SOFT}" stroke-width="1.5"${dashed ? ' stroke-dasharray="5 4"' : ""}/>`;
  const words = (told: string, dx: number): string => `<text x="${n(x + dx)}" y="${n(y + 4)}" font-size="10" fill="${INK}">${told}</text>`;
  return `${dash(0, false)}${words("stated or confirmed", 32)}${dash(140, true)}${words("not confirmed", 172)}<circle cx="${n(x + 254)}" cy="${n(y)}" r="5" fill="none" stroke="${VICTIM}" stroke-width="1.4"/><circle cx="${n(x + 254)}" cy="${n(y)}" r="8" fill="none" stroke="${VICTIM}" stroke-width="1.4"/>${words("victim", 268)}`;
}

function text(told: string, x: number, y: number, size: number, fill: string, weight = 400, haloed = false): string {
  const halo = haloed ? ` paint-order="stroke" stroke="${PAPER}" stroke-width="3" stroke-linejoin="round"` : "";
  return `<text x="${n(x)}" y="${n(y)}" text-anchor="middle" font-size="${size}" font-weight="${weight}" fill="${fill}"${halo}>${escaped(told)}</text>`;
}

export function wrapped(line: string, most: number): string[] {
  const rows: string[] = [];
  for (const word of line.split(" ")) {
    const last = rows.at(-1);
    if (last !== undefined && last.length + word.length < most) rows[rows.length - 1] = `${last} ${word}`;
    else rows.push(word);
  }
  return rows;
}

function short(told: string, most: number): string {
  return told.length > most ? `${told.slice(0, most - 1)}…` : told;
}

export function escaped(told: string): string {
  return told.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "");
}

const n = (value: number): string => String(Math.round(value * 10) / 10);
