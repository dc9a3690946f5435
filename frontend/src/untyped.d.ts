// Packages that carry no types of their own, as far as we use them.
declare module "govuk-frontend" {
  export function createAll(component: unknown): void;
  export const ErrorSummary: unknown;
  export const CharacterCount: unknown;
}
declare module "cytoscape-fcose";
// The scripts' tests alone read a file; everything else of node stays out.
declare module "node:fs" {
  export function readFileSync(path: URL, encoding: "utf8"): string;
}
