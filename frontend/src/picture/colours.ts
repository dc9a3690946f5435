// Colours of canvas pictures: read from the page's own variables each time something is drawn, so that dark is dark there too.

export const KINDS = ["person", "organisation", "phone", "device", "vehicle", "place", "account", "email", "username", "event", "other"] as const;

export interface Colours {
  surface: string; raised: string; ink: string; muted: string; line: string; strong: string; select: string; link: string;
  victim: string; suspect: string; warn: string; sea: string; land: string; built: string;
  kinds: Record<string, string>;
}

const VARIABLE: Record<string, string> = { email: "phone", username: "person", other: "line-strong" };

export function readColours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(`--t-${name}`).trim();
  return {
    surface: of("surface"), raised: of("raised"), ink: of("ink"), muted: of("muted"), line: of("line"), strong: of("line-strong"),
    select: of("select"), link: of("link"), victim: of("victim"), suspect: of("suspect"), warn: of("warn"),
    sea: of("sea"), land: of("land"), built: of("built"),
    kinds: Object.fromEntries(KINDS.map((kind) => [kind, of(VARIABLE[kind] ?? kind)])),
  };
}

/** Call back whenever the page turns light or dark. */
export function onTheme(draw: () => void): void {
  new MutationObserver(draw).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  matchMedia("print").addEventListener("change", draw);
}

/** The contrast of two colours written as #rrggbb, by WCAG 2.2. */
export function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** What lanes and pins are drawn in: by what they are about. */
const LANES: Record<string, string> = {
  Calls: "phone", Messages: "device", "Data sessions": "device", Cameras: "vehicle", Payments: "account", Custody: "organisation",
  Missing: "event", Stops: "place", Crime: "event", "Prison visits": "organisation", Intelligence: "person", Referrals: "event",
  Adverts: "account", Prison: "organisation", Addresses: "place",
};

export function laneColour(lane: string, colours: Colours): string {
  return colours.kinds[LANES[lane] ?? "other"] ?? colours.strong;
}
