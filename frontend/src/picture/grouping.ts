// Grouping by what elements are, who holds them or how records bind them: an aid to drawing, which says nothing of anybody.
import { manyWords } from "./icons";
import type { Element } from "./store";

export type Way = "kind" | "holder" | "candidate";
export interface Part { title: string; ids: string[] }

/** How a group came to be, by the first letter of its id: what is saved holds no more. */
const MADE: Record<string, string> = { g: "by hand", k: "by type", h: "by holding force", c: "candidate group, a drawing aid" };
export const MARK: Record<Way, string> = { kind: "k", holder: "h", candidate: "c" };
export const AID = "A candidate group is a drawing aid, made of how strongly records bind what is on this chart. Nobody is said to be a member of anything.";

export const made = (id: string): string => MADE[id.charAt(0)] ?? (MADE["g"] as string);
export const byHand = (id: string): boolean => !(id.charAt(0) in MADE) || id.startsWith("g");
export const isCandidate = (id: string): boolean => id.startsWith("c");

/** Divide by what things are: people, phones, vehicles. */
export function byKind(elements: readonly Element[]): Part[] {
  return gathered(elements, (e) => manyWords(e.kind));
}

/** Divide by which forces hold them: alike is what the same hold, alone or together. What was drawn by hand is held by none. */
export function byHolder(elements: readonly Element[]): Part[] {
  return gathered(elements, (e) => holders(e.suppliers));
}

function holders(of: readonly string[]): string {
  const last = of.at(-1);
  if (last === undefined) return "";
  if (of.length === 1) return `Held by ${last} alone`;
  return of.length > 3 ? "Held by four or more" : `Held by ${of.slice(0, -1).join(", ")} and ${last}`;
}

/** Give the candidate groups, which the desk worked out, their numbers. */
export function byCandidate(groups: readonly (readonly string[])[]): Part[] {
  return groups.map((ids, at) => ({ title: `Candidate group ${at + 1}`, ids: [...ids] }));
}

/** One alone is no group: it stays as it is. */
function gathered(elements: readonly Element[], title: (e: Element) => string): Part[] {
  const parts = new Map<string, string[]>();
  for (const e of elements) if (title(e)) parts.set(title(e), [...(parts.get(title(e)) ?? []), e.id]);
  return [...parts].map(([words, ids]) => ({ title: words, ids })).filter((part) => part.ids.length > 1).sort((a, b) => b.ids.length - a.ids.length || a.title.localeCompare(b.title));
}
