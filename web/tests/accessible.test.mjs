// Every view, in light and dark, on a phone and printed: axe finds nothing serious, nothing is cut off.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { data, open, page as opened, picture, ready, root, serve } from "./served.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let served, browser, views;
before(async () => {
  served = await serve([join(root, "examples/reports")]);
  browser = await open();
  const { events } = await data(served.address, "/timeline?disputed=true&type=ASSAULT");
  const event = `/events/${encodeURIComponent(events[0].event)}`;
  views = {
    timeline: "/",
    event,
    "event-pinned": `${event}?mark=killed.0`,
    article: "/articles/sarenherald-dobrinsk-toll.html?layers=events,names,times,places,statements,reuse&view=capture",
    statements: "/statements",
    actors: "/actors",
    actor: "/actors/anton%20veresh",
    reuse: "/reuse?pairs=1&one=Meridian%20Wire&other=Eastern%20Observer",
    cluster: "/clusters/0",
    corrections: "/corrections",
    search: "/search?q=bridge",
    nothing: "/events/nothing",
  };
});
after(async () => {
  await browser?.close();
  served?.stop();
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe, ${colorScheme}`, async () => {
    const { page } = await opened(browser, served.address, { colorScheme });
    const all = [];
    for (const [name, path] of Object.entries(views)) {
      await page.goto(served.address + path);
      await ready(page);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
      const told = violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, nodes }) => `${name}: ${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(" | ")}`);
      all.push(...told);
      if (colorScheme === "dark" && (name === "event-pinned" || name === "timeline")) await picture(page, `${name}-dark`);
    }
    assert.deepEqual(all, []);
  });
}

test("360 pixels wide, nothing runs out of the page", async () => {
  const { page } = await opened(browser, served.address, { viewport: { width: 360, height: 740 } });
  for (const [name, path] of Object.entries(views)) {
    await page.goto(served.address + path);
    await ready(page);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 360, `${name} is ${width} wide`);
    if (["timeline", "event", "article"].includes(name)) await picture(page, `${name}-360`);
  }
});

test("every view is reached and left by keyboard", async () => {
  const { page } = await opened(browser, served.address);
  for (const [name, view] of Object.entries(views)) {
    await page.goto(served.address + view);
    await ready(page);
    const seen = new Set();
    let left = false;
    for (let n = 0; n < 2000 && !left; n++) {
      await page.keyboard.press("Tab");
      const what = await page.evaluate(() => (document.activeElement === document.body ? "" : document.activeElement.tagName));
      left = what === "" && n > 0;
      seen.add(what);
    }
    assert.ok(left, `${name} is left by keyboard`);
    assert.ok(seen.has("A") && seen.has("INPUT"), `${name} is reached by keyboard: ${[...seen]}`);
  }
  await page.goto(served.address + views.event);
  await ready(page);
  await page.keyboard.press("]");
  await page.waitForFunction((before) => location.pathname !== before, views.event);
});
