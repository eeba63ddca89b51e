// Putting right what is wrong: the whole tour of a new reader, and every kind of correction, made and undone.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { data, open, page as opened, picture, pile, ready, root, serve } from "./served.mjs";

let served, closed, browser;
before(async () => {
  served = await serve([join(root, "examples/reports")]);
  closed = await serve([join(root, "examples/reports")], ["--read-only"]);
  browser = await open();
});
after(async () => {
  await browser?.close();
  served?.stop();
  closed?.stop();
});

const killedOf = (page) => page.locator("table.fields tr", { has: page.locator("th", { hasText: /^killed$/ }) });
const dialogue = (page) => page.locator("dialog.correction");

/** Signs, looks at what changes, makes it, and waits until the view is read anew. */
async function made(page, why, shot) {
  const dialog = dialogue(page);
  await dialog.getByLabel("Who corrects?").fill("A. Reader");
  await dialog.getByLabel("Why?").fill(why);
  await dialog.getByLabel("Why?").press("Enter");
  await dialog.getByRole("button", { name: "Make this correction" }).waitFor();
  if (shot) await page.screenshot({ path: join(process.env.DATELINE_SCREENSHOTS ?? "artifacts", `${shot}.png`) }).catch(() => {});
  const told = await dialog.locator(".result").innerText();
  const read = page.waitForResponse((response) => response.request().method() === "GET" && isOwn(page, response));
  await dialog.getByRole("button", { name: "Make this correction" }).press("Enter");
  await dialog.waitFor({ state: "detached" });
  await (await read).finished();
  // What was read is shown with the next frame.
  await page.evaluate(() => new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown))));
  await ready(page);
  return told;
}

/** Is that what the view itself is made of? It has the same address below /api. */
function isOwn(page, response) {
  const path = (address) => decodeURIComponent(new URL(address).pathname);
  return path(response.url()) === `/api${path(page.url())}`;
}

/** Undoes what was made last. */
async function undone(page) {
  await page.locator(".made").getByRole("button", { name: "undo" }).click();
  await made(page, "made for a test");
}

const eventWith = async (part) => {
  const { events } = await data(served.address, part);
  return events[0].event;
};
const log = async () => (await data(served.address, "/corrections")).corrections;

test("the tour: a disputed figure, who stands for which, the words, put right, built again: it stays", async () => {
  const { page, faults } = await opened(browser, served.address);
  await page.goto(served.address);
  await ready(page);
  await picture(page, "tour-1-timeline");
  await page.getByLabel("disputed", { exact: true }).check();
  await page.waitForURL("**/?disputed=true");
  await page.locator(".event", { hasText: "killed" }).getByRole("link").first().click();
  await ready(page);
  const address = page.url();
  const killed = killedOf(page);
  assert.match(await killed.innerText(), /▲\s*disputed/);
  const figures = await killed.locator("button.value").allInnerTexts();
  assert.ok(figures.length > 1, "several figures");
  await killed.locator("button.value").first().focus();
  await page.keyboard.press("Enter");
  assert.ok((await page.locator(".account mark.active").count()) > 0);
  await picture(page, "tour-2-who-stands-for-which");
  await killed.locator("a.monogram").first().click();
  await ready(page);
  assert.ok(await page.locator(".prose mark.active").first().isVisible());
  await picture(page, "tour-3-the-words");
  await page.goBack();
  await ready(page);
  // Put right by keyboard: the field's own button, a value that reports give, its words as evidence.
  await killed.getByRole("button", { name: "correct killed" }).focus();
  await page.keyboard.press("Enter");
  const dialog = dialogue(page);
  await dialog.waitFor();
  await dialog.getByRole("button", { name: figures[0], exact: false }).first().press("Enter");
  assert.ok((await dialog.locator("fieldset q").count()) > 0, "the value brings its words");
  const told = await made(page, "the hospital counted them", "tour-4-what-changes");
  assert.match(told, /killed[\s\S]*set by a person/);
  assert.match(await killed.locator(".settled").innerText(), new RegExp(figures[0].split(" ")[0]));
  assert.match(await page.locator(".made").innerText(), /Made: set killed/);
  await picture(page, "tour-5-put-right");
  // Focus is not lost: it is back at the button.
  assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ""), /correct killed/);
  served.build([join(root, "examples/reports"), pile([{ id: "later", text: "The council of Velinsk met on Tuesday and spoke of the harvest.", publisher: "Later Post", published: "2019-05-02" }])]);
  await page.goto(address);
  await ready(page);
  assert.match(await killed.locator(".settled").innerText(), new RegExp(figures[0].split(" ")[0]));
  assert.match(await killed.innerText(), /set by A\. Reader: the hospital counted them/);
  await picture(page, "tour-6-built-again");
  await page.getByRole("link", { name: "Corrections" }).click();
  await ready(page);
  assert.match(await page.locator(".statements li").first().innerText(), /holds/);
  await picture(page, "tour-7-log");
  await page.locator(".statements li").first().getByRole("button", { name: "undo" }).click();
  await made(page, "only a test");
  const [undo, first] = await log();
  assert.deepEqual([undo.does, first.standing], ["undo", "undone"]);
  assert.deepEqual(faults, []);
});

