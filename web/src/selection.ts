// Words that a reader selects in a report, with their place in it. Whatever shows a report's own words says so:
// data-report, data-of and data-start stand on the element that holds them and nothing else.
import type { Words } from "./correcting.svelte";

/** The words selected now, and where on the screen they end. */
export function selectedWords(): { words: Words; box: DOMRect } | null {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const holder = holderOf(range.startContainer) ?? within(range);
  const { report, of, start } = holder?.dataset ?? {};
  if (!holder || report === undefined || start === undefined) return null;
  // What goes on in another paragraph or report is left out.
  const own = document.createRange();
  own.selectNodeContents(holder);
  if (holder.contains(range.startContainer)) own.setStart(range.startContainer, range.startOffset);
  if (holder.contains(range.endContainer)) own.setEnd(range.endContainer, range.endOffset);
  const selected = own.toString();
  const quote = selected.trim();
  if (quote === "") return null;
  const before = document.createRange();
  before.selectNodeContents(holder);
  before.setEnd(own.startContainer, own.startOffset);
  const spaces = selected.slice(0, selected.length - selected.trimStart().length);
  const at = Number(start) + Array.from(before.toString()).length + Array.from(spaces).length;
  return { words: { report, quote, at, of: of === "headline" ? "headline" : "text" }, box: own.getBoundingClientRect() };
}

function holderOf(node: Node): HTMLElement | null {
  const element = node instanceof Element ? node : node.parentElement;
  return element?.closest<HTMLElement>("[data-report][data-start]") ?? null;
}

/** A double click in front of a paragraph begins outside of it. */
function within(range: Range): HTMLElement | null {
  return holderOf(range.endContainer);
}
