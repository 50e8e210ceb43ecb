// The engine of the site's search in Node: it reads the scripts of a built site as a browser would, and counts them.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { gzipSync } from "node:zlib";

const client = fileURLToPath(new URL("../../../themes/default/static/search.js", import.meta.url));

/** The client without a page: `tokens`, `near`, `engine`. */
export function scripts(file = client) {
  const context = vm.createContext({});
  vm.runInContext(readFileSync(file, "utf8"), context, { filename: "search.js" });
  return context;
}

/** Bytes of a file as it is and as it travels. */
const weigh = (bytes) => ({ raw: bytes.length, gzip: gzipSync(bytes).length });

/**
 * Opens the search of a built site. `query` gives at most ten results and what it took to get them: files, and bytes
 * as they are and compressed. With `fresh` each query starts with nothing loaded, the client itself included.
 */
export function open(site, { fresh = true } = {}) {
  const folder = path.join(site, "static");
  const built = path.join(folder, readdirSync(folder).find((name) => /^search\.[0-9a-f]+\.js$/.test(name)));
  const context = scripts(built);
  let took, engine;
  const load = async (name) => {
    const bytes = readFileSync(path.join(site, "search", `${name}.js`));
    const { raw, gzip } = weigh(bytes);
    took.files += 1;
    took.raw += raw;
    took.gzip += gzip;
    took.by[name[0]] = (took.by[name[0]] ?? 0) + gzip;
    let data;
    context.afterword.search = (key, value) => {
      if (key !== name) throw new Error(`${name}.js registers ${key}`);
      data = value;
    };
    vm.runInContext(bytes.toString("utf8"), context, { filename: `${name}.js` });
    return data;
  };
  const shipped = weigh(readFileSync(built));
  return {
    built,
    async query(text, options = {}) {
      took = { files: 1, raw: shipped.raw, gzip: shipped.gzip, by: { client: shipped.gzip } };
      if (fresh || !engine) engine = context.afterword.engine(load);
      const result = await engine.query(text, options);
      const shown = await Promise.all(result.found.slice(0, 10).map(async ([report, score]) => {
        const { id, title, url, sections } = await engine.show(report, result.clauses, 3);
        return { id, title, url, score, sections };
      }));
      return Object.assign(shown, { bytes: took, total: result.found.length, missing: result.missing, all: result.all });
    },
    engine: () => (took = took ?? { files: 0, raw: 0, gzip: 0, by: {} }, engine = engine ?? context.afterword.engine(load)),
  };
}

let opened;
/** `query(text)` over the site in AFTERWORD_SITE, or `public`. */
export async function query(text) {
  opened = opened ?? open(process.env.AFTERWORD_SITE ?? "public");
  return opened.query(text);
}
