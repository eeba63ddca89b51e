// Where the reader is: the address is the only state, so that back, reload and a link to a colleague
// always lead to the same view.

class Place {
  path = $state(location.pathname);
  query = $state.raw(new URLSearchParams(location.search));

  read(): void {
    this.path = location.pathname;
    this.query = new URLSearchParams(location.search);
  }
}

export const place = new Place();

/** Goes to an address of the page, as a link would. */
export function go(to: string): void {
  history.pushState(null, "", to);
  place.read();
  scrollTo(0, 0);
}

/** The same view with parts of its question changed; null takes one away. */
export function changed(changes: Record<string, string | null>): string {
  const query = new URLSearchParams(place.query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "") query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  return place.path + (text ? `?${text}` : "");
}

/** Changes the question in place: a new step back only where the reader would expect one. */
export function change(changes: Record<string, string | null>, step: "step" | "no step" = "step"): void {
  const to = changed(changes);
  if (step === "step") history.pushState(null, "", to);
  else history.replaceState(null, "", to);
  place.read();
}

addEventListener("popstate", () => place.read());

// Links are real links; a plain click on one of ours stays in the page.
document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
  if (link.pathname.startsWith("/api/") || link.pathname === "/openapi.json") return;
  event.preventDefault();
  go(link.pathname + link.search);
});

export const to = {
  event: (name: string) => `/events/${encodeURIComponent(name)}`,
  article: (id: string, at?: { of?: string | null; start?: number | null; end?: number | null }) =>
    `/articles/${encodeURIComponent(id)}` +
    (at && at.start != null ? `?at=${at.of === "headline" ? "h" : ""}${at.start}-${at.end}` : ""),
  actor: (key: string) => `/actors/${encodeURIComponent(key)}`,
  statements: (speaker: string) => `/statements?speaker=${encodeURIComponent(speaker)}`,
  cluster: (cluster: number) => `/clusters/${cluster}`,
  correction: (id: string) => `/corrections?correction=${encodeURIComponent(id)}`,
  compare: (a: string, b: string) => `/compare?a=${encodeURIComponent(a)}&b=${encodeURIComponent(b)}`,
};
