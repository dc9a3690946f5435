// Grouping by type, holder and candidate group: what goes where, what stays with hand-made groups, one step of undo, saved exactly.
import { expect, it } from "vitest";
import { definitions } from "./chart";
import { byCandidate, byHand, byHolder, byKind, made, MARK } from "./grouping";
import type { Given, SavedElement, Sign } from "./shapes";
import { Picture } from "./store";

const sign = (id: string, kind: string, suppliers: string[], more: Partial<Sign> = {}): Sign => ({ id, kind, label: id, ref: "", categories: [], child: false, grade: "", suppliers, records: [`r-${id}`], hub: "", at: null, ...more });
const SIGNS = [sign("A", "person", ["WYP"]), sign("B", "person", ["WYP", "SYP"]), sign("C", "person", ["SYP"], { categories: ["victim"] }), sign("T1", "phone", ["WYP"]), sign("T2", "phone", ["WYP", "SYP"]), sign("V", "vehicle", [])];
const place = (id: string, group = ""): SavedElement => ({ id, records: [`r-${id}`], x: 1, y: 2, pinned: false, hidden: false, group });
const given = (groups: Given["document"]["groups"] = [], of: Record<string, string> = {}): Given => ({
  chart: null, document: { elements: SIGNS.map((s) => place(s.id, of[s.id])), groups, view: { x: 0, y: 0, zoom: 1 } },
  drawing: { signs: SIGNS, lines: [{ a: "A", b: "C", label: "met", sources: 1, contacts: 0, confirmed: true, grade: "", records: [], first: null, last: null }], left_out: 0, marking: "OFFICIAL" }, drawn: [],
});
const titles = (picture: Picture): Record<string, string[]> =>
  Object.fromEntries([...picture.groups.values()].map((g) => [g.title, [...picture.elements.values()].filter((e) => e.group === g.id).map((e) => e.id)]));

it("by type, things of a kind stand together, and one alone stays alone", () => {
  expect(byKind(new Picture(given()).shown())).toEqual([{ title: "People", ids: ["A", "B", "C"] }, { title: "Phones", ids: ["T1", "T2"] }]);
});

it("by holding force, what the same hold stands together, and what nobody holds is in no group", () => {
  expect(byHolder(new Picture(given()).shown())).toEqual([{ title: "Held by WYP alone", ids: ["A", "T1"] }, { title: "Held by WYP and SYP", ids: ["B", "T2"] }]);
  const many = ["A", "B"].map((id) => ({ ...new Picture(given()).elements.get(id)!, suppliers: ["GMP", "LANCS", "SYP", "WYP"] }));
  expect(byHolder(many).map((p) => p.title)).toEqual(["Held by four or more"]);
});

it("a candidate group has a number and no other name", () => {
  expect(byCandidate([["A", "T1"], ["B", "C"]]).map((p) => p.title)).toEqual(["Candidate group 1", "Candidate group 2"]);
});

it("a division is one step, and undone in one", () => {
  const picture = new Picture(given());
  const before = picture.saved();
  expect(picture.divide(["A", "B", "C", "T1", "T2", "V"], byKind(picture.shown()), MARK.kind)).toBe(2);
  expect(titles(picture)).toEqual({ People: ["A", "B", "C"], Phones: ["T1", "T2"] });
  picture.place([["A", { x: 70, y: 80 }]]); // as the laying out does, which is no step of its own
  expect(picture.undo()).toBe(true);
  expect(picture.saved()).toEqual(before);
  expect(picture.undo()).toBe(false);
});

it("another division takes the place of the last one, and what was grouped by hand stays whole", () => {
  const picture = new Picture(given([{ id: "g1", title: "The two", collapsed: false }], { A: "g1", T2: "g1" }));
  const all = picture.shown().map((e) => e.id);
  picture.divide(all, byKind(picture.shown()), MARK.kind);
  expect(titles(picture)).toEqual({ "The two": ["A", "T2"], People: ["B", "C"] });
  picture.divide(all, byCandidate([["A", "C", "T1"], ["B", "T2", "V"]]), MARK.candidate);
  expect(titles(picture)).toEqual({ "The two": ["A", "T2"], "Candidate group 1": ["C", "T1"], "Candidate group 2": ["B", "V"] });
});

