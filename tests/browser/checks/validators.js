// What the Nu validator of the W3C and html-validate say of every page. Equal messages are told once, with their number and the first page.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL("..", import.meta.url));
const vnu = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");

function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: here, stdio: ["ignore", "pipe", "pipe"] });
    let [out, err] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text) => (out += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (err += text));
    child.once("error", (error) => reject(new Error(`${command} does not run (${error.message}); the Nu validator needs a Java runtime, \`default-jre-headless\``)));
    child.once("close", (status) => {
      try {
        resolve(JSON.parse(out));
      } catch {
        reject(new Error(`${command} ended with ${status} and said:\n${err.slice(0, 2000) || out.slice(0, 2000)}`));
      }
    });
  });
}

function grouped(messages) {
  const groups = Map.groupBy(messages, ({ what }) => what);
  return [...groups].toSorted((a, b) => b[1].length - a[1].length).map(([what, [{ where }, ...more]]) =>
    `${what} (${where}${more.length ? ` and ${more.length} more` : ""})`);
}

/** Errors and warnings of the Nu validator for the pages below `root`. */
export async function nu(root) {
  const { messages } = await run("java", ["-jar", vnu, "--skip-non-html", "--format", "json", "--stdout", root]);
  // Read from disk, a page has no origin, so to this validator nothing is 'self'. What the policy stops, a browser says: `quiet`.
  return grouped(messages.filter(({ message }) => !message.startsWith("Resource violates Content Security Policy"))
    .map(({ type, subType, message, url, lastLine }) => ({
      what: `${subType ?? type}: ${message}`, where: `${path.relative(root, fileURLToPath(url))}:${lastLine}`,
    })));
}

/** What html-validate finds with its preset `standard`, on the pages below `root`. */
export async function htmlValidate(root) {
  const program = path.join(here, "node_modules/html-validate/bin/html-validate.mjs");
  const config = path.join(here, "html-validate.json");
  const files = await run(process.execPath, [program, "--config", config, "--formatter", "json", root]);
  return grouped(files.flatMap(({ filePath, messages }) => messages.map(({ ruleId, message, line }) => ({
    what: `${ruleId}: ${message}`, where: `${path.relative(root, filePath)}:${line}`,
  }))));
}
