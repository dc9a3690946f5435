// What can be shown of the picture without a browser: contrasts, the saved document, groups, the rule of time, what is drawn for export.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { contrast, KINDS } from "./colours";
import { definitions, label } from "./chart";
import { escaped, PRINTED, wrapped } from "./exports";
import { body } from "./icons";
import type { Given, HandDrawn, Line, Sign } from "./shapes";
import { lineKey, Picture } from "./store";
import { ticks } from "./timeline";

const scss = readFileSync(new URL("../styles/_colours.scss", import.meta.url), "utf8");
const theme = (name: string): Record<string, string> =>
  Object.fromEntries([...(scss.split(`@mixin ${name} {`)[1] as string).split("\n}")[0]!.matchAll(/--t-([\w-]+): (#[0-9a-f]{6})/g)].map((m) => [m[1] as string, m[2] as string]));
const VARIABLE: Record<string, string> = { email: "phone", username: "person", other: "line-strong" };

const sign = (id: string, more: Partial<Sign> = {}): Sign => ({ id, kind: "person", label: id, ref: "", categories: [], child: false, grade: "", suppliers: [], records: [`r-${id}`], hub: "", at: null, ...more });
const line = (a: string, b: string, more: Partial<Line> = {}): Line => ({ a, b, label: "linked", sources: 1, contacts: 0, confirmed: true, grade: "", records: [], first: null, last: null, ...more });
const place = (id: string, group = "") => ({ id, records: [`r-${id}`], x: 1.5, y: -2, pinned: true, hidden: false, group });
const given = (more: Partial<Given> = {}): Given => ({
  chart: { number: 1, title: "A", version: 1, newest: 1 },
  document: { elements: [place("B"), place("A", "g1"), place("C", "g1")], groups: [{ id: "g1", title: "Two", collapsed: true }], view: { x: 3, y: 4, zoom: 1.5 } },
  drawing: { signs: [sign("A", { categories: ["victim"], grade: "2BP" }), sign("B"), sign("C")], lines: [line("A", "B"), line("C", "B", { label: "other" }), line("A", "C")], left_out: 0, marking: "OFFICIAL" },
  drawn: [],
  ...more,
});
const byHand: HandDrawn = { number: 7, kind: "person", label: "The driver", child: false, categories: [], one: "", other: "", grade: "2DP", conditions: "", reason: "", by: "", at: "", own: true, confirmed_by: "", confirmed: null };

describe.each(["light", "dark"])("in the %s theme", (name) => {
  const c = theme(name);
  const of = (variable: string): string => c[variable] as string;

  it("words on a canvas can be read", () => {
    for (const ink of ["ink", "muted"]) for (const ground of ["surface", "raised"]) expect(contrast(of(ink), of(ground))).toBeGreaterThanOrEqual(4.5);
    for (const ground of ["land", "built"]) expect(contrast(of("ink"), of(ground))).toBeGreaterThanOrEqual(4.5);
  });
  it.each(KINDS)("the sign of %s stands out from the page, and its shape from the sign", (kind) => {
    expect(contrast(of(VARIABLE[kind] ?? kind), of("surface"))).toBeGreaterThanOrEqual(3);
  });
  it("lines, rings and the chosen stand out", () => {
    for (const drawn of ["line-strong", "victim", "link"]) expect(contrast(of(drawn), of("surface"))).toBeGreaterThanOrEqual(3);
  });
});

it("what is printed stands out from white paper", () => {
  for (const colour of Object.values(PRINTED)) expect(contrast(colour, "#ffffff")).toBeGreaterThanOrEqual(3);
});

it("contrast is measured as WCAG measures it", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});

it("a chart that nobody touched is saved as it was", () => {
  expect(new Picture(given()).saved()).toEqual(given().document);
});

it("what is done is undone, step by step", () => {
  const picture = new Picture(given());
  const before = picture.saved();
  picture.remove(["B"]);
  picture.collapse("g1");
  expect(picture.saved().elements).toHaveLength(2);
  expect(picture.undo() && picture.undo()).toBe(true);
  expect(picture.saved()).toEqual(before);
  expect(picture.undo()).toBe(false);
});

it("a collapsed group stands as one, with its members' lines gathered; a victim in it is seen", () => {
  const made = definitions(new Picture(given()), new Set());
  const group = made.find((d) => d.data.id === "g1");
  expect(group?.data).toMatchObject({ label: "Two (2)", victim: 1 });
  const lines = made.filter((d) => "source" in d.data);
  expect(lines.map((d) => [d.data["source"], d.data["target"], d.data["label"]])).toEqual([["g1", "B", "linked; other"]]);
});

it("an opened group holds its members, and hidden ones are not drawn", () => {
  const picture = new Picture(given());
  picture.collapse("g1");
  picture.edit(["C"], { hidden: true });
  const made = definitions(picture, new Set([lineKey({ a: "B", b: "A" })]));
  expect(made.map((d) => d.data.id)).not.toContain("C");
  expect(made.find((d) => d.data.id === "A")?.data["parent"]).toBe("g1");
  expect(made.find((d) => "source" in d.data)?.data["ways"]).toBe(1);
});

it("grade, victim and doubt stand under a sign in words", () => {
  const picture = new Picture(given({ drawn: [byHand] }));
  expect(label(picture.elements.get("A")!)).toBe("A\n2BP · victim");
  expect(label(picture.elements.get("drawn:7")!)).toBe("The driver\n2DP · unconfirmed");
  picture.redraw(7, { ...byHand, confirmed: "2026-11-03T10:00:00Z" });
  expect(label(picture.elements.get("drawn:7")!)).toBe("The driver\n2DP");
});

it("a line drawn by hand is drawn only while both its ends are there", () => {
  const picture = new Picture(given({ drawn: [{ ...byHand, kind: "link", one: "A", other: "B", label: "drives" }] }));
  expect(picture.allLines().map((l) => [l.label, l.confirmed])).toContainEqual(["drives", false]);
  picture.remove(["B"]);
  expect(picture.allLines().map((l) => l.label)).not.toContain("drives");
});

it("one selection is told to every view, and only when it changes", () => {
  const picture = new Picture(given());
  const heard: string[] = [];
  picture.listen((what) => heard.push(what));
  picture.select(["A"]);
  picture.select(["A"]);
  picture.select(["A", "nobody"]);
  expect(heard).toEqual(["selection"]);
});

it("the rule of time marks whole months", () => {
  const marks = [...ticks(Date.UTC(2025, 10, 20), Date.UTC(2026, 2, 2), 30.4 * 86_400_000)];
  expect(marks.map((m) => new Date(m).toISOString().slice(0, 10))).toEqual(["2025-12-01", "2026-01-01", "2026-02-01", "2026-03-01"]);
});

it("words in a drawing cannot become part of it, and long labels break", () => {
  expect(escaped('<a href="x">&\u0001')).toBe("&#60;a href=&#34;x&#34;&#62;&#38;");
  expect(wrapped("127 Birkenshaw Close, Wakefield", 22)).toEqual(["127 Birkenshaw Close,", "Wakefield"]);
});

it("every kind has a sign of its own", () => {
  expect(new Set(KINDS.map(body)).size).toBe(KINDS.length);
});
