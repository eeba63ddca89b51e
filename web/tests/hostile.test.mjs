// Reports whose every field is written to do harm: nothing runs, nothing is fetched, and all of it can be read.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { data, open, page as opened, picture, pile, ready, serve } from "./served.mjs";

const HARM = [
  "<script>window.hit=1</script>",
  "<img src=x onerror=window.hit=1>",
  "\"><svg onload=window.hit=1>",
  "{@html '<b>hit</b>'} {{7*7}} ${7*7}",
  "</textarea></title><iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
  "javascript:window.hit=1",
  "\u202Eevil\u2066 مرحبا שלום x\u0000y\uFFFD",
];
const text = (harm, day) =>
  `President Anton Veresh ${harm} telephoned President Ilona Maret on ${day} and spoke of the Saren Bridge, the press service said.\n\n` +
  `At least ${harm.length} people were killed on ${day} when gunmen attacked the checkpoint at Dobrinsk, police said. "We ${harm} saw nothing," Ilona Maret said.\n\n${harm}`;
const lines = HARM.flatMap((harm, n) => [
  { id: `${harm}/${n}`, text: text(harm, "Monday"), headline: `Veresh ${harm} phones Maret`, publisher: `${harm} Post`, published: "2019-03-05", url: n % 2 ? harm : `https://x.example/${encodeURIComponent(harm)}` },
  { id: `copy ${n} ${harm}`, text: text(harm, "Monday"), headline: harm, publisher: harm, published: "2019-03-06", url: "javascript:window.hit=1" },
]);
lines.push({ id: "page", html: `<html><head><title>${HARM[1]}</title><meta name="author" content="${HARM[2]}"></head><body><h1>Veresh phones Maret &lt;script&gt;window.hit=1&lt;/script&gt;</h1><p>${text("&lt;img src=x onerror=window.hit=1&gt;", "Monday")}</p></body></html>`, publisher: "Page", published: "2019-03-05" });
lines.push({ id: "rtl", text: "قال الرئيس إن الجسر سيبقى مغلقا.\n\nPresident Anton Veresh telephoned Ilona Maret on Monday.", headline: "الجسر يبقى مغلقا", publisher: "صحيفة الوادي", published: "2019-03-05" });

let served, browser;
before(async () => {
  served = await serve(["--as-is", pile(lines)]);
  browser = await open();
});
after(async () => {
  await browser?.close();
  served?.stop();
});

test("nothing runs in any view", async () => {
  const { page, faults } = await opened(browser, served.address);
  const { events } = await data(served.address, "/timeline?limit=500");
  const { actors } = await data(served.address, "/actors?limit=500");
  const { clusters } = await data(served.address, "/reuse");
  assert.ok(events.length > 0 && actors.length > 0, "the pile has events");
  const name = (value) => encodeURIComponent(value);
  const views = [
    "/",
    "/statements",
    "/actors",
    "/reuse",
    ...HARM.map((harm) => `/search?q=${name(harm)}`),
    ...HARM.map((harm) => `/events/${name(harm)}`),
    ...HARM.map((harm) => `/?type=${name(harm)}&actor=${name(harm)}&place=${name(harm)}`),
    `/reuse?pairs=1&one=${name(HARM[0])}&other=${name(`${HARM[0]} Post`)}`,
    `/compare?a=${name(lines[0].id)}&b=${name(lines[1].id)}`,
    ...events.map(({ event }) => `/events/${name(event)}`),
    ...actors.slice(0, 12).map(({ key }) => `/actors/${name(key)}`),
    ...clusters.slice(0, 5).map(({ cluster }) => `/clusters/${cluster}`),
    ...lines.map(({ id }) => `/articles/${name(id)}?layers=events,names,times,places,statements,reuse&view=capture`),
  ];
  for (const view of views) {
    await page.goto(served.address + view);
    await ready(page);
    const found = await page.evaluate(() => ({
      hit: globalThis.hit,
      made: [...document.querySelectorAll("main :is(script, img, iframe, object, embed, b, textarea, [onerror], [onload])")].map((node) => node.outerHTML.slice(0, 80)),
      links: [...document.querySelectorAll("a[href]")].map((link) => link.protocol).filter((protocol) => !/^https?:$/.test(protocol)),
    }));
    assert.deepEqual(found, { hit: undefined, made: [], links: [] }, view);
  }
  await page.goto(`${served.address}/articles/${name(lines[0].id)}`);
  await ready(page);
  assert.match(await page.locator(".prose").innerText(), /<script>window\.hit=1<\/script>/);
  await picture(page, "hostile-article");
  assert.deepEqual(faults, []);
});

test("text that runs from right to left does", async () => {
  const { page } = await opened(browser, served.address);
  await page.goto(`${served.address}/articles/rtl`);
  await ready(page);
  const direction = await page.locator(".prose p").first().evaluate((node) => getComputedStyle(node).direction);
  assert.equal(direction, "rtl");
  await picture(page, "right-to-left");
});

test("the browser itself may run and fetch nothing else", async () => {
  const { page } = await opened(browser, served.address);
  await page.goto(served.address);
  await ready(page);
  const ran = await page.evaluate(async () => {
    const script = document.createElement("script");
    script.textContent = "globalThis.inline = 1";
    document.body.append(script);
    const away = await fetch("http://example.invalid/").then(() => true, () => false);
    return { inline: globalThis.inline ?? null, away };
  });
  assert.deepEqual(ran, { inline: null, away: false });
});
