// Values and numbers as a reader reads them.

export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
}

/** A value of a field: words, a figure, or an actor. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "object") return String(value);
  const parts = value as Record<string, unknown>;
  if ("counted" in parts) return figure(parts);
  return String(parts["text"] ?? parts["entity"] ?? parts["code"] ?? "");
}

function figure(parts: Record<string, unknown>): string {
  const { min, max, vague, approx, counted } = parts;
  let number = typeof vague === "string" ? vague : "some";
  if (typeof min === "number" && typeof max === "number") number = min === max ? `${min}` : `${min} to ${max}`;
  else if (typeof min === "number") number = `${min} or more`;
  else if (typeof max === "number") number = `up to ${max}`;
  const about = approx === true ? "about " : "";
  return counted === "all" || typeof counted !== "string" ? about + number : `${about}${number} ${counted}`;
}

export function day(published: string | null | undefined): string {
  return published ? published.slice(0, 10) : "undated";
}

/** `A/B` as two days with a dash between. */
export function time(value: string | null | undefined): string {
  return value ? value.replace("/", " – ") : "undated";
}

/** How many reports and origins stand behind something. */
export function standing(accounts: number, independent: number): string {
  if (accounts === 1) return "1 report";
  return `${count(accounts, "report")} · ${count(independent, "origin")}`;
}

/** Up to three letters that stand for an outlet. */
export function monogram(publisher: string | null | undefined): string {
  if (!publisher) return "?";
  const words = publisher.split(/[\s.]+/u).filter((word) => !/^(the|of|and|com|org|net)$/iu.test(word) && word !== "");
  const letters = words.slice(0, 3).map((word) => Array.from(word)[0] ?? "");
  const first = words[0] ?? publisher;
  return (letters.length > 1 ? letters.join("") : Array.from(first).slice(0, 2).join("")).toLocaleUpperCase();
}

/** Only addresses of the web may become links; others are text. */
export function webAddress(uri: string | null | undefined): string | null {
  if (!uri) return null;
  try {
    const { protocol } = new URL(uri);
    return protocol === "https:" || protocol === "http:" ? uri : null;
  } catch {
    return null;
  }
}

/** `CONSULT · phone`, in letters that do not shout. */
export function code(type: string | null | undefined, mode: string | null | undefined): string {
  const parts = [type ? type.toLowerCase() : null, mode];
  return parts.filter((part) => part).join(" · ");
}
