// Only pages with lists have this script. Lists narrow, count and sort over all reports, not only those of the page. What is chosen stands in the address,
// as `#service=checkout,search&severity=sev1&q=words&sort=duration&page=2`, so that it can be sent, and back goes back.
// Columns of all reports are loaded when somebody reaches for the facets or the field; see src/pages/columns.rs.
{
  const list = document.querySelector("[data-list]");
  const table = list?.querySelector("[data-rows]");
  if (table) {
    const PER_PAGE = 100;
    const SHOWN = 10;
    const find = (selector, within = list) => within.querySelector(selector);
    const words = list.dataset;
    const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
    const number = (n) => n.toLocaleString(document.documentElement.lang || undefined);
    const make = (tag, attributes = {}, ...children) => {
      const element = document.createElement(tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      element.append(...children);
      return element;
    };

    // What is chosen, and how the address says it.
    const groups = new Map([...list.querySelectorAll("[data-facet]")].map((group) => [group.dataset.facet, group]));
    const read = (text) => {
      const asked = new URLSearchParams(text);
      const facets = new Set([...groups.keys(), words.own?.split("=")[0]]);
      const chosen = {};
      for (const id of facets) if (asked.get(id)) chosen[id] = asked.get(id).split(",");
      return { chosen, q: asked.get("q") ?? "", sort: asked.get("sort") || "date", page: Math.max(1, Math.trunc(asked.get("page")) || 1) };
    };
    const write = ({ chosen, q, sort, page }) => {
      const parts = Object.entries(chosen).filter(([, values]) => values.length).map(([id, values]) => `${id}=${values.map(encodeURIComponent).join(",")}`);
      if (q) parts.push(`q=${encodeURIComponent(q)}`);
      if (sort !== "date") parts.push(`sort=${sort}`);
      if (page > 1) parts.push(`page=${page}`);
      return `#${parts.join("&") || "all"}`;
    };
    const own = read(words.own ?? "");
    const current = () => {
      const hash = location.hash.slice(1);
      if (hash === "all" || hash.includes("=")) return read(hash);
      const asked = read(location.search);
      return asked.q ? { ...own, q: asked.q } : own;
    };
    const chosen = (state, id, slug) => state.chosen[id]?.includes(slug) ?? false;
    const toggled = (state, id, slug) => {
      const values = state.chosen[id] ?? [];
      const next = values.includes(slug) ? values.filter((value) => value !== slug) : [...values, slug];
      return write({ ...state, chosen: { ...state.chosen, [id]: next }, page: 1 });
    };

    // The columns. A value is a character: "0" is the first of its dictionary.
    const place = (text, at = 0) => {
      const code = text.charCodeAt(at);
      return (code > 0xdfff ? code - 0x800 : code) - 48;
    };
    let all;
    const titles = [];
    const begin = (head) => ({
      ...head, count: 0, days: [], day: [], duration: "", open: "",
      facets: head.facets.map((facet) => ({
        ...facet, column: facet.many ? [] : "", places: new Map(facet.values.map(([slug], at) => [slug, at])),
      })),
    });
    const add = (block) => {
      for (const facet of all.facets) {
        const column = block[facet.id];
        facet.column = facet.many ? facet.column.concat(column.split(" ")) : facet.column + column;
      }
      for (const [day, count] of block.days) {
        all.days.push(day);
        for (let n = 0; n < count; n += 1) all.day.push(all.days.length - 1);
      }
      for (const name of ["duration", "open"]) all[name] += block[name];
      all.count = all.day.length;
    };
    const load = async (state) => {
      if (!all) {
        const [head] = await Promise.all([afterword.load(words.list), state && titlesOf([0])]);
        if (!all) {
          all = begin(head);
          add(head);
        }
      }
    };
    const older = async () => {
      const blocks = Math.ceil(all.total / all.block);
      const next = Math.ceil(all.count / all.block) + 1;
      if (next > blocks) return false;
      const loaded = await afterword.load(words.list.replace(".js", `-${next}.js`));
      if (all.count === (next - 1) * all.block) add(loaded);
      return true;
    };
    const titlesOf = (files) => Promise.all([...new Set(files)].map(async (file) => {
      if (titles[file]) return;
      const [slugs, lines, rails] = await afterword.load(words.list.replace("incidents.js", `titles-${file + 1}.js`));
      titles[file] = { slugs: slugs.split("\n"), lines: lines.split("\n"), rails };
    }));
    const titled = (at) => {
      const file = titles[Math.floor(at / all.titles)];
      const from = at % all.titles;
      return { slug: file.slugs[from], title: file.lines[from], rail: file.rails.slice(from * 3, from * 3 + 3) };
    };
    const facet = (id) => all.facets.find((facet) => facet.id === id);
    const named = (id, at) => [...facet(id).column[at]].map((one) => facet(id).values[place(one)]);
    const services = (at) => named("service", at).sort(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => name).join(", ");
    const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    const texts = [];
    const text = (at) => (texts[at] ??= fold(`${titled(at).title} ${services(at)} ${titled(at).slug}`));

    /** The reports that match, in order, and for each facet how many would if another of its values were chosen. */
    const narrow = (state) => {
      const misses = new Uint8Array(all.count);
      const where = new Uint8Array(all.count);
      all.facets.forEach(({ id, column, places }, nth) => {
        const wanted = new Set((state.chosen[id] ?? []).map((slug) => places.get(slug)));
        if (!wanted.size) return;
        for (let at = 0; at < all.count; at += 1) {
          const value = column[at];
          let hit = false;
          for (let one = 0; one < value.length && !hit; one += 1) hit = wanted.has(place(value, one));
          if (!hit) {
            misses[at] += 1;
            where[at] = nth;
          }
        }
      });
      const asked = fold(state.q).split(/\s+/).filter(Boolean);
      if (asked.length) {
        for (let at = 0; at < all.count; at += 1) if (misses[at] < 2 && !asked.every((word) => text(at).includes(word))) misses[at] = 9;
      }
      const counts = all.facets.map(({ values }) => new Uint32Array(values.length));
      const found = [];
      for (let at = 0; at < all.count; at += 1) {
        if (misses[at] > 1) continue;
        if (!misses[at]) found.push(at);
        all.facets.forEach(({ column }, nth) => {
          if (misses[at] && where[at] !== nth) return;
          const value = column[at];
          for (let one = 0; one < value.length; one += 1) counts[nth][place(value, one)] += 1;
        });
      }
      return { found: sorted(found, state.sort), counts };
    };
    const sorted = (found, sort) => {
      const reverse = sort.startsWith("-");
      const by = sort.replace("-", "");
      if (by === "date") return reverse ? found.reverse() : found;
      const sign = reverse ? -1 : 1;
      if (by === "severity") {
        const { column } = facet("severity");
        return found.sort((a, b) => sign * (place(column, a) - place(column, b)) || a - b);
      }
      const of = (at) => place(all.duration, at);
      return found.sort((a, b) => (of(a) && of(b) ? sign * (of(b) - of(a)) : of(b) - of(a)) || a - b);
    };

    // Rows, made like those of the page.
    const model = find("tbody tr:not(.year)", table).cloneNode(true);
    find("svg", model)?.remove();
    find(".note", model)?.remove();
    const rail = (at) => {
      const ends = [...titled(at).rail].map((end) => (end === "/" ? 0 : place(end)));
      if (!ends.some(Boolean)) return [];
      const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      const attributes = { class: "bar tiny", role: "img" };
      const told = [];
      let from = 0;
      ends.forEach((end, phase) => {
        if (end <= from) return;
        const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
        const [mark, name] = all.phases[phase];
        const share = (part) => `${Math.round((part * 100) / all.steps)}%`;
        for (const [key, value] of Object.entries({ class: mark, x: share(from), width: share(end - from) })) rect.setAttribute(key, value);
        svg.append(rect);
        told.push(`${name}: ${share(end - from)}`);
        from = end;
      });
      for (const [name, value] of Object.entries({ ...attributes, "aria-label": told.join(", ") })) svg.setAttribute(name, value);
      return [svg];
    };
    const note = (at) => {
      const [[status], [kind]] = [named("status", at)[0], named("kind", at)[0]];
      if (status === "draft") return all.notes.draft;
      if (kind !== "incident") return all.notes[kind];
      return all.open[at] === "1" ? all.notes.open : "";
    };
    const line = (at) => {
      const row = model.cloneNode(true);
      const { slug, title } = titled(at);
      const [, severity, mark] = named("severity", at)[0];
      const link = find("th a", row);
      link.href = `${afterword.root}incidents/${slug}/index.html`;
      link.textContent = title;
      if (note(at)) link.after(" ", make("span", { class: "note" }, note(at)), " ");
      find(".of", row).textContent = services(at);
      find(".when", row).textContent = all.days[all.day[at]];
      find(".when + td", row).replaceChildren(...rail(at));
      find(".sev", row).className = mark;
      find(".sev", row).textContent = severity;
      find(".dur", row).textContent = all.durations[place(all.duration, at) - 1] ?? "–";
      find(".num", row).textContent = facet("pattern").column[at].length || "";
      return row;
    };
    const bodies = (shown, years) => {
      const made = [make("tbody")];
      let last;
      for (const at of shown) {
        const [, year] = named("year", at)[0];
        if (years && year !== last) {
          if (last) made.push(make("tbody"));
          made.at(-1).append(make("tr", { class: "year" }, make("th", { colspan: 6, scope: "rowgroup" }, year)));
          last = year;
        }
        made.at(-1).append(line(at));
      }
      return made;
    };
    const pager = (state, count) => {
      if (count < 2) return [];
      const near = [...Array(count).keys()].map((n) => n + 1).filter((n) => n === 1 || n === count || Math.abs(n - state.page) < 3);
      const items = near.flatMap((n, at) => {
        const link = make("a", { href: write({ ...state, page: n }) }, number(n));
        if (n === state.page) link.setAttribute("aria-current", "page");
        return [...(at && n > near[at - 1] + 1 ? [make("li", {}, "…")] : []), make("li", {}, link)];
      });
      return [make("nav", { "aria-label": words.pages }, make("ul", { class: "pages" }, ...items))];
    };

    // The facets beside the list.
    const items = new Map();
    for (const [id, group] of groups) {
      for (const link of group.querySelectorAll("li a")) {
        const slug = decodeURIComponent(link.pathname.split("/").at(-2));
        items.set(`${id}=${slug}`, { link, item: link.parentElement, address: link.href });
      }
    }
    const choice = (id, [slug, name, mark]) => {
      const key = `${id}=${slug}`;
      if (!items.has(key)) {
        const link = make("a", {}, make("span", mark ? { class: mark } : {}, name), " ", make("span", { class: "n" }));
        items.set(key, { link, item: make("li", {}, link), address: `${afterword.root}incidents/${id}/${slug}/index.html` });
      }
      return items.get(key);
    };
    const mark = (state, id, slug, link) => {
      link.href = toggled(state, id, slug);
      if (chosen(state, id, slug)) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    };
    const aim = (state) => items.forEach(({ link }, key) => mark(state, ...key.split("="), link));
    // Nodes stay where they are if they can: what moves under the pointer is not clicked.
    const fill = (parent, made) => {
      const there = parent.children;
      if (there.length !== made.length || made.some((one, at) => one !== there[at])) parent.replaceChildren(...made);
    };
    const beside = (state, counts) => {
      const focused = document.activeElement;
      all.facets.forEach(({ id, values }, nth) => {
        const group = groups.get(id);
        if (!group) return;
        let shown = values.map((value, at) => ({ value, count: counts[nth][at] })).filter(({ value, count }) => count || chosen(state, id, value[0]));
        if (id === "service" || id === "pattern") shown = shown.sort((a, b) => b.count - a.count);
        const made = shown.map(({ value, count }) => {
          const { link, item } = choice(id, value);
          find(".n", link).textContent = number(count);
          mark(state, id, value[0], link);
          return item;
        });
        const first = made.length === SHOWN + 1 ? made.length : SHOWN;
        fill(find("ul", group), made.slice(0, first));
        rest(group, made.slice(first));
      });
      if (focused !== document.activeElement) focused.focus({ preventScroll: true });
    };
    const rest = (group, made) => {
      let details = find("details", group);
      if (!details && made.length) {
        find("p", group)?.remove();
        details = make("details", {}, make("summary"), make("ul"));
        group.append(details);
      }
      if (!details) return;
      details.hidden = !made.length;
      find("summary", details).textContent = say(words.more, { n: number(made.length) });
      fill(find("ul", details), made);
    };
    const picked = (state) => {
      const links = Object.entries(state.chosen).flatMap(([id, slugs]) => slugs.map((slug) => {
        const what = `${facet(id).name}: ${facet(id).values[facet(id).places.get(slug)]?.[1] ?? slug}`;
        return make("a", { href: toggled(state, id, slug), "aria-label": say(words.remove, { what }) }, `${what} ×`);
      }));
      if (links.length || state.q) links.push(make("a", { href: "#all" }, words.all));
      return links.flatMap((link) => [link, " "]);
    };

    // What the page shows.
    const heading = find("h1");
    const before = { bodies: [...table.tBodies], pager: [...find("[data-pager]").childNodes], status: find("[data-status]").textContent, heading: heading.textContent, title: document.title };
    let telling;
    const tell = (text) => {
      clearTimeout(telling);
      telling = setTimeout(() => { find("[data-status]").textContent = text; }, 150);
    };
    const show = (made, pages, status, changed) => {
      table.replaceChildren(table.tHead, ...made);
      find("[data-pager]").replaceChildren(...pages);
      tell(status);
      heading.textContent = changed ? words.title : before.heading;
      document.title = changed ? before.title.replace(before.heading, words.title) : before.title;
    };
    const head = (state) => {
      for (const cell of table.tHead.querySelectorAll("[data-sort]")) {
        const by = cell.dataset.sort;
        const active = state.sort.replace("-", "") === by;
        if (active) cell.setAttribute("aria-sort", state.sort.startsWith("-") ? "ascending" : "descending");
        else cell.removeAttribute("aria-sort");
      }
    };
    let turn = 0;
    const refresh = async ({ scroll = false } = {}) => {
      const state = current();
      const mine = (turn += 1);
      const plain = write(state) === write(own);
      if (document.activeElement !== field) field.value = state.q;
      head(state);
      try {
        if (plain && !all) return aim(state);
        await load(state);
        if (state.q) await titlesOf([...Array(Math.ceil(all.count / all.titles)).keys()]);
        if (mine !== turn) return undefined;
        const { found, counts } = narrow(state);
        const shown = found.slice((state.page - 1) * PER_PAGE, state.page * PER_PAGE);
        beside(state, counts);
        find("[data-picked]").replaceChildren(...picked(plain ? { chosen: {} } : state));
        find("[data-picked]").hidden = plain || !find("[data-picked]").firstChild;
        if (plain) {
          show(before.bodies, before.pager, before.status, false);
        } else {
          await titlesOf(shown.map((at) => Math.floor(at / all.titles)));
          if (mine !== turn) return undefined;
          const status = found.length ? say(words.shown, { n: number(found.length), total: number(all.count) }) : words.none;
          const changed = write({ ...own, chosen: state.chosen }) !== write(own);
          show(bodies(shown, state.sort.endsWith("date")), pager(state, Math.ceil(found.length / PER_PAGE)), status, changed);
        }
        if (scroll) list.scrollIntoView();
        if (await older()) return refresh();
      } catch {
        items.forEach(({ link, address }) => { link.href = address; });
        tell(words.failed);
      }
      return undefined;
    };

    // What a reader does.
    const form = find("[data-find]");
    const field = find("input", form);
    form.addEventListener("submit", (event) => event.preventDefault());
    let typing;
    field.addEventListener("input", () => {
      clearTimeout(typing);
      typing = setTimeout(() => location.replace(write({ ...current(), q: field.value.trim(), page: 1 })), 60);
    });
    for (const cell of table.tHead.querySelectorAll("[data-sort]")) {
      const button = make("button", { type: "button" }, ...cell.childNodes);
      button.addEventListener("click", () => {
        const { sort } = current();
        const by = cell.dataset.sort;
        location.hash = write({ ...current(), sort: sort === by ? `-${by}` : by, page: 1 });
      });
      cell.append(button);
    }
    let page = current().page;
    addEventListener("hashchange", () => {
      const next = current().page;
      void refresh({ scroll: next !== page });
      page = next;
    });
    const reach = () => { if (!all) load().then(() => refresh(), () => undefined); };
    for (const name of ["pointerenter", "focusin"]) find(".facets")?.addEventListener(name, reach);
    void refresh();
  }
}
