/* The data summary, to work with: finds rows, compares them in a chart, hands them over. The rows, their exact values and
   all words stand in the page (components/metric_table.html, data_tools.html); without this they are tables.
   Used by  a page with a data summary, after web.js. Takes nothing from elsewhere. */
(() => {
  const { kept, keep, onKept, folded } = window.erFinding;
  const one = (selector, inside = document) => inside.querySelector(selector);
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const made = (name, attributes = {}, ...inside) => {
    const drawn = ["svg", "rect", "line", "text"].includes(name);
    const element = drawn ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    element.append(...inside);
    return element;
  };
  const tools = one("[data-er-data]");
  const words = JSON.parse(tools.dataset.words);
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);

  // ---- the rows: what each is about, and its figure in each period

  const rows = all("figure[data-aspect] tr[data-name]").map((tr) => {
    const { name, also, unit, codes } = tr.dataset;
    const values = {};
    all("td[data-value]", tr).forEach((cell) => {
      const figure = one("[data-figure]", cell);
      const [, period] = figure.dataset.figure.match(/@([^[]+)/);
      const printed = [...cell.childNodes].filter((node) => node.nodeName !== "SUP").map((node) => node.textContent).join("");
      const kind = figure.className.replace(/.*figure--/, "");
      values[period] ??= { figure: figure.dataset.figure, kind, value: cell.dataset.value, printed: printed.trim(), status: words.marks[cell.dataset.mark] };
    });
    const id = Object.values(values)[0].figure.replace(/@[^[]+/, "");
    const head = one("th", tr);
    const box = made("input", { type: "checkbox", "aria-label": filled(words.pick, { name }) });
    const text = folded([name, also, unit, codes, head.textContent].join("\n"));
    head.prepend(box);
    const aspect = tr.closest("figure").dataset.aspect;
    return { tr, id, key: tr.id.replace(/^row-/, "") || id, aspect, name, unit, codes: codes.split(" ").filter(Boolean), text, values, box };
  });
  const tables = all("figure[data-aspect]").map((figure) => ({
    frame: figure.parentNode,
    rows: rows.filter(({ tr }) => figure.contains(tr)),
    // A heading is shown with any row below it that is deeper.
    headings: all("tbody tr:not([data-name])", figure).map((tr) => {
      const depth = (row) => row.matches(".group") ? -1 : Number(row.className.match(/depth-(\d)/)?.[1] ?? 0);
      const below = [];
      for (let next = tr.nextElementSibling; next && depth(next) > depth(tr); next = next.nextElementSibling) below.push(next);
      return { tr, below };
    }),
  }));

  // A heading goes with what stands below it, where that is tables alone.
  const sections = all("#er-content > :is(h2, h3, h4)").map((heading) => {
    const below = [];
    let next = heading.nextElementSibling;
    for (; next && !(/^H[2-4]$/.test(next.tagName) && next.tagName <= heading.tagName); next = next.nextElementSibling) {
      if (!next.matches("h3, h4, .er-chips, nav")) below.push(next);
    }
    return { heading, below };
  }).filter(({ below }) => below.length && below.every((each) => tables.some(({ frame }) => frame === each)));

  // ---- finding

  const search = one("input[type=search]", tools);
  const chips = all(".er-chips-line button", tools);
  const requirement = one("select", tools);
  const count = one("[data-words]", tools);
  const marked = window.Highlight && new Highlight();
  if (marked) CSS.highlights.set("er-found", marked);

  const mark = (row, wanted) => all("th[scope=row], td.u, td.of-codes", row.tr).forEach((cell) => {
    const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    const texts = [];
    for (let length = 0, node = walk.nextNode(); node; node = walk.nextNode()) {
      texts.push({ node, from: length });
      length += node.length;
    }
    const text = folded(cell.textContent);
    const at = (place) => {
      const { node, from } = texts.findLast(({ from }) => from <= place);
      return [node, place - from];
    };
    wanted.forEach((word) => {
      for (let place = text.indexOf(word); place >= 0; place = text.indexOf(word, place + word.length)) {
        const range = new Range();
        range.setStart(...at(place));
        const [node, offset] = at(place + word.length - 1);
        range.setEnd(node, offset + 1);
        marked.add(range);
      }
    });
  });

  const show = () => {
    const aspect = chips.find((chip) => chip.matches("[aria-pressed=true]")).value;
    const code = requirement?.value;
    const wanted = folded(search.value).split(/\s+/).filter(Boolean);
    marked?.clear();
    rows.forEach((row) => {
      row.shown = (!aspect || row.aspect === aspect) && (!code || row.codes.includes(code)) && wanted.every((word) => row.text.includes(word));
      row.tr.hidden = !row.shown;
      if (row.shown && marked && wanted.length) mark(row, wanted);
    });
    tables.forEach((table) => {
      table.headings.slice().reverse().forEach(({ tr, below }) => { tr.hidden = !below.some((row) => !row.hidden); });
      table.frame.hidden = !table.rows.some((row) => row.shown);
      const first = table.rows.find((row) => row.shown);
      table.rows.forEach((row) => { row.box.tabIndex = row === first ? 0 : -1; }); // one stop of the Tab key
    });
    sections.forEach(({ heading, below }) => {
      heading.hidden = below.every((frame) => frame.hidden);
      const codes = heading.nextElementSibling;
      if (codes.matches(".er-chips")) codes.hidden = heading.hidden;
    });
    const shown = rows.filter((row) => row.shown).length;
    count.textContent = filled(count.dataset.words, { shown, total: rows.length });
    one(".er-none", tools).hidden = shown > 0;
    keep({ q: search.value.trim(), aspect, code });
  };
  const press = (chip) => chips.forEach((other) => other.setAttribute("aria-pressed", other === chip));
  chips.forEach((chip) => chip.addEventListener("click", () => { press(chip); show(); }));
  search.addEventListener("input", show);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && search.value) { search.value = ""; show(); }
  });
  requirement?.addEventListener("change", show);
  one(".er-none button", tools).addEventListener("click", () => { read(new URLSearchParams()); search.focus(); });

  // ---- comparing: bars of what is ticked; one scale for each unit

  const compare = one(".er-compare");
  const chosen = one(".er-chosen");
  const boxes = all("fieldset input", compare);
  const periods = () => boxes.filter((box) => box.checked);
  const label = (box) => box.parentNode.textContent.trim();
  const ticked = () => rows.filter((row) => row.box.checked);
  const amount = (cell) => cell?.kind === "nil" ? 0 : cell?.kind === "value" ? Number(cell.value) : null;
  const said = (cell) => !cell ? words["not-available"] : words[cell.kind] ? filled(words.both, { name: cell.printed, other: words[cell.kind] }) : cell.printed;
  const wide = (text) => [...text].reduce((sum, letter) => sum + (letter > "\u2e7f" ? 14 : 7.8), 0);

  const bars = (row, low, high, { before, after, whole }) => {
    const shown = periods();
    const scale = Math.max(whole - before - after, 40) / (high - low || 1);
    const zero = before - low * scale;
    const spoken = shown.map((box) => `${label(box)} ${said(row.values[box.value])}`).join(words.comma);
    const drawing = made("svg", { role: "img", "aria-label": `${row.name}${words.comma}${spoken}`, viewBox: `0 0 ${whole} ${shown.length * 24}`, width: whole, height: shown.length * 24 });
    shown.forEach((box, number) => {
      const [top, value] = [number * 24, amount(row.values[box.value])];
      const length = (value ?? 0) * scale;
      const text = (x, words) => made("text", { x, y: top + 16, fill: "var(--label)", "font-size": 13 }, words);
      drawing.append(text(0, label(box)));
      if (value) drawing.append(made("rect", { x: zero + Math.min(length, 0), y: top + 3, width: Math.abs(length), height: 18, fill: `var(--${box.dataset.colour})` }));
      drawing.append(text(zero + Math.max(length, 0) + 7, said(row.values[box.value])));
    });
    drawing.append(made("line", { x1: zero, x2: zero, y1: 0, y2: shown.length * 24, stroke: "var(--axis)" }));
    return drawing;
  };
  const draw = () => {
    const found = ticked();
    const place = one(".er-bars", compare);
    const units = [...new Set(found.map((row) => row.unit))];
    compare.hidden = chosen.hidden = !found.length;
    place.replaceChildren();
    if (!found.length) return;
    one(".er-scale", compare).textContent = units.length > 1 ? words.several : units[0] ? filled(words.one, { unit: units[0] }) : "";
    const widest = (texts) => Math.max(0, ...texts.map(wide)) + 10;
    const room = {
      before: widest(periods().map(label)),
      after: widest(found.flatMap((row) => periods().map((box) => said(row.values[box.value])))),
      whole: Math.max(260, Math.min(place.clientWidth, 900)),
    };
    units.forEach((unit) => {
      const own = found.filter((row) => row.unit === unit);
      const amounts = own.flatMap((row) => periods().map((box) => amount(row.values[box.value]) ?? 0));
      own.forEach((row) => {
        place.append(made("p", {}, row.name, " ", made("small", {}, unit)));
        if (amounts.length) place.append(bars(row, Math.min(0, ...amounts), Math.max(0, ...amounts), room));
      });
    });
    const head = [words.name, words.unit, ...periods().map(label)].map((text) => made("th", { scope: "col" }, text));
    const lines = found.map((row) => made("tr", {}, made("th", { scope: "row" }, row.name), made("td", { class: "u" }, row.unit),
      ...periods().map((box) => made("td", { class: "n" }, said(row.values[box.value])))));
    one("table", compare).replaceChildren(made("thead", {}, made("tr", {}, ...head)), made("tbody", {}, ...lines));
  };
  const choose = () => {
    const [found, shown] = [ticked(), periods()];
    draw();
    one("[data-words]", chosen).textContent = filled(one("[data-words]", chosen).dataset.words, { rows: found.length });
    keep({ rows: found.map((row) => row.key).join(" "), periods: shown.length < boxes.length && shown.map((box) => box.value).join(" ") });
  };
  rows.forEach((row) => row.box.addEventListener("change", choose));
  boxes.forEach((box) => box.addEventListener("change", choose));
  one("button", chosen).addEventListener("click", () => {
    rows.forEach((row) => { row.box.checked = false; });
    choose();
    search.focus();
  });
  one("a", chosen).addEventListener("click", (event) => { // its address would take the place of what is kept
    event.preventDefault();
    compare.focus({ preventScroll: true });
    compare.scrollIntoView();
  });
  new ResizeObserver(() => { if (!compare.hidden) draw(); }).observe(tools);
  document.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = step && rows.filter((row) => row.shown);
    const next = step && at.findIndex((row) => row.box === event.target);
    if (!step || next < 0) return;
    event.preventDefault();
    at[next + step]?.box.focus();
  });

  // ---- taking away: what is ticked, else what is shown

  const taken = () => ticked().length ? ticked() : rows.filter((row) => row.shown);
  const isNumber = (text) => /^-?\d+(\.\d+)?$/.test(text);
  const harmless = (text) => /^([=+@＝＋＠\t\r]|[-－](?![\d.]+$))/.test(text) ? `'${text}` : text; // no formula for a spreadsheet
  // How figures were come by: a column where any is restated or estimated.
  const restated = rows.some(({ values }) => Object.values(values).some(({ status }) => status));
  const statuses = (row) => boxes.filter((box) => row.values[box.value]?.status).map((box) => `${label(box)} ${row.values[box.value].status}`).join(words.comma);
  const table = () => [
    [words.id, words.name, words.unit, words.codes, ...boxes.map(label), ...(restated ? [words.status] : [])],
    ...taken().map((row) => [row.id, row.name, row.unit, row.codes.join(" "), ...boxes.map((box) => {
      const cell = row.values[box.value];
      return cell ? cell.kind === "value" ? cell.value : said(cell) : "";
    }), ...(restated ? [statuses(row)] : [])]),
  ];
  const csv = () => `\ufeff${table().map((line) => line.map(harmless).map((text) => /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text).join(",")).join("\r\n")}\r\n`;
  const tabbed = () => table().map((line) => line.map((text) => harmless(text.replace(/\s+/g, " "))).join("\t")).join("\n");
  const json = () => `${JSON.stringify({
    language: document.documentElement.lang,
    rows: taken().map(({ id, name, unit, codes, values }) => ({ id, name, unit, answers: codes, values })),
  }, null, 1)}\n`;

  // A workbook is an archive of a few XML files, stored as they are. What has more digits than a spreadsheet keeps is text.
  const xml = (text) => text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "").replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt()};`);
  const cell = (text, number) => number && isNumber(text) && text.replace(/\D/g, "").length < 16
    ? `<c><v>${text}</v></c>`
    : `<c t="inlineStr"><is><t xml:space="preserve">${xml(text)}</t></is></c>`;
  const xlsx = () => {
    const lines = table().map((line, at) => `<row>${line.map((text, column) => cell(text, at && column > 3)).join("")}</row>`);
    const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const packed = "http://schemas.openxmlformats.org/package/2006";
    const link = (type, target) => `<Relationships xmlns="${packed}/relationships"><Relationship Id="r1" Type="${office}/${type}" Target="${target}"/></Relationships>`;
    const kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    return zip({
      "[Content_Types].xml": `<Types xmlns="${packed}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/book.xml" ContentType="${kind}.sheet.main+xml"/><Override PartName="/sheet.xml" ContentType="${kind}.worksheet+xml"/></Types>`,
      "_rels/.rels": link("officeDocument", "book.xml"),
      "_rels/book.xml.rels": link("worksheet", "sheet.xml"),
      "book.xml": `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="data" sheetId="1" r:id="r1"/></sheets></workbook>`,
      "sheet.xml": `<worksheet xmlns="${main}"><cols><col min="1" max="2" width="44" customWidth="1"/><col min="3" max="20" width="16" customWidth="1"/></cols><sheetData>${lines.join("")}</sheetData></worksheet>`,
    });
  };
  const zip = (files) => {
    const little = (...numbers) => numbers.flatMap(([value, size]) => Array.from({ length: size }, (_, byte) => (value >>> (8 * byte)) & 255));
    const [parts, listed] = [[], []];
    let offset = 0;
    Object.entries(files).forEach(([path, text]) => {
      const [name, data] = [path, `<?xml version="1.0" encoding="UTF-8"?>${text}`].map((each) => new TextEncoder().encode(each));
      let sum = -1;
      data.forEach((byte) => {
        sum ^= byte;
        for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
      });
      const about = little([20, 2], [0, 4], [0, 2], [33, 2], [~sum, 4], [data.length, 4], [data.length, 4], [name.length, 2], [0, 2]);
      const own = [...little([0x04034b50, 4]), ...about, ...name];
      listed.push(...little([0x02014b50, 4], [20, 2]), ...about, ...little([0, 6], [0, 4], [offset, 4]), ...name);
      parts.push(new Uint8Array(own), data);
      offset += own.length + data.length;
    });
    const many = parts.length / 2;
    const end = little([0x06054b50, 4], [0, 4], [many, 2], [many, 2], [listed.length, 4], [offset, 4], [0, 2]);
    return new Blob([...parts, new Uint8Array([...listed, ...end])]);
  };

  const say = (text) => { one(".er-said", tools).textContent = text; };
  const copy = async () => {
    const text = tabbed();
    try { await navigator.clipboard.writeText(text); return true; } catch { // not offered to a page from a folder
      const area = made("textarea", { readonly: "" });
      area.value = text;
      tools.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  };
  const save = (kind) => {
    const file = `${tools.dataset.erData}-data.${document.documentElement.lang}.${kind}`;
    const link = made("a", { download: file, href: URL.createObjectURL(new Blob([{ csv, json, xlsx }[kind]()])) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    say(filled(words.saved, { rows: taken().length, file }));
  };
  one(".er-take", tools).addEventListener("click", async (event) => {
    const kind = event.target.value;
    if (!kind) return;
    if (kind !== "copy") save(kind);
    else {
      const done = await copy();
      event.target.focus();
      say(done ? filled(words.copied, { rows: taken().length }) : words.failed);
    }
  });

  // ---- what the address says

  const read = (wanted) => {
    search.value = wanted.get("q") || "";
    press(chips.find((chip) => chip.value && chip.value === wanted.get("aspect")) || chips[0]);
    if (requirement) {
      requirement.value = wanted.get("code") || "";
      if (requirement.selectedIndex < 0) requirement.value = "";
    }
    const [keys, shown] = ["rows", "periods"].map((name) => (wanted.get(name) || "").split(" ").filter(Boolean));
    rows.forEach((row) => { row.box.checked = keys.includes(row.key); });
    boxes.forEach((box) => { box.checked = !shown.length || shown.includes(box.value); });
    show();
    choose();
  };
  const content = tools.closest("article");
  tools.addEventListener("focusin", () => content.classList.add("er-finding"));
  addEventListener("hashchange", () => content.classList.remove("er-finding")); // a row is scrolled to where it is
  onKept(read);
  read(kept());
})();
