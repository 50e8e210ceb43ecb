// A static host as people use them: gzip, validators, long caching of hashed names, and the headers that the site asks for in `_headers`.
// `node host.js DIR` serves DIR at a free port of 127.0.0.1 and says the address.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { gzipSync } from "node:zlib";

const types = {
  ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
  ".json": "application/json", ".xml": "application/xml", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg",
  ".webp": "image/webp", ".txt": "text/plain; charset=utf-8", ".csv": "text/csv; charset=utf-8", ".ics": "text/calendar; charset=utf-8",
  ".woff2": "font/woff2", ".webmanifest": "application/manifest+json",
};
const packed = /^(text\/|application\/(json|xml|manifest)|image\/svg)/;

/** The blocks of a `_headers` file: a pattern of paths, then its headers, indented. */
export function headersFile(text) {
  const blocks = [];
  for (const line of text.split("\n")) {
    if (!line.trim() || line.trim().startsWith("#")) continue;
    if (/^\s/.test(line)) blocks.at(-1)?.headers.push(line.trim().split(/:\s*(.*)/s).slice(0, 2));
    else blocks.push({ pattern: new RegExp(`^${line.trim().split("*").map(RegExp.escape ?? quoted).join(".*")}$`), headers: [] });
  }
  return blocks;
}

const quoted = (text) => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");

export function host(root) {
  const rules = existsSync(path.join(root, "_headers")) ? headersFile(readFileSync(path.join(root, "_headers"), "utf8")) : [];
  const cache = new Map();
  const read = (file) => {
    if (!cache.has(file)) {
      const plain = readFileSync(file);
      const type = types[path.extname(file)] ?? "application/octet-stream";
      const tag = `"${createHash("sha256").update(plain).digest("hex").slice(0, 16)}"`;
      cache.set(file, { plain, type, tag, gzip: packed.test(type) ? gzipSync(plain) : undefined });
    }
    return cache.get(file);
  };
  return createServer((request, response) => {
    const address = decodeURIComponent(new URL(request.url, "http://host").pathname);
    let file = path.join(root, path.normalize(address));
    if (existsSync(file) && statSync(file).isDirectory()) file = path.join(file, "index.html");
    const found = existsSync(file);
    const { plain, type, tag, gzip } = read(found ? file : path.join(root, "404.html"));
    const fixed = /\.[0-9a-f]{8,}\.\w+$/.test(file);
    response.statusCode = found ? 200 : 404;
    response.setHeader("Content-Type", type);
    response.setHeader("ETag", tag);
    response.setHeader("Vary", "Accept-Encoding");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Cache-Control", fixed ? "public, max-age=31536000, immutable" : "public, max-age=0, must-revalidate");
    for (const { pattern, headers } of rules) {
      if (pattern.test(address)) for (const [name, value] of headers) response.setHeader(name, value);
    }
    if (found && request.headers["if-none-match"] === tag) return response.writeHead(304).end();
    const zipped = gzip && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
    if (zipped) response.setHeader("Content-Encoding", "gzip");
    const body = zipped ? gzip : plain;
    response.setHeader("Content-Length", body.length);
    response.end(request.method === "HEAD" ? undefined : body);
  });
}

if (import.meta.filename === process.argv[1]) {
  const server = host(path.resolve(process.argv[2]));
  server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/`));
}
