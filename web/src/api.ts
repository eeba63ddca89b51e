// Questions to the server. What it answers is described by openapi.json; shapes.d.ts is made of that.
import type { components } from "./shapes";

export type Shapes = components["schemas"];

export class Trouble extends Error {}

/** Asks an address below /api. A later question of the same view makes an earlier one pointless. */
export async function ask<T>(address: string, signal?: AbortSignal): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(`/api${address}`, { signal: signal ?? null, headers: { accept: "application/json" } });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Trouble("the server does not answer: is `dateline serve` still running?");
  }
  const body: unknown = await answer.json().catch(() => null);
  if (!answer.ok) {
    const told = body as { error?: string } | null;
    throw new Trouble(told?.error ?? `the server answers ${answer.status}`);
  }
  return body as T;
}
