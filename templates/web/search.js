/* The search of a website, in a worker of its own: finds words, phrases, codes and figures as they stand.
   Used by  the theme's search dialog: it sends an index (type 0) and what is typed (2), and is answered (1, 3)
   Takes    search/sections.json: docs, and in its config `names` (words that cut a query) and `same` (words that
            mean one thing). It is asked for with the first query: the theme's own index, which every page loads, is empty */
(() => {
  const MOST = 60; // sections in a list, and hits of a word that a snippet is chosen from
  const AROUND = 70; // characters before a hit in a snippet
  let [docs, everything, names, same, longest, usual] = [[], "", new Set(), new Map(), 0, 1];

  // Letters of either case and full-width forms are alike; a text keeps its length, so that hits can be marked in it.
  const folded = (text) => text.replace(/[A-Z]|[^\x00-\x7f]/gu, (letter) => {
    const plain = letter.normalize("NFKC").toLowerCase();
    return plain.length === letter.length ? plain : letter;
  });
  const escaped = (text) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
  const isHan = (text) => /^\p{sc=Han}+$/u.test(text);
  // The beginning that the forms of an English word have in common: emission(s), injury and injuries, train(ed).
  const root = (word) => /^[a-z-]{6,}$/.test(word) ? word.replace(/(?:ies|ing|ers|er|ed|es|s|y|e)$/, "") : word;
  // One key for the ways to write a word of the glossary.
  const key = (words) => words.split(/[\s\u2011-]+/).map((word) => /[a-z]{4}s$/.test(word) ? word.slice(0, -1) : word).join("");

  // A word as it may stand in a text: whistle-blowing or whistleblowing, 範圍3 or 範圍 3, 29,843,800 or 29843800.
  const written = (word) => [...word].map((letter, at, letters) => {
    const next = letters[at + 1];
    const own = letter.replace(/[.*+?^${}()|[\]\\/]/, "\\$&");
    if (!next) return own;
    if (/\d/.test(letter) && /\d/.test(next)) return `${own},?`;
    return /[a-z]/.test(letter) && /[a-z]/.test(next) ? `${own}[-\\u2011]?` : `${own}[-\\u2011\\s]*`;
  }).join("");
  const pattern = (words) => {
    const parts = words.split(/\s+/).map((word) => written(root(word.replace(/(?<=[a-z])[-\u2011](?=[a-z])/g, ""))));
    const start = /^\d/.test(words) ? "(?<![\\p{sc=Latin}\\p{N}]|\\p{N}[.,])" : /^[a-z]/.test(words) ? "(?<![\\p{sc=Latin}\\p{N}])" : "";
    const end = /^\d{1,3}$/.test(words) ? "(?!\\p{N}|[.,]\\p{N})" : "";
    return new RegExp(start + parts.join("[\\p{sc=Latin}]*[\\s\\u2011-]+") + end, "gu");
  };
  const stands = (word) => pattern(word).test(everything);

  // Chinese that stands nowhere as a whole is cut: by the words of the report, then into the longest stretches that stand.
  const cut = (run) => {
    const pieces = [];
    const known = (at) => {
      for (let end = Math.min(run.length, at + longest); end > at + 1; end--) if (names.has(run.slice(at, end))) return end;
      return 0;
    };
    for (let at = 0; at < run.length;) {
      let end = known(at);
      if (!end) {
        let most = at + 1;
        while (most < run.length && !known(most)) most++;
        end = most;
        while (end > at + 1 && !everything.includes(run.slice(at, end))) end--;
      }
      pieces.push(run.slice(at, end));
      at = end;
    }
    const words = pieces.filter((piece) => piece.length > 1 && everything.includes(piece)); // 的 alone says nothing
    return words.length ? words : [run];
  };

  // What is looked for: parts, each with the words that would do for it, the typed one first.
  const part = (word) => {
    const others = (same.get(key(word)) || []).filter((other) => other !== word && stands(other));
    return { word, patterns: [word, ...others].map(pattern) };
  };
  const parts = (query) => {
    const units = query.split(/[\s，。、；：？！「」《》“”"!?;]+/u).filter(Boolean);
    const found = [];
    for (let at = 0; at < units.length;) {
      let many = Math.min(5, units.length - at);
      while (many > 1 && !same.has(key(units.slice(at, at + many).join(" ")))) many--;
      const unit = units.slice(at, at + many).join(" ");
      at += many;
      if (same.has(key(unit)) || stands(unit)) found.push(unit);
      else for (const run of unit.match(/\p{sc=Han}+|[^\p{sc=Han}]+/gu)) found.push(...isHan(run) && !stands(run) ? cut(run) : [run]);
    }
    return [...new Set(found.map((word) => word.replace(word.includes("(") ? /^[^\p{L}\p{N}]+/u : /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "")).filter(Boolean))].map(part);
  };

  const hits = (text, patterns) => patterns.flatMap((wanted, number) => [...text.matchAll(wanted)].map((hit) => {
    const from = hit.index;
    const to = from + hit[0].length;
    const rest = text.slice(to, to + 2);
    const whole = isHan(hit[0]) || !/^[\p{sc=Latin}\p{N}]|^[.,(][\p{sc=Latin}\p{N}]/u.test(rest);
    return { from, to, weight: (whole ? 1 : .6) * (number ? .8 : 1) };
  }));
  const sum = (list) => list.reduce((total, hit) => total + hit.weight, 0);
  const best = (list) => Math.max(0, ...list.map((hit) => hit.weight));

  const search = (typed) => {
    const query = folded(typed).trim();
    const wanted = parts(query);
    if (!wanted.length) return [];
    const looked = docs.map((doc) => ({ doc, parts: wanted.map(({ patterns }) => {
      const [title, text, codes] = [hits(doc.folded.title, patterns), hits(doc.folded.text, patterns), hits(doc.folded.codes, patterns)];
      const above = doc.parent ? best(hits(doc.parent.folded.title, patterns)) : 0;
      return { title, text, codes, above, here: title.length + text.length + codes.length > 0 };
    }) }));
    const weights = wanted.map((_, at) => {
      const many = looked.filter((one) => one.parts[at].here).length;
      return many ? Math.log(1 + docs.length / many) : 0;
    });
    const phrase = wanted.length > 1 && query.length > 2 ? [pattern(query)] : [];
    const found = looked.filter((one) => one.parts.some((hit) => hit.here)).map(({ doc, parts: of }) => {
      let score = 0;
      let met = 0;
      of.forEach((hit, at) => {
        const much = sum(hit.text);
        const length = .25 + .75 * doc.text.length / usual;
        const covered = hit.title.reduce((most, { from, to }) => Math.max(most, (to - from) / doc.name), 0);
        const named = best(hit.title) * (1.5 + 3 * covered + (covered === 1 ? 2 : 0) + (doc.parent ? 0 : 2));
        score += weights[at] * (2.2 * much / (much + 1.2 * length) + named + best(hit.codes) ** 2 * 6 + hit.above * .8);
        if (hit.here || hit.above || !weights[at]) met++;
      });
      if (of.some((hit) => best(hit.codes) === 1)) met = of.length; // who asks for KPI A1.3 wants A1.3
      const all = weights.reduce((total, weight) => total + weight, 0);
      if (phrase.length) score += all * (hits(doc.folded.title, phrase).length ? 2 : hits(doc.folded.text, phrase).length ? 1 : 0);
      return { doc, of, met, score: score * (met / of.length) ** 2 };
    });
    const most = Math.max(...found.map((one) => one.met), 0);
    return found.filter((one) => one.met === most).sort((a, b) => b.score - a.score).slice(0, MOST)
      .map(({ doc, of, score }) => shown(doc, score, of, Object.fromEntries(wanted.map(({ word }, at) => [word, of[at].here || of[at].above > 0]))));
  };

  // A section as the dialog shows it: its title and a stretch of its text, hits marked.
  const marked = (text, list, start = 0, end = text.length) => {
    let out = "";
    let at = start;
    for (const { from, to } of [...list].sort((a, b) => a.from - b.from)) {
      if (from < at || to > end) continue;
      out += `${escaped(text.slice(at, from))}<mark>${escaped(text.slice(from, to))}</mark>`;
      at = to;
    }
    return out + escaped(text.slice(at, end));
  };
  const snippet = (doc, of) => {
    const all = of.flatMap((hit) => hit.text.slice(0, MOST));
    const near = ({ from }) => new Set(of.filter((hit) => hit.text.slice(0, MOST).some((other) => other.from >= from && other.to <= from + 2 * AROUND))).size;
    const first = all.reduce((chosen, hit) => (chosen && near(chosen) >= near(hit) ? chosen : hit), null);
    let start = first ? Math.max(0, first.from - AROUND) : 0;
    if (start) {
      const sentence = doc.text.slice(start, first.from).search(/[。；！？]|[.;!?]\s/) + 1;
      const space = doc.text.slice(start, first.from).search(/\s/) + 1;
      start += sentence || (isHan(doc.text[start]) ? 0 : space);
    }
    const end = Math.min(doc.text.length, start + (/\p{sc=Han}/u.test(doc.text.slice(start, start + 40)) ? 2 : 4) * AROUND);
    const codes = of.some((hit) => hit.codes.length) ? `${marked(doc.codes, of.flatMap((hit) => hit.codes))} · ` : "";
    return `${codes}${start ? "…" : ""}${marked(doc.text, all, start, end)}${end < doc.text.length ? "…" : ""}`;
  };
  const shown = (doc, score, of, terms) => ({
    location: doc.location, score, terms, page: doc.parent || doc,
    title: marked(doc.title, of.flatMap((hit) => hit.title)), text: snippet(doc, of),
  });

  // The dialog wants pages, each with its sections, and the page itself among them.
  const pages = (results) => {
    const groups = new Map();
    for (const { page, ...result } of results) groups.set(page, [...groups.get(page) || [], result]);
    for (const [page, list] of groups) {
      if (!list.some((one) => one.location === page.location)) {
        list.push({ location: page.location, score: 0, terms: {}, title: escaped(page.title), text: "" });
      }
    }
    return [...groups.values()];
  };

  const read = ({ config, docs: given }) => {
    const heads = new Map();
    docs = given.map(({ location, title, text, codes = [] }) => {
      const doc = { location, title, text, codes: codes.join("  "), folded: {}, name: title.replace(/^[A-Z]?\d+ /, "").length };
      for (const name of ["title", "text", "codes"]) doc.folded[name] = folded(doc[name]);
      const [page] = location.split("#");
      doc.parent = heads.get(page);
      if (!doc.parent) heads.set(page, doc);
      return doc;
    });
    everything = docs.map((doc) => `${doc.folded.title}\n${doc.folded.codes}\n${doc.folded.text}`).join("\n");
    usual = docs.reduce((total, doc) => total + doc.text.length, 0) / (docs.length || 1) || 1;
    names = new Set(config.names.map(folded));
    for (const group of config.same.map((words) => words.map(folded))) {
      for (const word of group) {
        same.set(key(word), [...new Set([...same.get(key(word)) || [], ...group])]);
        if (isHan(word)) names.add(word);
      }
    }
    longest = Math.max(0, ...[...names].map((name) => name.length));
  };

  let known;
  const learn = async () => read(await (await fetch(new URL("../search/sections.json", location))).json());
  addEventListener("message", async ({ data: { type, data } }) => {
    if (type === 0) postMessage({ type: 1 });
    else {
      if (data.trim()) await (known ??= learn()); // the dialog asks for nothing, too, as soon as it is there
      postMessage({ type: 3, data: { items: pages(search(data)) } });
    }
  });
})();