test("selected words carry a value, with their place in code points", async () => {
  const { page, faults } = await opened(browser, served.address);
  await page.goto(`${served.address}/events/${encodeURIComponent(await eventWith("/timeline?disputed=true&type=ASSAULT"))}`);
  await ready(page);
  const words = await page.locator(".account [data-of=text]").first().evaluate((node) => {
    const last = [...node.querySelectorAll("*"), node].flatMap((one) => [...one.childNodes]).filter((one) => one.nodeType === 3 && one.data.trim().length > 8).at(-1);
    getSelection().setBaseAndExtent(last, last.data.length - 8, last, last.data.length);
    return getSelection().toString().trim();
  });
  await page.locator(".offer").waitFor();
  await picture(page, "selected-words");
  await page.keyboard.press("c");
  const dialog = dialogue(page);
  assert.equal(await dialog.locator("fieldset q").innerText(), words);
  await dialog.getByLabel("Which field?").selectOption("displaced");
  await dialog.getByLabel("It should say").fill("a great many");
  await dialog.getByLabel("Who corrects?").fill("A. Reader");
  await dialog.getByLabel("Why?").fill("it says so");
  await dialog.getByLabel("Why?").press("Enter");
  // What is refused is told in words, with how it is written.
  await dialog.getByRole("alert").waitFor();
  assert.match(await dialog.getByRole("alert").innerText(), /no value of displaced: give a figure/);
  await picture(page, "refused");
  await dialog.getByLabel("It should say").fill("40 or more");
  await made(page, "it says so");
  assert.match(await page.locator("table.fields tr", { hasText: "displaced" }).innerText(), /40 or more[\s\S]*set by A\. Reader/);
  const [entry] = await log();
  const report = await data(served.address, `/articles/${encodeURIComponent(entry.evidence[0].report)}`);
  const { start, end } = entry.evidence[0];
  assert.equal(Array.from(report.findings.text).slice(start, end).join(""), words);
  // Who corrects was asked once.
  await undone(page);
  await page.keyboard.press("c");
  assert.equal(await dialog.getByLabel("Who corrects?").inputValue(), "A. Reader");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  assert.deepEqual(faults, []);
});

test("words typed by hand: of several places one is chosen", async () => {
  const { page, faults } = await opened(browser, served.address);
  await page.goto(`${served.address}/events/${encodeURIComponent(await eventWith("/timeline?disputed=true&type=ASSAULT"))}`);
  await ready(page);
  await page.keyboard.press("c");
  const dialog = dialogue(page);
  await dialog.getByLabel("Which field?").selectOption("place");
  await dialog.getByLabel("It should say").fill("Dobrinsk");
  await dialog.getByLabel("Words, exactly as they stand there").fill("the");
  await dialog.getByLabel("Who corrects?").fill("A. Reader");
  await dialog.getByLabel("Why?").fill("it is there");
  await dialog.getByLabel("Why?").press("Enter");
  await dialog.getByRole("alert").waitFor();
  assert.match(await dialog.getByRole("alert").innerText(), /stands \d+ times/);
  await dialog.locator(".result button.value").nth(1).press("Enter");
  assert.equal(await dialog.locator("fieldset q").innerText(), "the");
  await page.keyboard.press("Escape");
  assert.deepEqual(faults, []);
});

