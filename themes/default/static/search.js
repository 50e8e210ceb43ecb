// The search. First the engine: it knows no page and reads the scripts of search/ through a loader that it is given.
// Then the dialog and the page of results around it.
(() => {
  "use strict";
  const afterword = (globalThis.afterword ??= {});

  // Words, as src/search/fold.rs and token.rs find them; tests/search/tokens.json is read by both.
  const W = "\\p{Alphabetic}\\p{N}\\p{M}";
  const RUN = new RegExp(`[${W}]+(?:(?:://|::|[-_.:/@'’‐‑]|,(?=\\d{3}(?!\\d)))[${W}]+)*`, "gu");
  const OUTSIDE = new RegExp(`[^${W}_.:/@-]+`, "u");
  const POSSESSIVE = new RegExp(`'s(?![${W}])`, "giu");
  const EDGES = /^[-_.:/@]+|[-_.:/@]+$/g;
  const CJK = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{3ffff}]+/gu;
  const CAMEL = /\p{Lowercase}(?=\p{Uppercase})|\p{Uppercase}(?=\p{Uppercase}\p{Lowercase}{2})/gu;
  const ACCENT = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/g;
  const LETTERS = {};
  "ß:ss ẞ:ss æ:ae Æ:ae œ:oe Œ:oe þ:th Þ:th ø:o Ø:o đ:d Đ:d ð:d Ð:d ł:l Ł:l ı:i ’:' ‐:-".split(" ").forEach((pair) => {
    LETTERS[pair[0]] = pair.slice(2);
  });

  const fold = (text) => (/^[\0-\x7f]*$/.test(text) ? text
    : text.normalize("NFKD").replace(ACCENT, "").normalize("NFC").replace(/[^\0-\x7f]/g, (c) => LETTERS[c] || c));
  const size = (text) => [...text].length;

  function compound(text, found) {
    if (CJK.test(text)) {
      CJK.lastIndex = 0;
      let at = 0;
      const other = (part) => part.replace(EDGES, "") && compound(part.replace(EDGES, ""), found);
      text.replace(CJK, (part, from) => {
        other(text.slice(at, from));
        at = from + part.length;
        const chars = [...part];
        if (chars.length === 1) found.push({ w: part, p: [] });
        for (let i = 1; i < chars.length; i++) found.push({ w: chars[i - 1] + chars[i], p: [] });
      });
      other(text.slice(at));
      return;
    }
    const token = { w: size(text) > 64 ? "" : text.toLowerCase(), p: [] };
    found.push(token);
    if (/^\d+(:\d+)+$/.test(text)) return;
    text.split(/[-_.:/@]/).forEach((atom) => {
      atom.replace(CAMEL, "$&\0").split("\0").forEach((part) => {
        const n = size(part);
        if (part !== text && n > 1 && n <= 64) token.p.push(part.toLowerCase());
      });
    });
    if (token.w && /^\p{Alphabetic}+-\p{Alphabetic}+$/u.test(text)) token.j = token.w.replace("-", "");
  }

  /** The words of a text: `w` whole, `p` parts, `j` two parts together; where the run stands, `at` to `end`. */
  function tokens(text) {
    const found = [];
    for (const match of text.matchAll(RUN)) {
      const from = found.length;
      const plain = fold(match[0]).replace(POSSESSIVE, "").replace(/'/g, "")
        .replace(/(\d),(?=\d{3}(?!\d))/g, "$1").replace(/,/g, " ");
      plain.split(OUTSIDE).forEach((part) => {
        part = part.replace(EDGES, "");
        if (part) compound(part, found);
      });
      for (let i = from; i < found.length; i++) {
        found[i].at = match.index;
        found[i].end = match.index + match[0].length;
      }
    }
    return found;
  }

  // Numbers and postings, as src/search/code.rs and postings.rs write them.
  const LAST = "abcdefghijklmnopqrstuvwxyz0123456789QRSTUVWXYZ!#$%&'()*+,-";
  const MORE = "./:;=>?@[]^_`{|}";

  /** Numbers of a text; a level stands below 0. */
  function decode(text) {
    const found = [];
    let value = 0;
    for (let i = 0; i < text.length; i++) {
      const c = text[i], more = MORE.indexOf(c);
      if (c >= "A" && c <= "P") found.push(64 - text.charCodeAt(i));
      else if (more >= 0) value = value * 16 + more;
      else {
        found.push(value * 58 + LAST.indexOf(c));
        value = 0;
      }
    }
    return found;
  }

  /** Reports of a value of a facet, or of all levels of a word with their levels. */
  function reports(text, each) {
    let next = 0, level = 0;
    for (const value of decode(text)) {
      if (value < 0) [level, next] = [-1 - value, 0];
      else {
        each(next + value, level);
        next += value + 1;
      }
    }
  }

  /** Whether two words differ by one letter: one more, one less, another, or two exchanged. */
  function near(a, b) {
    if (a === b || Math.abs(a.length - b.length) > 1) return false;
    let from = 0, end = 0;
    while (from < a.length && a[from] === b[from]) from++;
    while (end < Math.min(a.length, b.length) - from && a.at(-1 - end) === b.at(-1 - end)) end++;
    const x = a.length - from - end, y = b.length - from - end;
    return Math.max(x, y) === 1 || (x + y === 4 && a[from] === b[from + 1] && a[from + 1] === b[from]);
  }

  const OPERATORS = {
    service: "service", sev: "severity", severity: "severity", pattern: "pattern", factor: "pattern", team: "team",
    status: "status", year: "year", before: "before", after: "after",
  };

  /** What was typed: words, phrases, what must not be there, and what reports are narrowed by. */
  function parse(text) {
    const query = { words: [], phrases: [], without: [], filters: [] };
    let plain = false;
    for (const [, minus, name, quoted, bare] of text.matchAll(/(-?)(?:([a-z]+):(?=\S))?(?:"([^"]*)"?|(\S+))/gi)) {
      const operator = OPERATORS[name?.toLowerCase()];
      const value = quoted === undefined ? bare : quoted;
      plain = !operator && !minus && quoted === undefined;
      if (operator) query.filters.push({ facet: operator, value, not: !!minus });
      else {
        const found = tokens((name ? name + ":" : "") + value).filter((token) => token.w || token.p.length);
        if (minus) query.without.push(...found);
        else {
          query.words.push(...found);
          if (quoted !== undefined && found.length > 1) query.phrases.push(found.map((token) => token.w));
        }
      }
    }
    const last = query.words.at(-1);
    if (last && plain && !/\s$/.test(text)) last.open = true;
    return query;
  }

  /** An engine over a loader: `load(name)` gives the data of `search/<name>.js`. */
  function engine(load) {
    const files = new Map(), parsed = new Map(), facets = new Map();
    let index, stop, synonyms, impact;
    // The numbers of src/search/formula.rs; the manifest brings them.
    let LOWEST, STEP, BEGINS, BESIDE, ENDING, SLIP, LONGEST, BEGINNINGS, SLIPS, LEAST, LOOKED, WORDS, SYNONYM;
    const get = (name) => {
      if (!files.has(name)) {
        files.set(name, load(name, index?.v).catch((error) => {
          files.delete(name);
          throw error;
        }));
      }
      return files.get(name);
    };
    const ready = async () => {
      if (!index) {
        index = await get("index");
        stop = new Set(index.stop.split(" "));
        synonyms = index.syn.map((group) => group.split(" "));
        [LOWEST, STEP, BEGINS, BESIDE, ENDING, SLIP, LONGEST, BEGINNINGS, SLIPS, LEAST, LOOKED, WORDS, SYNONYM] = index.k;
        impact = [LOWEST];
        while (impact.length < 16) impact.push(impact.at(-1) * STEP);
      }
      return index;
    };
    /** The shard that a word would stand in. */
    const place = (shards, word) => {
      let low = 0, high = shards.length / 2;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (shards[2 * middle] <= word) low = middle;
        else high = middle;
      }
      return low;
    };

    async function dictionary(at) {
      const name = index.d[2 * at + 1];
      if (!name) return { words: [], groups: [] };
      if (parsed.has(name)) return parsed.get(name);
      const [entries, list, own] = await get("d-" + name);
      const shard = { words: [], of: new Map(), groups: [] };
      let before = "", group, file = 0, slot = 0, owned = 0;
      for (const [, same, rest, tail] of entries.matchAll(/([A-Z])([^A-Z=>|!#-,;]*)([^A-Z]*)/g)) {
        before = before.slice(0, same.charCodeAt(0) - 65) + rest;
        if (tail[0] === ">") group = shard.groups.at(-1 - tail.slice(1));
        else if (tail[0] !== "=") {
          while (file < list.length && slot >= list[file + 1]) [file, slot] = [file + 2, 0];
          const own_file = tail.includes("|");
          group = { words: [], size: "!#$%&'()*+,;".indexOf(tail[0] || " ") + 1, slot,
            file: own_file ? own[owned++] : list[file], own: own_file };
          slot++;
          shard.groups.push(group);
        }
        group.words.push(before);
        shard.words.push(before);
        shard.of.set(before, group);
      }
      parsed.set(name, shard);
      return shard;
    }
    const lookup = async (word) => (word ? (await dictionary(place(index.d, word))).of.get(word) : undefined);

    async function list(group) {
      if (!group.list) {
        const data = await get("p-" + group.file);
        group.list = [];
        reports(group.own ? data : data.split(" ")[group.slot], (report, level) => group.list.push(report, impact[level]));
      }
      return group.list;
    }

    /** Shards whose words may begin with a prefix, at most `limit`. */
    const shardsOf = async (prefix, limit) => {
      const first = place(index.d, prefix), found = [];
      for (let at = first; at < index.d.length / 2 && found.length < limit; at++) {
        if (at > first && !index.d[2 * at].startsWith(prefix) && index.d[2 * at] > prefix) break;
        found.push(dictionary(at));
      }
      return Promise.all(found);
    };
    const frequent = (a, b) => b.size - a.size || a.words[0].length - b.words[0].length;

    async function beginning(prefix) {
      const found = [];
      for (const shard of await shardsOf(prefix, 2)) {
        shard.words.forEach((word) => word.startsWith(prefix) && found.push(shard.of.get(word)));
      }
      return [...new Set(found)].sort(frequent).slice(0, BEGINNINGS);
    }

    /** Words that differ by one letter, or by their ending alone. */
    async function similar(word) {
      if (size(word) < 4) return [];
      const found = new Map();
      const from = (shards) => shards.forEach((shard) => shard.words.forEach((other) => {
        if (near(word, other)) found.set(shard.of.get(other), SLIP);
      }));
      from([await dictionary(place(index.d, word))]);
      const reversed = [...word].reverse().join("");
      const first = place(index.e, reversed), ends = [first];
      const key = reversed.slice(0, 2);
      for (let at = first + 1; ends.length < 3 && index.e[2 * at] && index.e[2 * at].startsWith(key); at++) ends.push(at);
      const others = [];
      for (const data of await Promise.all(ends.map((at) => index.e[2 * at + 1] && get("e-" + index.e[2 * at + 1])))) {
        let before = "";
        for (const [, same, rest] of (data || "").matchAll(/([A-Z])([^A-Z]*)/g)) {
          before = before.slice(0, same.charCodeAt(0) - 65) + rest;
          if (near(reversed, before)) others.push([...before].reverse().join(""));
        }
      }
      for (const group of await Promise.all(others.slice(0, 6).map(lookup))) if (group) found.set(group, SLIP);
      if (!found.size) from(await shardsOf(word.slice(0, 3), 3));
      if (!found.size) from(await shardsOf(word.slice(0, 2), 4));
      const keep = Math.max(4, word.length - 2);
      for (const shard of await shardsOf(word.slice(0, keep), 1)) {
        shard.words.forEach((other) => {
          const group = shard.of.get(other);
          if (other.startsWith(word.slice(0, keep)) && other.length < keep + 4 && !found.has(group)) found.set(group, ENDING);
        });
      }
      return [...found].sort((a, b) => frequent(a[0], b[0])).slice(0, SLIPS);
    }

    /** A word of the query → the groups that stand for it, each with how well. Empty when there is nothing like it. */
    async function resolve(token) {
      const word = token.w;
      const exact = (await lookup(word)) || (await lookup(token.j));
      const found = exact ? [[exact, 1]] : [];
      const forms = exact ? [word, ...exact.words] : [word];
      const same = synonyms.find((group) => group.some((other) => forms.includes(other))) || [];
      const add = (group, factor) => group && found.every(([other]) => other !== group) && found.push([group, factor]);
      for (const group of await Promise.all(same.map(lookup))) add(group, SYNONYM);
      if (word && (token.open || !exact) && size(word) > 1) {
        for (const group of await beginning(word)) add(group, exact ? BESIDE : BEGINS);
      }
      if (found.length) return [{ word, found }];
      const parts = token.p.length ? token.p : [];
      if (parts.length) return (await Promise.all(parts.map((w) => resolve({ w, p: [] })))).flat();
      return [{ word, found: await similar(word), guess: true }];
    }

    async function facet(name) {
      await ready();
      if (!facets.has(name)) {
        const data = await get("f-" + index.f[name]), values = [];
        for (let i = 0; i < data.length; i += 3) {
          const value = { id: data[i], name: data[i + 1], reports: [] };
          reports(data[i + 2], (report) => value.reports.push(report));
          values.push(value);
        }
        facets.set(name, values);
      }
      return facets.get(name);
    }

    /** Marks the reports that a filter lets through. */
    async function narrowed({ facet: name, value }) {
      const mask = new Uint8Array(index.n);
      if (name === "year") {
        for (let i = 0; i < index.y.length; i += 2) {
          if (String(index.y[i]) === value) mask.fill(1, index.y[i + 1], i + 3 < index.y.length ? index.y[i + 3] : index.n);
        }
      } else if (name === "before" || name === "after") {
        const [y, m, d] = value.split("-").map(Number);
        const day = Math.floor(Date.UTC(y, (m || 1) - 1, d || 1) / 864e5);
        let at = 0;
        decode(await get("f-" + index.f.days)).forEach((distance, report) => {
          at += distance;
          mask[report] = name === "before" ? at < day : at >= day;
        });
      } else {
        const plain = (text) => fold(text).toLowerCase(), wanted = plain(value), values = await facet(name);
        const by = (test) => values.filter(({ id, name }) => test(plain(id)) || test(plain(name)));
        const same = by((text) => text === wanted);
        (same.length ? same : by((text) => text.includes(wanted))).forEach((found) => found.reports.forEach((r) => (mask[r] = 1)));
      }
      return mask;
    }

    const has = (fragment, phrase) => {
      const texts = [fragment[1]];
      fragment[9].forEach((part, i) => i % 3 && texts.push(part));
      return texts.some((text) => {
        const words = tokens(text).map((token) => token.w);
        return words.some((_, at) => phrase.every((word, i) => words[at + i] === word));
      });
    };
    const fragment = (report) => get("t/" + report);

    /**
     * Reports for a text, the best first: `[report, score]`. `clauses` are its words as they were found, `missing` those
     * that no report has, `all` says whether the first reports have every word.
     */
    async function query(text, { sort } = {}) {
      await ready();
      const asked = parse(text);
      asked.words = asked.words.slice(0, WORDS);
      asked.without = asked.without.slice(0, WORDS);
      let words = asked.words.filter((token) => !stop.has(token.w) || token.open && asked.words.length === 1);
      if (!words.length) words = asked.words;
      const resolved = (await Promise.all(words.map(resolve))).flat();
      const missing = [...new Set(resolved.filter((clause) => !clause.found.length).map((clause) => clause.word))];
      let clauses = resolved.filter((clause) => clause.found.length);
      // Of a long question the rarest words: the others tell little beside them, and cost as much to load.
      const common = ({ found }) => found[0][0].size;
      const rarest = [...clauses].sort((a, b) => common(a) - common(b)).slice(0, LONGEST);
      clauses = clauses.filter((clause, at) => rarest.includes(clause) &&
        clauses.findIndex(({ found }) => found[0][0] === clause.found[0][0]) === at);
      let allowed = null;
      for (const filter of asked.filters) {
        const mask = await narrowed(filter);
        allowed ??= new Uint8Array(index.n).fill(1);
        for (let r = 0; r < index.n; r++) allowed[r] &= filter.not ? 1 - mask[r] : mask[r];
      }
      for (const token of asked.without) {
        const group = (await lookup(token.w)) || (await lookup(token.j));
        if (!group) continue;
        const found = await list(group);
        allowed ??= new Uint8Array(index.n).fill(1);
        for (let i = 0; i < found.length; i += 2) allowed[found[i]] = 0;
      }
      const score = new Float32Array(index.n), share = new Float32Array(index.n), count = new Uint8Array(index.n);
      let total = 0;
      await Promise.all(clauses.map((clause) => Promise.all(clause.found.map(([group]) => list(group)))));
      for (const clause of clauses) {
        const best = new Map();
        let df = 0;
        for (const [group, factor] of clause.found) {
          const found = group.list;
          if (factor === clause.found[0][1] || factor === SYNONYM) df += found.length / 2;
          for (let i = 0; i < found.length; i += 2) {
            const told = factor * found[i + 1];
            if (told > (best.get(found[i]) || 0)) best.set(found[i], told);
          }
        }
        clause.idf = Math.log(1 + (index.n - Math.min(df, index.n) + 0.5) / (df + 0.5));
        total += clause.idf;
        best.forEach((told, report) => {
          score[report] += clause.idf * told;
          share[report] += clause.idf;
          count[report]++;
        });
      }
      let found = [], most = 0;
      for (let r = 0; r < index.n; r++) {
        if (allowed && !allowed[r]) continue;
        if (clauses.length ? count[r] : asked.filters.length || asked.without.length) {
          most = Math.max(most, count[r]);
          const part = share[r] / total;
          found.push([r, clauses.length ? score[r] * (part * part) : 0]);
        }
      }
      found.sort((a, b) => b[1] - a[1] || b[0] - a[0]);
      const all = most === clauses.length && !missing.length;
      const least = found.length ? found[0][1] * LEAST : 0;
      found = found.filter(([r, s]) => s >= least && count[r] * 2 >= most);
      if (asked.phrases.length) found = await holding(found, asked.phrases);
      if (sort === "date") found.sort((a, b) => b[0] - a[0]);
      return { found, clauses, missing, all, asked };
    }

    /** Of the first reports, those that hold the phrases; each costs one file. */
    async function holding(found, phrases) {
      const looked = await Promise.all(found.slice(0, LOOKED).map(([r]) => fragment(r)));
      return found.slice(0, LOOKED).filter((_, at) => phrases.every((phrase) => has(looked[at], phrase)));
    }

    /** What is shown of a report: its head, and the sections with the words, best first. */
    async function show(report, clauses, sections) {
      const data = await fragment(report), marks = new Map();
      clauses.forEach((clause, at) => clause.found.forEach(([group]) => group.words.forEach((word) => marks.set(word, at))));
      const [id, title, date, day, severity, level, note, services, url, parts] = data;
      const hits = (text) => tokens(text).map((token) => {
        const word = [token.w, token.j, ...token.p].find((part) => marks.has(part));
        return word && { at: token.at, end: token.end, clause: marks.get(word), word: token.w || word };
      }).filter(Boolean);
      const found = [], words = new Set();
      for (let i = 0; i < parts.length; i += 3) {
        const inside = hits(parts[i + 2]), heading = hits(parts[i + 1]);
        const kinds = new Set([...inside, ...heading].map((hit) => hit.clause));
        inside.forEach((hit) => words.add(hit.word));
        let weight = 0;
        kinds.forEach((at) => (weight += clauses[at].idf || 1));
        found.push({ anchor: parts[i], heading: parts[i + 1], weight, text: parts[i + 2], hits: inside });
      }
      found.sort((a, b) => b.weight - a.weight);
      const shown = found.filter((section, at) => section.weight || !at).slice(0, sections);
      shown.forEach((section) => (section.excerpt = excerpt(section.text, section.hits)));
      return { id, title, titleMarks: split(title, hits(title), 0, title.length), day, severity, level, note,
        services, url, sections: shown, words: [...words].slice(0, 12) };
    }

    return { query, show, facet, years: () => index.y };
  }

  /** `[words, marked]` of a stretch of a text. */
  function split(text, hits, from, to) {
    const out = [];
    let at = from;
    for (const hit of hits) {
      if (hit.at < at || hit.end > to) continue;
      if (hit.at > at) out.push([text.slice(at, hit.at), false]);
      out.push([text.slice(hit.at, hit.end), true]);
      at = hit.end;
    }
    if (at < to) out.push([text.slice(at, to), false]);
    return out;
  }

  /** The stretch of about 180 characters with the most words of the query. */
  function excerpt(text, hits) {
    let from = 0, best = 0;
    hits.forEach((first, at) => {
      const inside = new Set();
      for (let i = at; i < hits.length && hits[i].end - first.at < 150; i++) inside.add(hits[i].clause);
      if (inside.size > best) [best, from] = [inside.size, Math.max(0, first.at - 30)];
    });
    if (from) from = text.indexOf(" ", from) + 1 || from;
    let to = Math.min(text.length, from + 180);
    if (to < text.length) to = Math.max(from + 60, text.lastIndexOf(" ", to));
    return [...(from ? [["… ", false]] : []), ...split(text, hits, from, to), ...(to < text.length ? [[" …", false]] : [])];
  }

  afterword.engine = engine;
  afterword.tokens = tokens;
  afterword.near = near;

  if (typeof document === "undefined") return;

  // The panel: a field, results as one types, and what helps when there are none. All its words come from the template.
  const KEPT = "afterword-searches";
  const store = {
    get: () => {
      try {
        return JSON.parse(localStorage.getItem(KEPT)) || [];
      } catch {
        return [];
      }
    },
    set: (value) => {
      try {
        localStorage.setItem(KEPT, JSON.stringify(value));
      } catch { /* nothing is kept then */ }
    },
    add: (text) => {
      const kept = store.get();
      if (kept !== "off" && text.trim()) store.set([text, ...kept.filter((other) => other !== text)].slice(0, 8));
    },
  };
  let shared;
  const make = (name, set = {}, ...inside) => {
    const element = document.createElement(name);
    Object.entries(set).forEach(([key, value]) => value !== undefined && element.setAttribute(key, value));
    element.append(...inside);
    return element;
  };
  const marked = (parts) => parts.map(([text, mark]) => (mark ? make("mark", {}, text) : text));

  function panel(root, { base, dialog }) {
    const part = (name) => root.querySelector(`[data-${name}]`);
    const [field, results, note, status, facets, sort, keep] =
      ["field", "results", "note", "status", "facets", "sort", "keep"].map(part);
    const engine = (shared ??= afterword.engine(afterword.shards()));
    const words = root.dataset;
    const fill = (text, values) => (text || "").replace(/\{(\w+)\}/g, (_, name) => values[name]);
    const plural = (name, n) => {
      const form = new Intl.PluralRules(document.documentElement.lang || "en").select(n);
      return fill(words[name + form[0].toUpperCase() + form.slice(1)] || words[name + "Other"], { n });
    };
    const page = (text) => `${base}search/index.html?q=${encodeURIComponent(text)}`;
    let asked = 0, active = -1, speak, wait, shown = 8, told;

    const options = () => [...results.querySelectorAll("[role=option]")];
    const activate = (at) => {
      const all = options();
      active = all.length ? (at + all.length) % all.length : -1;
      all.forEach((option, i) => option.setAttribute("aria-selected", i === active));
      if (active < 0) return field.removeAttribute("aria-activedescendant");
      field.setAttribute("aria-activedescendant", all[active].id);
      all[active].scrollIntoView({ block: "nearest" });
    };
    let ids = 0;
    const link = (href, set, ...inside) => {
      const role = dialog ? { role: "option", id: `search-option-${ids++}`, tabindex: "-1", "aria-selected": "false" } : {};
      return make("a", { href, ...role, ...set }, ...inside);
    };
    const say = (text) => {
      clearTimeout(speak);
      speak = setTimeout(() => (status.textContent = text), 600);
    };
    const present = (children, text) => {
      results.replaceChildren(...children);
      if (dialog) field.setAttribute("aria-expanded", children.length > 0);
      if (dialog) activate(0);
      say(text);
    };

    function result(found) {
      const there = (anchor) => {
        const hl = found.words.length ? `?hl=${encodeURIComponent(found.words.join(" "))}` : "";
        return base + found.url + hl + (anchor && "#" + anchor);
      };
      const facts = make("span", { class: "search-facts" },
        make("span", { class: "sev " + found.level }, found.severity), ` · ${found.day}`,
        found.services && ` · ${found.services}`, found.note && ` · ${found.note}`);
      const parts = found.sections.filter((section) => section.excerpt.length).map((section) =>
        link(there(section.anchor), { class: "search-section" },
          make("span", { class: "search-heading" }, section.heading), " ", ...marked(section.excerpt)));
      const title = link(there(""), { class: "search-title" }, make("span", {}, ...marked(found.titleMarks)), facts);
      return make(dialog ? "div" : "li", dialog ? { role: "group", "aria-label": found.title } : {}, title, ...parts);
    }

    const choose = (text) => (event) => {
      event.preventDefault();
      field.value = text;
      field.focus();
      run();
    };
    const offer = (label, links) => {
      if (links.length) note.append(make("p", {}, label, " ", ...links.flatMap((a, at) => (at ? [", ", a] : [a]))));
    };
    const again = (text, label) => {
      const a = make("a", { href: page(text) }, label || text);
      a.addEventListener("click", choose(text));
      return a;
    };

    /** Says what was not found, and offers words that are there, and patterns. */
    async function help(answer, text) {
      const { missing, found, clauses, all } = answer;
      if (missing.length) note.append(make("p", {}, fill(words.missing, { words: missing.join(", ") })));
      else if (found.length && !all && clauses.length) note.append(make("p", {}, words.some));
      for (const clause of clauses.filter((clause) => clause.guess)) {
        offer(fill(words.instead, { word: clause.word }), clause.found.slice(0, 3).map(([group]) =>
          again(text.replace(new RegExp(clause.word, "i"), group.words[0]), group.words[0])));
      }
      if (found.length) return;
      if (answer.asked.phrases.length) offer(words.loose, [again(text.replace(/"/g, ""))]);
      if (answer.asked.filters.length) offer(words.wide, [again(text.replace(/-?\w+:("[^"]*"|\S+)/g, "").trim())]);
      const patterns = (await engine.facet("pattern")).sort((a, b) => b.reports.length - a.reports.length).slice(0, 5);
      offer(words.patterns, patterns.map(({ id, name }) =>
        make("a", { href: `${base}patterns/${id.replace(/[^\p{Alphabetic}\p{N}_.-]/gu, "-")}/index.html` }, name)));
      offer(words.list, [make("a", { href: `${base}incidents/index.html` }, words.listLink)]);
    }

    /** What the reports that were found can be narrowed by, with counts. */
    async function narrow(answer, text, turn) {
      const inside = new Set(answer.found.map(([report]) => report));
      const years = engine.years(), lists = [];
      for (const name of ["service", "severity", "pattern", "team", "year"]) {
        const values = name !== "year" ? await engine.facet(name) : years.filter((_, i) => i % 2 === 0).map((year, i) => ({
          id: String(year), name: String(year), from: years[2 * i + 1], to: years[2 * i + 3] || Infinity }));
        const counted = values.map((value) => ({ ...value, count: value.reports
          ? value.reports.filter((report) => inside.has(report)).length
          : [...inside].filter((report) => report >= value.from && report < value.to).length }));
        counted.sort((a, b) => (name === "year" ? b.id - a.id : b.count - a.count));
        const items = counted.filter((value) => value.count).slice(0, 8).map((value) => {
          const filter = name + ":" + (/\s/.test(value.id) ? `"${value.id}"` : value.id);
          const on = text.split(" ").includes(filter);
          const next = on ? text.replace(filter, "").replace(/\s+/g, " ").trim() : `${text.trim()} ${filter}`.trim();
          const a = again(next, value.name);
          if (on) a.setAttribute("aria-current", "true");
          return make("li", {}, a, make("span", { class: "small" }, "\u00a0" + value.count));
        });
        if (items.length) lists.push(make("section", {}, make("h2", {}, words[name]), make("ul", { class: "plain" }, ...items)));
      }
      if (turn === asked) facets.replaceChildren(...lists);
    }

    function recent() {
      const kept = store.get();
      if (keep) keep.checked = kept !== "off";
      const list = kept === "off" ? [] : kept;
      present(list.map((text) => {
        const a = link(page(text), { class: "search-title" }, text);
        a.addEventListener("click", choose(text));
        return dialog ? a : make("li", {}, a);
      }), list.length ? words.recent : "");
      if (list.length) note.append(make("p", { class: "small" }, words.recent));
    }

    async function run() {
      const text = field.value, turn = ++asked;
      try {
        if (!text.trim()) {
          told = text;
          note.replaceChildren();
          facets?.replaceChildren();
          return recent();
        }
        const answer = await engine.query(text, { sort: sort?.value });
        const list = await Promise.all(answer.found.slice(0, shown).map(([r]) => engine.show(r, answer.clauses, dialog ? 2 : 3)));
        if (turn !== asked) return;
        note.replaceChildren();
        told = text;
        const total = answer.found.length;
        const rows = list.map(result);
        if (dialog && total) rows.push(link(page(text), { class: "search-all" }, plural("all", total)));
        present(rows, total ? plural("count", total) : words.none);
        if (!total) note.append(make("p", {}, words.none));
        if (!dialog && total > shown) {
          const more = make("button", { type: "button" }, words.more);
          more.addEventListener("click", () => {
            shown += 10;
            run();
          });
          results.append(make("li", {}, more));
        }
        await help(answer, text);
        if (facets && turn === asked) await narrow(answer, text, turn);
      } catch {
        if (turn === asked) present([], words.failed);
        note.replaceChildren(make("p", {}, words.failed, " ", make("a", { href: `${base}incidents/index.html` }, words.listLink)));
      }
    }

    field.addEventListener("input", () => {
      clearTimeout(wait);
      shown = 8;
      wait = setTimeout(run, 4);
    });
    root.addEventListener("click", (event) => {
      if (event.target.closest("a.search-section, a.search-title[href*='incidents/']")) store.add(field.value);
    });
    if (dialog) {
      field.addEventListener("keydown", async (event) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (event.isComposing || (!step && event.key !== "Enter")) return;
        event.preventDefault();
        if (step) return activate(active + step);
        // Typed faster than answered: what is opened belongs to what stands in the field.
        clearTimeout(wait);
        if (told !== field.value) await run();
        options()[active]?.click();
      });
    }
    keep?.addEventListener("change", () => {
      store.set(keep.checked ? [] : "off");
      run();
    });
    sort?.addEventListener("change", run);
    return { run, field };
  }

  afterword.panel = panel;
})();
