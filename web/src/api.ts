// Questions to the server. What it answers is described by openapi.json; shapes.d.ts is made of that.
import type { components } from "./shapes";

export type Shapes = components["schemas"];

/** Why there is no answer; with what there is instead, where something was named that is not there or not clear. */
export class Trouble extends Error {
  near: string[];
  places: Shapes["QuotePlace"][];

  constructor(message: string, told: Partial<Shapes["Trouble"]> = {}) {
    super(message);
    this.near = told.near ?? [];
    this.places = told.places ?? [];
  }
}

/** Asks an address below /api. A later question of the same view makes an earlier one pointless. */
export function ask<T>(address: string, signal?: AbortSignal): Promise<T> {
  return answered(address, { signal: signal ?? null, headers: { accept: "application/json" } });
}

/** Sends something to an address below /api. The header tells the server that no other site made the browser do it. */
export function post<T>(address: string, body: unknown): Promise<T> {
  const headers = { accept: "application/json", "content-type": "application/json", "x-dateline": "correct" };
  return answered(address, { method: "POST", headers, body: JSON.stringify(body) });
}

async function answered<T>(address: string, request: RequestInit): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(`/api${address}`, request);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Trouble("the server does not answer: is `dateline serve` still running?");
  }
  const body: unknown = await answer.json().catch(() => null);
  if (!answer.ok) {
    const told = body as Partial<Shapes["Trouble"]> | null;
    throw new Trouble(told?.error ?? `the server answers ${answer.status}`, told ?? {});
  }
  return body as T;
}
