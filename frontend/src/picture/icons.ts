// The sign of each kind of thing, drawn by us on a square of 24: strokes and shapes in one colour.

const BODY: Record<string, string> = {
  person: '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.6-4.6 3.6-7 7.5-7s6.9 2.4 7.5 7z"/>',
  organisation: '<path d="M4 21V6l8-3v4l8 2v12h-6v-5h-3v5zM7 8.5v2h2v-2zm0 4v2h2v-2zm7 0v2h2v-2z" fill-rule="evenodd"/>',
  phone: '<path d="M7 2.5h10a1 1 0 0 1 1 1v17a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1v-17a1 1 0 0 1 1-1zm.8 2.5v12h8.4V5zM12 18a1.1 1.1 0 1 0 0 2.2 1.1 1.1 0 0 0 0-2.2z" fill-rule="evenodd"/>',
  device: '<path d="M6 2h8.500L19 6.500V22H6zm2.500 9v8h8v-8zm3.200 0v8h1.600v-8z" fill-rule="evenodd"/>',
  vehicle: '<path d="M3 16v-4l2-1 2-5h10l2 5 2 1v4h-2a2.4 2.4 0 0 1-4.8 0H9.8A2.4 2.4 0 0 1 5 16zm5-8.2L6.8 11h10.4L16 7.8z" fill-rule="evenodd"/>',
  place: '<path d="M12 3l9 8h-2.5v9h-5v-6h-3v6h-5v-9H3z"/>',
  account: '<path d="M3 5h18v14H3zm0 3.5v2.5h18V8.500zM5.500 14v2h5v-2z" fill-rule="evenodd"/>',
  email: '<path d="M3 5h18v14H3zm2 2v.8l7 4.900 7-4.900V7zm0 3.300V17h14v-6.700l-7 4.900z" fill-rule="evenodd"/>',
  username: '<path d="M12 3a9 9 0 1 0 4 17l-.8-1.900A7 7 0 1 1 19 12v1.300a1.400 1.400 0 0 1-2.800 0V8h-2v.8A4.200 4.200 0 1 0 14.900 15 3.300 3.300 0 0 0 21 13.300V12a9 9 0 0 0-9-9zm0 6.800a2.200 2.200 0 1 1 0 4.400 2.200 2.200 0 0 1 0-4.400z" fill-rule="evenodd"/>',
  event: '<path d="M12 2.500l2.700 6.200 6.700.6-5.100 4.400 1.600 6.600-5.900-3.500-5.900 3.500 1.600-6.600-5.100-4.400 6.700-.6z"/>',
  other: '<path d="M12 3l9 9-9 9-9-9z"/>',
};

/** The shapes of a sign, without their frame. */
export function body(kind: string): string {
  return BODY[kind] ?? (BODY["other"] as string);
}

export function icon(kind: string, colour: string): string {
  const drawn = `<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48" viewBox="0 0 24 24" fill="${colour}">${body(kind)}</svg>`;
  return `data:image/svg+xml;utf8,${encodeURIComponent(drawn)}`;
}

const WORDS: Record<string, string> = { place: "address", device: "handset", email: "email address", username: "user name" };

const MANY: Record<string, string> = { person: "People", place: "Addresses", device: "Handsets", email: "Email addresses", username: "User names", other: "Other things" };

export function manyWords(kind: string): string {
  return MANY[kind] ?? `${kindWords(kind)}s`;
}

export function kindWords(kind: string): string {
  const words = WORDS[kind] ?? kind;
  return words.charAt(0).toUpperCase() + words.slice(1);
}
