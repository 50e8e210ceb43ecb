// What every check needs: where the site is, one browser without a network, its servers, and the pages that are looked at.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { watchShifts } from "./checks/shift.js";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const target = path.resolve(repository, process.env.CARGO_TARGET_DIR ?? "target");

/** The folder of a built site, the program, and the repository that the program serves. */
export const site = path.resolve(process.env.AFTERWORD_SITE ?? path.join(repository, "public"));
export const bin = path.resolve(process.env.AFTERWORD_BIN ?? path.join(target, "release/afterword"));
export const root = path.resolve(process.env.AFTERWORD_ROOT ?? repository);

const browsers = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The kinds that Lighthouse measures. */
export const measured = ["home", "list", "incident", "brief", "pattern", "service", "actions", "digest of a quarter", "metrics", "search"];

/** Which files are of a kind. */
const kinds = {
  home: /^index\.html$/,
  list: /^incidents\/index\.html$/,
  incident: /^incidents\/[^/]+\/index\.html$/,
  brief: /^incidents\/[^/]+\/brief\/index\.html$/,
  services: /^services\/index\.html$/,
  service: /^services\/[^/]+\/index\.html$/,
  teams: /^teams\/index\.html$/,
  team: /^teams\/[^/]+\/index\.html$/,
  patterns: /^patterns\/index\.html$/,
  pattern: /^patterns\/[^/]+\/index\.html$/,
  actions: /^actions\/index\.html$/,
  digests: /^digests\/index\.html$/,
  "digest of a month": /^digests\/\d{4}-\d\d\/index\.html$/,
  "digest of a quarter": /^digests\/\d{4}-Q\d\/index\.html$/,
  "digest of a year": /^digests\/\d{4}\/index\.html$/,
  search: /^search\/index\.html$/,
  metrics: /^metrics\/index\.html$/,
  search: /^search\/index\.html$/,
  rules: /^rules\/index\.html$/,
  rule: /^rules\/[^/]+\/index\.html$/,
  "not found": /^404\.html$/,
};

const files = () => {
  if (!existsSync(path.join(site, "index.html"))) {
    throw new Error(`no built site in ${site}: run \`afterword build\`, or name its folder in AFTERWORD_SITE`);
  }
  return readdirSync(site, { recursive: true }).map((file) => file.split(path.sep).join("/")).sort();
};

/** All pages of a kind, and the kind of a page. */
export const pagesOf = (kind) => files().filter((file) => kinds[kind].test(file));
export const kindOf = (file) => Object.keys(kinds).find((kind) => kinds[kind].test(file)) ?? "other";

/** Every kind of page with the path of one page of it, the one with the most in it, from the root of the site. */
export function pages() {
  const all = files();
  const size = (file) => statSync(path.join(site, file)).size;
  return Object.entries(kinds).map(([kind, pattern]) => {
    const ours = all.filter((file) => pattern.test(file));
    if (!ours.length) throw new Error(`the site in ${site} has no page of the kind "${kind}" (${pattern})`);
    return { kind, file: ours.reduce((a, b) => (size(b) > size(a) ? b : a)) };
  });
}

/** The address of a file of the site on disk. */
export const onDisk = (file) => pathToFileURL(path.join(site, file)).href;

export function browserPath() {
  const found = browsers.find((browser) => browser && existsSync(browser));
  if (!found) throw new Error("no Chromium: install the package `chromium`, or name the program in CHROMIUM");
  return found;
}

/** How the browser is started: names do not resolve in it, and it asks for nothing of its own. */
export const browserFlags = [
  "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/** Starts the one browser. What it may ask for, `open` decides. */
export const launch = () => chromium.launch({ executablePath: browserPath(), args: browserFlags });

/**
 * Opens an address in a context of its own. Only addresses below the site (`within`) and of the server are let through; everything else is stopped and noted, as are console messages, dialogs, other windows, what the content policy stops and calls of `alert` and its like: `page.noise` lists them.
 */
export async function open(browser, url, { within = pathToFileURL(site + path.sep).href, server, ...options } = {}) {
  // Without motion: a page that nobody sees draws no frames, and a transition to it would wait for them.
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options });
  context.setDefaultNavigationTimeout(60_000);
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  page.noise = [];
  const ours = (asked) => asked.startsWith(within) || (server && asked.startsWith(server)) || asked.startsWith("data:");
  await page.exposeFunction("policyStopped", (what) => page.noise.push(`policy: ${what}`));
  await page.addInitScript(() => addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile, lineNumber, sample }) =>
    window.policyStopped(`${effectiveDirective} stops ${blockedURI} ${sample} (${sourceFile}:${lineNumber})`), true));
  await page.addInitScript(() => {
    for (const name of ["alert", "confirm", "prompt", "print", "__pwned"]) window[name] = (...said) => void window.policyStopped(`nothing: ${name}(${said}) was called`);
  });
  await page.addInitScript(watchShifts);
  await context.route("**/*", (route) => {
    const asked = route.request().url();
    if (ours(asked)) return route.continue();
    page.noise.push(`asks for ${asked}, which is not of the site`);
    return route.abort();
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) page.noise.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on("dialog", (dialog) => {
    page.noise.push(`a dialog: ${dialog.type()} ${dialog.message()}`);
    return dialog.dismiss();
  });
  page.on("popup", (popup) => page.noise.push(`another window: ${popup.url()}`));
  page.on("pageerror", (error) => page.noise.push(`script error: ${error.message}`));
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText;
    if (why !== "net::ERR_ABORTED") page.noise.push(`did not load: ${request.url()} (${why})`); // aborted: one went on to another page
  });
  page.on("response", (response) => {
    const expected = response.request().isNavigationRequest();
    if (!expected && response.status() >= 400) page.noise.push(`status ${response.status()}: ${response.url()}`);
  });
  page.response = await page.goto(url);
  return page;
}

/** Runs `afterword serve` at a free port. Rejects with what the program said when it shows no site, unless that is what is wanted. */
export async function serve(folder = root, { sound = true } = {}) {
  if (!existsSync(bin)) throw new Error(`no program at ${bin}: run \`cargo build --release\`, or name it in AFTERWORD_BIN`);
  return listen(bin, ["serve", "--port", "0", "--root", folder], sound && "there is no site to show yet");
}

/** Runs the static host (host.js) with a folder, the site if none is named. */
export const host = (folder = site) => listen(process.execPath, [fileURLToPath(new URL("host.js", import.meta.url)), folder]);

async function listen(program, args, wrong) {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  const stop = () => child.kill();
  process.once("exit", stop);
  let said = "";
  const url = await new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`\`${[program, ...args].join(" ")}\` ${why}:\n${said}`));
    const late = setTimeout(() => fail("said no address within 30 s"), 30_000);
    const hear = (text) => {
      said += text;
      const address = said.match(/http:\/\/127\.0\.0\.1:\d+\//)?.[0];
      if (!address) return;
      clearTimeout(late);
      if (wrong && said.includes(wrong)) fail("shows no site because of errors in the reports");
      else resolve(address);
    };
    child.stdout.setEncoding("utf8").on("data", hear);
    child.stderr.setEncoding("utf8").on("data", hear);
    child.once("error", (error) => fail(error.message));
    child.once("exit", (code) => fail(`ended with ${code}`));
  });
  return { url, stop };
}

/** Builds the site of the repository into a folder, with an environment of its own, and gives the folder. */
export function build(folder, environment = {}, ...args) {
  execFileSync(bin, ["build", "--root", root, "--out", folder, ...args], { env: { ...process.env, ...environment }, stdio: "pipe" });
  return folder;
}
