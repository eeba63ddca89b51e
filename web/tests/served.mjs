// A record built and served for a test, and a browser in front of it that notices what should not happen.
import { spawn, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
export const root = join(here, "..", "..");
const artifacts = process.env.DATELINE_SCREENSHOTS ?? join(here, "..", "artifacts");

/** The program: named in the environment, or the newest built one. */
function program() {
  const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
  const built = [process.env.DATELINE, join(target, "release/dateline"), join(target, "debug/dateline")];
  const found = built.find((path) => path && existsSync(path));
  if (!found) throw new Error("build the program first: cargo build --release");
  return found;
}

/** Builds a record of `inputs` and serves it until `stop`; `build` adds more inputs to it. */
export async function serve(inputs, flags = []) {
  const folder = mkdtempSync(join(tmpdir(), "dateline-page-"));
  const record = join(folder, "reports.dateline");
  const build = (more) => execFileSync(program(), ["build", "--quiet", ...more, "-o", record], { stdio: ["ignore", "ignore", "ignore"] });
  build(inputs);
  const server = spawn(program(), ["serve", record, "--port", "0", "--quiet", ...flags], { stdio: ["ignore", "pipe", "inherit"] });
  const address = await new Promise((resolve, reject) => {
    server.stdout.once("data", (line) => resolve(String(line).trim().replace(/\/$/, "")));
    server.once("exit", (code) => reject(new Error(`dateline serve ended with ${code}`)));
  });
  const stop = () => {
    server.removeAllListeners("exit");
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  return { address, record, build, stop };
}

/** Writes lines of JSON into a file of its own. */
export function pile(lines) {
  const file = join(mkdtempSync(join(tmpdir(), "dateline-pile-")), "pile.jsonl");
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join("\n"));
  return file;
}

export const open = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

/** A page that keeps what went wrong in `faults`: errors, dialogues, requests elsewhere. */
export async function page(browser, address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("console", (message) => {
    // An answer that says "no" is told by the browser as well; the tests look at it themselves.
    if (message.type() === "error" && !/status of (400|403|404|409)/.test(message.text())) faults.push(`console: ${message.text()}`);
  });
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(`${address}/`) && !request.url().startsWith("data:")) faults.push(`request: ${request.url()}`);
  });
  return { page, faults };
}

/** Waits until the view stands. */
export async function ready(page) {
  await page.waitForLoadState("networkidle");
  await page.waitForSelector("main h1", { state: "attached" });
}

export async function picture(page, name) {
  mkdirSync(artifacts, { recursive: true });
  await page.screenshot({ path: join(artifacts, `${name}.png`), fullPage: true });
}

/** Data behind a view. */
export async function data(address, path) {
  const answer = await fetch(`${address}/api${path}`);
  return answer.json();
}
