// The tour of a new reader: find a disputed figure, see who stands for which, open the words.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { open, page as opened, picture, ready, root, serve } from "./served.mjs";

let served, browser;
before(async () => {
  served = await serve([join(root, "examples/reports")]);
  browser = await open();
});
after(async () => {
  await browser?.close();
  served?.stop();
});

test("from a disputed figure to its words", async () => {
  const { page, faults } = await opened(browser, served.address);
  await page.goto(served.address);
  await ready(page);
  await picture(page, "timeline");
  // The timeline says what is disputed; a switch leaves only that, and the address says so.
  await page.getByLabel("disputed", { exact: true }).check();
  await page.waitForURL("**/?disputed=true");
  await page.locator(".event", { hasText: "killed" }).getByRole("link").first().click();
  await ready(page);
  await picture(page, "event");
  const killed = page.locator("table.fields tr", { has: page.locator("th", { hasText: /^killed$/ }) });
  assert.match(await killed.innerText(), /▲\s*disputed/);
  const values = killed.locator("button.value");
  assert.ok((await values.count()) > 1, "several figures");
  // Pressed by keyboard, a figure marks its words and stays.
  await values.first().focus();
  await page.keyboard.press("Enter");
  assert.match(page.url(), /mark=killed\.0/);
  const marked = page.locator(".account mark.active");
  assert.ok((await marked.count()) > 0, "its words are marked");
  await picture(page, "event-figure");
  // Back and reload lead to the same place.
  await page.reload();
  await ready(page);
  assert.equal(await values.first().getAttribute("aria-pressed"), "true");
  // Those who stand for it open the report at the words.
  await killed.locator("a.monogram").first().click();
  await ready(page);
  assert.match(page.url(), /\/articles\/.*at=/);
  assert.ok(await page.locator(".prose mark.active").first().isVisible(), "the words are in view");
  await picture(page, "article");
  await page.goBack();
  await ready(page);
  assert.match(page.url(), /mark=killed\.0/);
  assert.deepEqual(faults, []);
});

test("the page as captured has the same words", async () => {
  const { page, faults } = await opened(browser, served.address);
  await page.goto(`${served.address}/articles/sarenherald-dobrinsk-toll.html?view=capture&layers=times`);
  await ready(page);
  const inText = await page.locator(".prose mark").allInnerTexts();
  await page.waitForSelector(".capture");
  const inCapture = await page.locator(".capture mark").allInnerTexts();
  assert.ok(inText.length > 0);
  assert.deepEqual(inCapture.join(" "), inText.join(" "));
  assert.match(await page.locator(".capture .outside").first().innerText(), /<!doctype|<html/i);
  await picture(page, "article-capture");
  await page.getByText(/candidates?$/).click();
  assert.ok((await page.locator(".candidates tbody tr").count()) > 1);
  assert.deepEqual(faults, []);
});

test("searching while typing, by keyboard alone", async () => {
  const { page, faults } = await opened(browser, served.address);
  await page.goto(served.address);
  await ready(page);
  await page.keyboard.press("/");
  await page.keyboard.type("telepho");
  await page.waitForURL("**/search?q=telepho");
  await page.waitForSelector(".snippet mark");
  assert.match((await page.locator(".snippet mark").first().innerText()).toLowerCase(), /^telepho/);
  await picture(page, "search");
  await page.keyboard.type("xyz");
  await page.waitForSelector("text=Nothing is found");
  assert.deepEqual(faults, []);
});

test("a stretch of time is chosen by drawing and by typing", async () => {
  const { page, faults } = await opened(browser, served.address);
  await page.goto(served.address);
  await ready(page);
  const all = await page.locator(".event").count();
  const box = await page.locator(".density svg").first().boundingBox();
  await page.mouse.move(box.x + 2, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.3, box.y + 20, { steps: 4 });
  await page.mouse.up();
  await page.waitForURL(/from=.*to=/);
  await ready(page);
  const some = await page.locator(".event").count();
  assert.ok(some > 0 && some < all, `${some} of ${all}`);
  await page.goBack();
  await page.getByLabel("from").fill("2019-03-14");
  await page.getByLabel("from").press("Enter");
  await page.waitForURL("**/?from=2019-03-14");
  await ready(page);
  assert.ok((await page.locator(".event").count()) < all);
  assert.deepEqual(faults, []);
});

test("the other views", async () => {
  const { page, faults } = await opened(browser, served.address);
  for (const [path, name, part] of [
    ["/statements", "statements", ".statements li"],
    ["/actors", "actors", ".list tbody tr"],
    ["/actors/anton%20veresh", "actor", ".events .event"],
    ["/reuse", "reuse", ".matrix a"],
    ["/clusters/0", "cluster", ".variants"],
  ]) {
    await page.goto(served.address + path);
    await ready(page);
    await page.waitForSelector(part);
    await picture(page, name);
  }
  await page.goto(`${served.address}/reuse`);
  await page.locator(".matrix a").first().click();
  await page.locator(".pairs a").first().click();
  await page.waitForSelector(".variants ins, .variants del");
  await picture(page, "compare");
  await page.goto(`${served.address}/nowhere`);
  await page.waitForSelector("text=There is nothing here");
  await page.goto(`${served.address}/events/nothing`);
  await page.waitForSelector("text=no event is named");
  assert.deepEqual(faults, []);
});
