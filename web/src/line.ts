// An event's line read for its page: fields in a reader's order, each value with an id that its words bear.
import type { Shapes } from "./api";
import type { Mark } from "./marks";
import { shown } from "./words";

type Citation = Shapes["CitationLine"];

/** One value of a field, with all words that carry it. */
export interface Value {
  id: string;
  shown: string;
  by: string | null;
  citations: Citation[];
  reports: string[];
  origins: number | null;
  entity: string | null;
}

/** A field as the page shows it. */
export interface Row {
  name: string;
  /** The field as a correction names it. */
  field: string;
  agreement: string | null;
  relation: string | null;
  origins: number | null;
  status: string | null;
  link: string | null;
  code: string | null;
  setBy: Shapes["CorrectionLine"][];
  /** What a person settled, where reports differ. */
  settled: string | null;
  values: Value[];
}

const NAMES: Record<string, string> = {
  time: "when", place: "where", actor: "who", recipient: "to whom", attendee: "also there", participant: "who", actor_of: "done by",
};
const COUNTS = ["killed", "wounded", "arrested", "displaced", "participants"];
/** They stand in the page's head; here they come last. */
const CODES = ["type", "mode", "cameo"];

/** The fields in a reader's order: when, where, who, how many, and then the rest. */
export function rows(line: Shapes["EventLine"]): Row[] {
  const found: Row[] = [row("time", "time", line.time), row("place", "place", line.place)];
  const roles = ["actor", "recipient", "attendee"];
  for (const role of roles) {
    line.participants.filter((who) => (who.role ?? "actor") === role).forEach((who, n) => found.push(row(`${role}-${n}`, role, who)));
  }
  const others = Object.entries(line.fields);
  const rank = (name: string) => (COUNTS.includes(name) ? 0 : CODES.includes(name) ? 2 : 1);
  others.sort(([a], [b]) => rank(a) - rank(b));
  for (const [name, field] of others) found.push(row(name, name === "actor" ? "actor_of" : name, field));
  return found;
}

function row(id: string, name: string, field: Shapes["Field"] | null | undefined): Row {
  const label = NAMES[name] ?? name;
  const ofRole = ["actor", "recipient", "attendee"].includes(name);
  const own = name === "actor_of" ? "actor" : ofRole ? `participant/${name}` : name;
  if (!field) return { name: label, field: own, agreement: null, relation: null, origins: null, status: null, link: null, code: null, setBy: [], settled: null, values: [] };
  return {
    name: label,
    field: own,
    agreement: field.agreement,
    relation: field.relation ?? null,
    origins: field.independent_accounts,
    status: field.status ?? null,
    link: field.link ?? null,
    code: field.code ?? null,
    setBy: field.set_by ?? [],
    settled: (field.set_by ?? []).length > 0 && (field.claims ?? []).length > 0 ? shown(field.value) : null,
    values: values(id, field),
  };
}

/** The claims, those alike taken together; where nothing differs, the one value. */
function values(id: string, field: Shapes["Field"]): Value[] {
  const found: Value[] = [];
  const claims = field.claims ?? [];
  const all = claims.length > 0 ? claims : [{ value: field.value, by: null, citations: field.citations, independent_accounts: field.independent_accounts }];
  for (const claim of all) {
    const words = shown(claim.value);
    const by = claim.by ?? null;
    const same = found.find((value) => value.shown === words && value.by === by);
    if (same) {
      same.citations.push(...claim.citations);
      same.origins = null;
    } else {
      found.push({
        id: `${id}.${found.length}`,
        shown: words,
        by,
        citations: [...claim.citations],
        reports: [],
        origins: claim.independent_accounts,
        entity: field.entity ?? null,
      });
    }
  }
  for (const value of found) value.reports = [...new Set(value.citations.map((citation) => citation.id))];
  return found;
}

/** The marks in one report's main text. */
export function marksIn(rows: readonly Row[], report: string): Mark[] {
  const found: Mark[] = [];
  for (const value of rows.flatMap((row) => row.values)) {
    for (const { id, of, start, end } of value.citations) {
      if (id === report && !of && start != null && end != null) found.push({ start, end, id: value.id });
    }
  }
  return found;
}

/** The marks in its headline. */
export function marksInHeadline(rows: readonly Row[], report: string): Mark[] {
  const found: Mark[] = [];
  for (const value of rows.flatMap((row) => row.values)) {
    for (const { id, of, from, to } of value.citations) {
      if (id === report && of === "headline" && from != null && to != null) found.push({ start: from, end: to, id: value.id });
    }
  }
  return found;
}

/** Does the report's printed day carry the value? */
export function isOnDay(rows: readonly Row[], report: string, active: string | null): boolean {
  const value = rows.flatMap((row) => row.values).find(({ id }) => id === active);
  return value?.citations.some(({ id, of }) => id === report && of === "published") ?? false;
}