it("where nothing is divided nothing is changed, and there is no step to undo", () => {
  const picture = new Picture(given());
  expect(picture.divide(["A", "V"], byKind(picture.shown().filter((e) => ["A", "V"].includes(e.id))), MARK.kind)).toBe(0);
  expect([picture.changed, picture.undo()]).toEqual([false, false]);
});

it("a divided chart is saved and opened again exactly, closed groups closed", () => {
  const picture = new Picture(given());
  picture.divide(["A", "B", "C", "T1", "T2", "V"], byCandidate([["A", "B", "T1"], ["C", "T2"]]), MARK.candidate);
  expect(picture.collapseAll(true)).toBe(true);
  const kept = picture.saved();
  const again = new Picture({ ...given(), document: kept });
  expect(again.saved()).toEqual(kept);
  expect(definitions(again, new Set()).map((d) => d.data["label"])).toEqual(["Candidate group 1 (3)", "Candidate group 2 (2)", "V", "met"]);
  expect(definitions(again, new Set()).find((d) => d.data["label"] === "Candidate group 2 (2)")?.data["victim"]).toBe(1);
  expect([again.collapseAll(true), again.collapseAll(false)]).toEqual([false, true]);
});

it("all groups are taken apart in one step", () => {
  const picture = new Picture(given());
  picture.divide(["A", "B", "C", "T1", "T2"], byHolder(picture.shown()), MARK.holder);
  picture.ungroupAll();
  expect(picture.groups.size + picture.saved().elements.filter((e) => e.group).length).toBe(0);
  picture.undo();
  expect(picture.groups.size).toBe(2);
});

it("where a child came onto the chart people's words are given again without the name, in what is undone too", () => {
  const drawn = { number: 7, kind: "person", label: "Friend of Toby", child: false, categories: [], one: "", other: "", grade: "2DP", conditions: "", reason: "", by: "", at: "", own: true, confirmed_by: "", confirmed: null };
  const picture = new Picture({ ...given([{ id: "g1", title: "Toby's home", collapsed: false }], { A: "g1", T2: "g1" }), drawn: [drawn, { ...drawn, number: 8, kind: "link", one: "A", other: "B", label: "Toby's car" }] });
  picture.divide(["B", "C", "T1"], byKind(picture.shown()), MARK.kind);
  expect(picture.written()).toEqual({ groups: { g1: "Toby's home" }, drawn: { "7": "Friend of Toby", "8": "Toby's car" } });
  const heard: string[] = [];
  picture.listen((what) => heard.push(what));
  picture.reword({ g1: "Toby's home" }, {});
  expect(heard).toEqual([]);
  picture.reword({ g1: "child, PAAAA's home" }, { "7": "Friend of child, PAAAA", "8": "child, PAAAA's car" });
  expect(definitions(picture, new Set()).map((d) => d.data["label"])).toEqual(expect.arrayContaining(["child, PAAAA's home", "Friend of child, PAAAA\n2DP · unconfirmed"]));
  expect(picture.allLines().map((l) => l.label)).toContain("child, PAAAA's car");
  picture.undo();
  expect(JSON.stringify([picture.saved(), [...picture.elements.values()], picture.drawnLinks])).not.toContain("Toby");
});

it("how a group came to be is told from what is saved", () => {
  expect(["g1", "k2", "h1", "c3", "odd"].map(made)).toEqual(["by hand", "by type", "by holding force", "candidate group, a drawing aid", "by hand"]);
  expect(["g1", "odd", "k1"].map(byHand)).toEqual([true, true, false]);
});
