// The page's dialogs: each asks for what an act needs, says what is wrong beside its fields, and gives what was typed.
import { Refused } from "./ask";

export type Typed = Record<string, string | string[] | boolean>;

/** Open a dialog until what was typed is taken or somebody cancels. `take` may refuse it: the words stand in the dialog. */
export function ask(id: string, take: (typed: Typed) => Promise<void> | void, prepare?: (form: HTMLFormElement) => void): void {
  const dialog = document.querySelector<HTMLDialogElement>(`#${id}`);
  const form = dialog?.querySelector("form");
  const error = dialog?.querySelector<HTMLElement>("[data-error]");
  if (!dialog || !form || !error) return;
  form.reset();
  error.hidden = true;
  prepare?.(form);
  form.onsubmit = (event) => {
    const pressed = (event as SubmitEvent).submitter as HTMLButtonElement | null;
    if (pressed?.value !== "done") return;
    event.preventDefault();
    void Promise.resolve(take(typed(form))).then(() => dialog.close(), (wrong: unknown) => {
      error.textContent = wrong instanceof Refused ? wrong.told() : wrong instanceof Error ? wrong.message : "That did not work.";
      error.hidden = false;
    });
  };
  dialog.showModal();
}

function typed(form: HTMLFormElement): Typed {
  const held: Typed = {};
  for (const field of form.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>("[name]")) {
    if (field instanceof HTMLInputElement && field.type === "checkbox") {
      if (field.name === "child") held["child"] = field.checked;
      else if (field.checked) held[field.name] = [...((held[field.name] as string[] | undefined) ?? []), field.value];
    } else held[field.name] = field.value.trim();
  }
  return held;
}