test("events are merged, split and rejected, and each is undone", async () => {
  const { page, faults } = await opened(browser, served.address);
  const name = await eventWith("/timeline?disputed=true&type=ASSAULT");
  const address = `${served.address}/events/${encodeURIComponent(name)}`;
  await page.goto(address);
  await ready(page);
  const accounts = await page.locator(".account").count();
  const dialog = dialogue(page);
  // Split: two reports tell of another event.
  await page.keyboard.press("c");
  await dialog.getByLabel("What is wrong?").selectOption("split");
  await dialog.getByRole("checkbox").nth(0).press("Space");
  await dialog.getByRole("checkbox").nth(1).press("Space");
  assert.match(await made(page, "another checkpoint"), /a new event/);
  assert.equal(await page.locator(".account").count(), accounts - 2);
  await undone(page);
  assert.equal(await page.locator(".account").count(), accounts);
  // Reject: from the account itself.
  await page.locator(".account").first().getByRole("button", { name: /does not belong here/ }).click();
  await made(page, "it is a comment");
  assert.equal(await page.locator(".account").count(), accounts - 1);
  await undone(page);
  // Merge: the other one is looked for while typing.
  const { events } = await data(served.address, "/timeline?type=CONSULT");
  const other = events.find(({ event }) => event !== name);
  await page.keyboard.press("c");
  await dialog.getByLabel("What is wrong?").selectOption("merge");
  await dialog.getByRole("combobox", { name: "Look for the other event" }).pressSequentially(other.title.slice(0, 18));
  await dialog.locator(".chooser [role=option]").first().waitFor();
  await page.keyboard.press("Enter");
  assert.match(await made(page, "one happening", "merge"), /no longer an event/);
  assert.ok((await page.locator(".account").count()) > 0);
  await undone(page);
  await page.goto(address);
  await ready(page);
  assert.equal(await page.locator(".account").count(), accounts);
  assert.deepEqual(faults, []);
});

test("names are joined, and reports are said to depend on each other", async () => {
  const { page, faults } = await opened(browser, served.address);
  await page.goto(`${served.address}/actors/anton%20veresh`);
  await ready(page);
  await page.getByRole("button", { name: "is the same as …" }).click();
  const dialog = dialogue(page);
  await dialog.getByRole("combobox").pressSequentially("halas");
  await dialog.locator(".chooser [role=option]").first().waitFor();
  await page.keyboard.press("Enter");
  assert.match(await made(page, "a nickname"), /told differently/);
  assert.match(await page.locator(".made").innerText(), /are one/);
  await undone(page);
  await page.goto(`${served.address}/reuse`);
  await ready(page);
  await page.locator(".matrix a").first().click();
  await page.locator(".pairs").first().getByRole("button", { name: /one origin/ }).first().click();
  await made(page, "both print the agency");
  assert.match(await page.locator(".made").innerText(), /go back to one origin/);
  await undone(page);
  assert.deepEqual(faults, []);
});

test("a record that is served for reading alone is not written", async () => {
  const { page, faults } = await opened(browser, closed.address);
  const { events } = await data(closed.address, "/timeline?disputed=true");
  await page.goto(`${closed.address}/events/${encodeURIComponent(events[0].event)}`);
  await ready(page);
  assert.equal(await page.getByRole("button", { name: /correct/ }).count(), 0);
  await page.keyboard.press("c");
  assert.equal(await dialogue(page).count(), 0);
  const status = await page.evaluate(async (event) => {
    const request = { does: "unset", event, field: "killed", value: null };
    const body = JSON.stringify({ request, signature: { who: "a", when: "2019-04-01", why: "b" } });
    const headers = { "content-type": "application/json", "x-dateline": "correct" };
    return (await fetch("/api/corrections", { method: "POST", headers, body })).status;
  }, events[0].event);
  assert.equal(status, 403);
  assert.deepEqual(faults, []);
});
