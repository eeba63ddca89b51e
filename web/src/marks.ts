// Texts are cut at code points, as the record counts them, and not at JavaScript's UTF-16 units.

/** A stretch that stands for something; `id` says for what. */
export interface Mark {
  start: number;
  end: number;
  id: string;
}

/** A piece of a text, and all that it stands for. */
export interface Piece {
  text: string;
  start: number;
  ids: string[];
}

/** The text from `offset` on, cut wherever a mark begins or ends. Marks may overlap. */
export function pieces(text: string, offset: number, marks: readonly Mark[]): Piece[] {
  const letters = Array.from(text);
  const end = offset + letters.length;
  const inside = marks.filter((mark) => mark.start < end && mark.end > offset && mark.end > mark.start);
  const edges = new Set([offset, end]);
  for (const mark of inside) {
    edges.add(Math.max(mark.start, offset));
    edges.add(Math.min(mark.end, end));
  }
  const cuts = [...edges].sort((a, b) => a - b);
  inside.sort((a, b) => a.start - b.start);
  const found: Piece[] = [];
  for (let n = 0; n + 1 < cuts.length; n++) {
    const [from, upTo] = [cuts[n]!, cuts[n + 1]!];
    const ids = inside.filter((mark) => mark.start <= from && mark.end >= upTo).map((mark) => mark.id);
    found.push({ text: letters.slice(from - offset, upTo - offset).join(""), start: from, ids });
  }
  return found;
}

/** Paragraphs of a text, each with where it begins. */
export function paragraphs(text: string): { text: string; start: number }[] {
  const found: { text: string; start: number }[] = [];
  let start = 0;
  for (const line of text.split("\n")) {
    if (line.trim() !== "") found.push({ text: line, start });
    start += Array.from(line).length + 1;
  }
  return found;
}
