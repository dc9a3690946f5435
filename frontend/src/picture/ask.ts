// Asking the desk: JSON there and back; a refusal is told in the server's own words.
import type { Refusal } from "./shapes";

export class Refused extends Error {
  constructor(fact: string, readonly fields: Record<string, string>) {
    super(fact);
  }

  /** The fact, and what of the fields was wrong. */
  told(): string {
    const wrong = Object.entries(this.fields).map(([name, rule]) => `${name.replaceAll("_", " ")}: ${rule}`);
    return wrong.length ? `${this.message} (${wrong.join("; ")})` : this.message;
  }
}

export class Desk {
  constructor(private readonly address: string, private readonly token: string) {}

  async ask<T>(path: string, body: unknown): Promise<T> {
    return (await (await this.send(path, body)).json()) as T;
  }

  async file(path: string, body: unknown): Promise<Blob> {
    return (await this.send(path, body)).blob();
  }

  page(path: string): string {
    return this.address + path;
  }

  private async send(path: string, body: unknown): Promise<Response> {
    const answer = await fetch(this.address + path, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
      body: JSON.stringify(body),
    });
    if (answer.ok) return answer;
    const refusal = (await answer.json().catch(() => null)) as Refusal | null;
    throw new Refused(refusal?.fact ?? "The workbench did not answer. Nothing was changed; try again.", refusal?.fields ?? {});
  }
}
