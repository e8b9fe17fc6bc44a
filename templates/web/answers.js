/* A printed figure answers who asks it: by click, tap, or Enter on it. What it says is written by the build, a file for
   each metric (figures/*.js, from web/answer.html), and fetched when first asked: as a script, which works from a
   folder too, and under a policy that allows the own host alone.
   Used by  every page of a website, in one file with web.js. Takes its two words from the element of that. */
(() => {
  if (!document.querySelector("[data-figure]")) return;
  const words = document.currentScript.dataset;
  const folders = JSON.parse(words.folders ?? "{}"); // of languages side by side: each answers from its own
  const ASKED = "[data-figure], [data-answer]";
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const named = (element) => element.dataset.figure || element.dataset.answer;

  const language = (element) => element.closest("[lang]").lang;
  const told = {}; // by language
  const coming = {};
  window.erAnswers = (answers) => Object.assign(told[document.currentScript.lang] ??= {}, answers);
  const fetched = (metric, lang) => coming[metric + lang] ??= new Promise((arrived, failed) => {
    const script = document.createElement("script");
    script.src = `${folders[lang] ?? ""}figures/${metric}.js`;
    script.lang = lang;
    script.onload = arrived;
    script.onerror = () => { delete coming[metric + lang]; script.remove(); failed(); };
    document.head.append(script);
  });

  // ---- the answer: a dialog beside the figure, or on a phone a sheet from below

  const wide = matchMedia("(min-width: 44.01rem)");
  const dialog = document.createElement("dialog");
  dialog.className = "er-answer";
  dialog.setAttribute("aria-labelledby", "er-answer-name");
  const button = (name, text, act) => {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", className: name, onclick: act });
    made.append(text);
    return made;
  };
  const way = []; // from the figure that was asked first to the one that is told now
  const back = button("er-answer__back", `← ${words.back}`, () => { way.pop(); tell(); });
  const close = button("er-answer__close", "×", () => dialog.close());
  close.setAttribute("aria-label", words.close);
  const body = document.createElement("div");
  body.className = "er-answer__body";
  dialog.append(back, close, body);
  document.body.append(dialog);

  let from; // what was asked on the page: the place to come back to
  const place = () => {
    const { style } = dialog;
    style.position = wide.matches ? "absolute" : "";
    if (!wide.matches) { style.left = style.top = ""; return; }
    const [around, own] = [from.getBoundingClientRect(), dialog.getBoundingClientRect()];
    const [right, foot] = [document.documentElement.clientWidth, innerHeight];
    let left = Math.max(16, Math.min(around.left - 24, right - own.width - 16));
    let top = around.bottom + 10;
    if (top + own.height > foot - 8) top = around.top - 10 - own.height;
    if (top < 8) { // neither below nor above: to a side
      top = Math.max(8, Math.min(around.top - 24, foot - own.height - 8));
      if (around.right + own.width + 24 < right) left = around.right + 16;
      else if (around.left - own.width > 24) left = around.left - own.width - 16;
    }
    style.left = `${left + scrollX}px`;
    style.top = `${top + scrollY}px`;
  };
  const tell = () => {
    body.innerHTML = told[body.lang][way[way.length - 1]];
    back.hidden = way.length < 2;
    if (!dialog.open) {
      dialog.removeAttribute("style"); // not yet of the page, or the focus that goes in would move it
      dialog.showModal();
    }
    dialog.scrollTop = 0;
    place();
    body.querySelector("h2").focus({ preventScroll: true });
  };
  const ask = (element) => {
    const [id, lang] = [named(element), language(element)];
    fetched(id.split(/[~@]/)[0], lang).then(() => {
      if (!told[lang][id]) throw id;
      if (!dialog.contains(element)) {
        from = reached(element);
        from.classList.add("er-asked");
        way.length = 0;
        body.lang = lang;
      }
      way.push(id);
      tell();
    }).catch(() => { if (element.href) location.assign(element.href); });
  };
  const outside = ({ target, clientX: x, clientY: y }) => {
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    return target === dialog && (x < left || x > right || y < top || y > bottom);
  };
  dialog.addEventListener("click", (event) => {
    event.stopPropagation();
    const next = event.target.closest("[data-answer]");
    if (next) ask(next);
    else if (event.target.closest("a[href]")) dialog.close();
    else if (outside(event)) {
      dialog.close();
      const below = document.elementFromPoint(event.clientX, event.clientY)?.closest(ASKED); // from figure to figure
      if (below && askable(below)) ask(below);
    }
  });
  dialog.addEventListener("keydown", (event) => event.stopPropagation()); // letters are no shortcuts here
  dialog.addEventListener("close", () => {
    from.classList.remove("er-asked");
    from.focus({ preventScroll: true });
  });
  wide.addEventListener("change", () => { if (dialog.open) place(); });

  // ---- asking

  const askable = (element) => element.matches("a") || !element.closest("a[href]");
  // What holds the focus for a figure: itself; in a drawing its text, and for a bar the text that says its number.
  const reached = (element) => {
    const drawing = element.closest("svg");
    const found = drawing
      ? all("tspan[data-figure], tspan[data-answer]", drawing).find((one) => named(one) === named(element))
      : element;
    const control = found?.closest("text") || found || drawing.querySelector("[tabindex='0']") || element;
    reach(control);
    return control;
  };
  const reach = (control) => {
    const group = control.closest("table, .drawing svg");
    if (group && control.tabIndex) all("[tabindex='0']", group).forEach((other) => { other.tabIndex = -1; });
    control.tabIndex = 0;
    control.setAttribute("aria-haspopup", "dialog");
    if (!control.matches("a")) control.setAttribute("role", "button");
  };

  document.addEventListener("click", (event) => {
    const element = event.target.closest(ASKED);
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!element || !askable(element) || elsewhere || !getSelection().isCollapsed) return;
    event.preventDefault();
    ask(element);
  });

  // ---- by keyboard: a table or drawing is one stop, arrows go from figure to figure in it

  const middle = (element) => { const { left, right } = element.getBoundingClientRect(); return (left + right) / 2; };
  const step = (controls, control, key) => {
    const at = controls.indexOf(control);
    const row = control.closest("tr");
    if (key === "ArrowLeft" || (key === "ArrowUp" && !row)) return controls[at - 1];
    if (key === "ArrowRight" || (key === "ArrowDown" && !row)) return controls[at + 1];
    if (key === "Home" || key === "End") {
      const own = row ? controls.filter((other) => other.closest("tr") === row) : controls;
      return key === "Home" ? own[0] : own[own.length - 1];
    }
    const others = key === "ArrowUp" ? controls.slice(0, at).reverse() : controls.slice(at);
    const next = others.map((other) => other.closest("tr")).find((other) => other !== row);
    const near = (other) => Math.abs(middle(other) - middle(control));
    return controls.filter((other) => other.closest("tr") === next).sort((a, b) => near(a) - near(b))[0];
  };
  const groups = new Map();
  const controls = (group) => {
    if (!groups.has(group)) {
      const figures = all("[data-figure], tspan[data-answer]", group).filter(askable);
      groups.set(group, figures.map((figure) => figure.closest("text") || figure));
    }
    return groups.get(group);
  };
  document.addEventListener("keydown", (event) => {
    const control = event.target.closest?.(".figure, .drawing text");
    if (!control || event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.key === "Enter" || event.key === " ") && control.getAttribute("role") === "button") {
      event.preventDefault();
      ask(control.matches(ASKED) ? control : control.querySelector(ASKED));
    }
    const group = control.closest("table, .drawing svg");
    if (!group || !/^(Arrow|Home$|End$)/.test(event.key)) return;
    event.preventDefault();
    const next = step(controls(group), control, event.key);
    if (next) { reach(next); next.focus(); }
  });

  all("table, .drawing svg").forEach((group) => {
    const found = controls(group);
    found.forEach((control) => { if (control.matches("a")) control.tabIndex = -1; });
    if (found.length) reach(found[0]);
    if (found.length && group.matches("svg")) {
      group.setAttribute("role", "group");
      const said = new Map(all("[data-answer] > title", group).map((title) => [named(title.parentNode), title.textContent]));
      found.forEach((control) => {
        const own = said.get(named(control.querySelector(ASKED)));
        if (own) control.setAttribute("aria-label", own);
      });
    }
  });
  all(".figure[data-figure]").forEach((figure) => { if (!figure.closest("table") && askable(figure)) reach(figure); });

  // ---- in a drawing: a number and the shape that it stands for are seen together

  const point = (event) => {
    const drawing = event.target.closest?.(".drawing svg");
    if (!drawing) return;
    const text = event.target.closest("text");
    const element = event.target.closest(ASKED) || text?.querySelector(ASKED);
    const id = element && /over|in$/.test(event.type) ? named(element) : "";
    const shapes = all(":is(rect, path)[data-answer]", drawing);
    const one = shapes.some((shape) => named(shape) === id);
    shapes.forEach((shape) => shape.classList.toggle("er-faint", one && named(shape) !== id));
  };
  ["pointerover", "pointerout", "focusin", "focusout"].forEach((type) => document.addEventListener(type, point));
})();
