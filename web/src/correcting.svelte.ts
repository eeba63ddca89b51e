// What a reader is about to put right. Views say what they show; the selection says which words; one dialogue asks.
import { ask, post, type Shapes } from "./api";
import { edition } from "./edition.svelte";
import type { Row } from "./line";
import type { Option } from "./parts/Chooser.svelte";

export type Asked = Shapes["Request"];
export type Kind = Asked["does"];

/** Words that a reader selected. */
export interface Words {
  report: string;
  quote: string;
  /** Their first code point. */
  at: number;
  of: "text" | "headline";
}

/** A report that can be named in a correction. */
export interface Known {
  id: string;
  shown: string;
}

/** What a view shows that can be put right. */
export interface Subject {
  /** Events that selected words may be about; the first is the one that is shown. */
  events: { name: string; title: string }[];
  /** Fields of the first event. */
  rows: Row[];
  /** Reports that tell of it. */
  reports: Known[];
  /** Is it the event that is shown, and not one of several that a report tells of? */
  isEvent: boolean;
}

/** What is asked for, before it is whole. */
export interface Draft {
  kinds: Kind[];
  does: Kind;
  subject: Subject | null;
  field?: string;
  value?: string;
  evidence?: Words[];
  reports?: string[];
  actor?: Known;
  correction?: { id: string; says: string };
}

export const KINDS: Record<Kind, string> = {
  set: "a field should say something else",
  unset: "no report says this",
  merge: "it is one event with another",
  split: "some reports tell of another event",
  reject: "a report tells of no such event",
  "same-entity": "it is the same as somebody else",
  dependent: "reports go back to one origin",
  undo: "a correction should not hold",
};

/** The fields that can be set: the name in the record, for a reader, and how values are written. */
export const FIELDS: { name: string; label: string; written: string }[] = [
  { name: "time", label: "when", written: "a day, month or year, 2016-10-19, or a stretch of two, 2016-10-19/2016-10-21" },
  { name: "place", label: "where", written: "the name of a place" },
  { name: "participant/actor", label: "who", written: "a name" },
  { name: "participant/recipient", label: "to whom", written: "a name" },
  { name: "participant/attendee", label: "also there", written: "a name" },
  { name: "initiator", label: "initiator", written: "a name" },
  { name: "actor", label: "done by", written: "a name" },
  { name: "killed", label: "killed", written: "12, 12 or more, up to 80, 40 to 50, about 40; and whom: 12 civilians" },
  { name: "wounded", label: "wounded", written: "as for killed" },
  { name: "arrested", label: "arrested", written: "as for killed" },
  { name: "displaced", label: "displaced", written: "as for killed" },
  { name: "participants", label: "participants", written: "as for killed" },
  { name: "type", label: "type", written: "one of PLOVER’s sixteen, CONSULT or ASSAULT" },
  { name: "mode", label: "mode", written: "PLOVER’s mode in small letters, phone or explosives" },
  { name: "cameo", label: "CAMEO", written: "two to four digits, 041" },
];

class Correcting {
  /** May readers correct this record here? */
  may = $state(false);
  subject = $state.raw<Subject | null>(null);
  draft = $state.raw<Draft | null>(null);
  /** What was made last. */
  made = $state.raw<Shapes["Changes"] | null>(null);
  /** Words put by while more are selected. */
  basket = $state.raw<Words[]>([]);

  open(draft: Draft): void {
    if (this.may) this.draft = draft;
  }

  /** What is wrong with what the view shows? */
  openSubject(changes: Partial<Draft> = {}): void {
    const { subject, basket } = this;
    if (!subject) return;
    const kinds: Kind[] = subject.isEvent ? ["set", "unset", "merge", "split", "reject", "dependent"] : ["set"];
    const evidence = [...basket, ...(changes.evidence ?? [])];
    this.open({ kinds, does: "set", subject, ...changes, evidence });
  }

  close(): void {
    this.draft = null;
  }
}

export const correcting = new Correcting();

const NAME = "dateline.who";

/** Who corrects: asked once, and kept in this browser. */
export function who(): string {
  try {
    return localStorage.getItem(NAME) ?? "";
  } catch {
    return "";
  }
}

function keep(name: string): void {
  try {
    localStorage.setItem(NAME, name);
  } catch {
    // A browser that keeps nothing asks again.
  }
}

const signed = (request: Asked, by: string, why: string) => ({
  request,
  signature: { who: by, when: new Date().toISOString().replace(/\.\d+Z$/, "Z"), why },
});

/** What the correction would change. */
export function preview(request: Asked, by: string, why: string): Promise<Shapes["Changes"]> {
  return post("/corrections/preview", signed(request, by, why));
}

/** Makes it; what is shown is read anew. */
export async function make(request: Asked, by: string, why: string): Promise<Shapes["Changes"]> {
  const made = await post<Shapes["Changes"]>("/corrections", signed(request, by, why));
  keep(by);
  correcting.made = made;
  correcting.basket = [];
  edition.next();
  return made;
}

const phrase = (words: string) => words.trim().split(/\s+/u).filter((word) => word !== "").join(" ");

/** Events by words of theirs. */
export async function eventsLike(words: string, signal: AbortSignal): Promise<Option[]> {
  const query = new URLSearchParams({ q: phrase(words), typing: "true", limit: "12" });
  const found = await ask<Shapes["Found"]>(`/search?${query}`, signal);
  return found.events.hits.map(({ event, title, time, place }) => ({ value: event, label: title ?? event, detail: [time ?? "undated", place].filter((part) => part).join(", ") }));
}

/** Actors by a part of a name. */
export async function actorsLike(words: string, signal: AbortSignal): Promise<Option[]> {
  const query = new URLSearchParams({ q: phrase(words), limit: "12" });
  const found = await ask<Shapes["Actors"]>(`/actors?${query}`, signal);
  return found.actors.map(({ key, name, events }) => ({ value: key, label: name, detail: `${key}, ${events} ${events === 1 ? "event" : "events"}` }));
}
