/* What a page does beyond being read; without it everything is still there.
   Used by  every page of a website, in one file with answers.js. Takes the theme's own script, whose address its element says. */
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  document.documentElement.classList.replace("no-js", "js");

  // The theme's script, for the search and the contents beside a page, is three times as long as all of ours. It comes when a
  // reader turns to the page, and has then missed the moment that it waits for.
  const { theme } = document.currentScript.dataset;
  const turns = ["pointermove", "pointerdown", "touchstart", "wheel", "scroll", "keydown", "focusin"];
  const bring = () => {
    turns.forEach((kind) => removeEventListener(kind, bring, true));
    const script = document.createElement("script");
    script.src = theme;
    script.onload = () => document.dispatchEvent(new Event("DOMContentLoaded"));
    document.body.append(script);
  };
  turns.forEach((kind) => addEventListener(kind, bring, { capture: true, passive: true }));
  if (/[?&][qh]=/.test(location.search)) bring(); // an address that opens the search, or marks words

  // Light or dark, as a reader chose before, else as the device does; kept as the theme's script keeps it.
  const options = all(".md-option");
  const shine = (number) => {
    document.body.dataset.mdColorScheme = options[number].dataset.mdColorScheme;
    options.forEach((option, other) => { option.nextElementSibling.hidden = other !== number; });
  };
  const stored = window.__md_get?.("__palette"); // not there where a server forbids scripts within pages
  const fitting = options.findIndex((option) => matchMedia(option.dataset.mdColorMedia).matches);
  if (options.length) shine(Math.min(Math.max(stored?.index ?? fitting, 0), options.length - 1));
  options.forEach((option, index) => option.addEventListener("change", () => {
    const { mdColorMedia: media, mdColorScheme: scheme, mdColorPrimary: primary, mdColorAccent: accent } = option.dataset;
    window.__md_set?.("__palette", { index, color: { media, scheme, primary, accent } });
    shine(index);
  }));

  // The language switch leads to the place that is read: the same page carries the same anchors.
  const switches = all("[data-er-switch]");
  const inSight = (element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  };
  let came = true; // to the place that the address names; until a reader turns away from it, the page may still be on its way
  ["wheel", "touchmove"].forEach((kind) => addEventListener(kind, () => { came = false; }, { passive: true }));
  addEventListener("hashchange", () => { came = true; });
  const carry = () => {
    if (location.hash.includes("=")) { // what is looked for on a page, in the place of a place
      switches.forEach((link) => { link.hash = location.hash; });
      return;
    }
    const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const above = all("article :is(h2, h3)[id]").filter((heading) => heading.getBoundingClientRect().top < 120);
    const place = named && (came || inSight(named)) ? named.id : above.pop()?.id;
    switches.forEach((link) => { link.hash = place ?? ""; });
  };
  switches.forEach((link) => ["pointerdown", "focus", "click"].forEach((kind) => link.addEventListener(kind, carry)));

  // Paper is light.
  let scheme;
  const { dataset } = document.body;
  addEventListener("beforeprint", () => { [scheme, dataset.mdColorScheme] = [dataset.mdColorScheme, "default"]; });
  addEventListener("afterprint", () => { dataset.mdColorScheme = scheme; });

  // Search is a dialog of the theme's, opened by a box that is checked. From a folder the browser lends it no worker.
  const box = document.querySelector("[data-md-toggle=search]");
  const query = document.querySelector("[data-md-component=search-query]");
  const opener = document.querySelector("[data-er-search]");
  const open = () => { if (!box.checked) box.click(); query.focus(); };
  if (location.protocol === "file:") opener.hidden = true;
  else {
    // The theme listens to keys; writing by hand, by voice or by pasting presses none.
    query.addEventListener("input", () => query.dispatchEvent(new KeyboardEvent("keyup")));
    opener.addEventListener("click", open);
    addEventListener("keydown", (event) => {
      const typing = event.target.closest("input, textarea, select, [contenteditable]");
      if (["/", "s", "f"].includes(event.key) && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        open();
      }
    });
    box.addEventListener("change", () => { if (!box.checked) opener.focus({ preventScroll: true }); });
    // Tab goes round in the dialog, which covers the page; left to the theme it would close it, and pass its results by.
    const dialog = document.querySelector("[data-md-component=search]");
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Tab" || !box.checked) return;
      event.preventDefault();
      event.stopPropagation();
      const stops = [...dialog.querySelectorAll("input, button, summary, a:not(details:not([open]) a)")]
        .filter((each) => each.getClientRects().length && getComputedStyle(each).visibility === "visible");
      const next = stops.indexOf(document.activeElement) + (event.shiftKey ? -1 : 1);
      stops.at(next % stops.length).focus();
    }, true);
  }

  // Of the buttons for light and dark the one that is seen has the focus; pressing it changes the scheme.
  options.forEach((option) => option.addEventListener("keydown", (event) => {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    const other = document.getElementById(option.nextElementSibling.htmlFor);
    other.click();
    requestAnimationFrame(() => other.focus());
  }));

  // The menu closes when attention goes elsewhere.
  const menu = document.querySelector(".er-menu");
  addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) { menu.open = false; menu.firstElementChild.focus(); }
  });

  // What a reader looks for stands in the address, so that it can be linked and goes along to the other language.
  const kept = () => new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
  const keep = (wanted) => {
    const all = kept();
    Object.entries(wanted).forEach(([name, value]) => { if (value) all.set(name, value); else all.delete(name); });
    if (`${all}` !== `${kept()}`) history.replaceState(null, "", `${all}` ? `#${all}` : location.pathname + location.search);
  };
  // It is read again where the address changes; a link to a row that is not shown comes before what was looked for.
  const onKept = (read) => addEventListener("hashchange", () => {
    const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    read(kept());
    row?.scrollIntoView();
  });
  const folded = (text) => text.replace(/[^]/gu, (letter) => {
    const plain = letter.normalize("NFKC").toLowerCase();
    return plain.length === letter.length ? plain : letter; // a text keeps its length, so that hits can be marked in it
  });
  window.erFinding = { kept, keep, onKept, folded };

  // A content index by words, and by status where it has them. Items stay with their row, headings with any row below them.
  all("[data-er-filter]").forEach((tools) => {
    const found = [];
    const headings = [];
    const index = tools.closest(".index-table");
    index.querySelectorAll("tbody tr").forEach((row) => {
      if (row.matches(".group")) headings.push({ row, from: found.length });
      else if (row.matches(".item") && found.length) found[found.length - 1].rows.push(row);
      else found.push({ rows: [row], status: row.dataset.status });
    });
    found.forEach((entry) => { entry.text = folded(entry.rows.map((row) => row.textContent).join(" ")); });
    const [words, count] = [tools.querySelector("input"), tools.querySelector("[role=status]")];
    const show = () => {
      const status = tools.querySelector("[aria-pressed=true]")?.value;
      const wanted = folded(words.value).split(/\s+/);
      keep({ [`${index.id}.q`]: words.value.trim(), [`${index.id}.status`]: status });
      found.forEach((entry) => {
        entry.shown = (!status || entry.status === status) && wanted.every((word) => entry.text.includes(word));
        entry.rows.forEach((row) => { row.hidden = !entry.shown; });
      });
      headings.forEach(({ row, from }, number) => {
        row.hidden = !found.slice(from, headings[number + 1]?.from).some((entry) => entry.shown);
      });
      const shown = found.filter((entry) => entry.shown).length;
      count.textContent = count.dataset.words.replace("{shown}", shown).replace("{total}", found.length);
    };
    const press = (chosen) => {
      tools.querySelectorAll("button").forEach((button) => button.setAttribute("aria-pressed", button === chosen));
    };
    tools.addEventListener("click", (event) => {
      const chosen = event.target.closest("button");
      if (!chosen) return;
      press(chosen);
      show();
    });
    words.addEventListener("input", show);
    words.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && words.value) { words.value = ""; show(); }
    });
    const read = (wanted) => {
      const buttons = [...tools.querySelectorAll("button")];
      words.value = wanted.get(`${index.id}.q`) || "";
      press(buttons.find((button) => button.value && button.value === wanted.get(`${index.id}.status`)) || buttons[0]);
      show();
    };
    onKept(read);
    read(kept());
  });

  // A table wider than its column can be moved by keyboard.
  all(".scroll, .er-prose > table").forEach((frame) => { if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0; });
})();
