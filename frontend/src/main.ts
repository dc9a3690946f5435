// What every page runs: htmx, the keyboard, the panel, notices; the islands are loaded where a page has one.
import "htmx.org";
import { CharacterCount, createAll, ErrorSummary } from "govuk-frontend";
import { watchChoosing } from "./choose";
import { watchFocus } from "./focus";
import { watchKeys } from "./keys";
import { watchPanel } from "./panel";
import { watchRows } from "./rows";

document.documentElement.classList.add("js");
document.body.classList.add("js-enabled", "govuk-frontend-supported");
createAll(ErrorSummary);
createAll(CharacterCount);
watchFocus();
watchKeys();
watchChoosing();
watchPanel();
watchRows();

/** Modules by the name that a page gives in `data-island`; each exports `begin(element)`. */
const islands: Record<string, () => Promise<{ begin: (place: HTMLElement) => void }>> = {
  cells: () => import("./cells"),
  picture: () => import("./picture"),
};

for (const place of document.querySelectorAll<HTMLElement>("[data-island]")) {
  const load = islands[place.dataset["island"] ?? ""];
  if (load) void load().then((island) => island.begin(place));
}
