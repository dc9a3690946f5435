// What the server and the picture say to each other: the frozen dataclasses of toex.picture.charting, field by field.

export interface Asked { id: string; records: string[] }

export interface Sign {
  id: string;
  kind: string;
  label: string;
  ref: string;
  categories: string[];
  child: boolean;
  grade: string;
  suppliers: string[];
  records: string[];
  hub: string;
  at: string | null;
}

export interface Line {
  a: string;
  b: string;
  label: string;
  sources: number;
  contacts: number;
  confirmed: boolean;
  grade: string;
  records: string[];
  first: string | null;
  last: string | null;
}

export interface Drawing { signs: Sign[]; lines: Line[]; left_out: number; marking: string }
export interface Count { kind: string; words: string; number: number }
export interface Happening { id: string; at: string; until: string; lane: string; text: string; place: string; supplier: string; count: number; records: string[] }
export interface Gap { since: string; until: string; days: number }
export interface Chronicle { happenings: Happening[]; gaps: Gap[]; left_out: number }
export interface Pin {
  lat: number | null; lon: number | null; postcode: string; kind: string; place: string; ids: string[]; count: number;
  records: string[]; precision_m: number | null; first: string | null; last: string | null; grade: string;
}
export interface Source { record: string; what: string; supplier: string; dataset: string; file: string; row: number | null; grade: string; conditions: string; reported: string | null }
export interface Told { title: string; kind: string; said: [string, string][]; sources: Source[]; more: number; note: string }

/** What somebody drew by hand, as the page is told of it. */
export interface HandDrawn {
  number: number; kind: string; label: string; child: boolean; categories: string[]; one: string; other: string;
  grade: string; conditions: string; reason: string; by: string; at: string; own: boolean; confirmed_by: string;
  confirmed: string | null;
}

export interface SavedElement { id: string; records: string[]; x: number; y: number; pinned: boolean; hidden: boolean; group: string }
export interface Group { id: string; title: string; collapsed: boolean }
export interface View { x: number; y: number; zoom: number }
export interface SavedChart { elements: SavedElement[]; groups: Group[]; view: View }

export interface Given {
  chart: { number: number; title: string; version: number; newest: number } | null;
  document: SavedChart;
  drawing: Drawing;
  drawn: HandDrawn[];
}

/** What a picture leaves with: marking, and the words of people without the name of a child. */
export interface Leaving { marking: string; title: string; groups: Record<string, string>; drawn: Record<string, string> }

export interface Refusal { fact: string; fields: Record<string, string> }
