// In every page of a preview: what is found, which page is new, PDFs of drafts. It never gets into a built site.
// Used by  preview_server.py
(() => {
  const self = document.currentScript, page = self.dataset.page, from = Number(self.dataset.number);
  const language = self.dataset.ui === "zh-Hant" ? 1 : 0; // that of the findings
  const WORDS = {
    preview: ["Preview", "預覽"],
    error: ["error", "項錯誤"],
    warning: ["warning", "項警告"],
    open: ["to be filled", "處待補"],
    clean: ["nothing found", "沒有發現問題"],
    looking: ["checking…", "檢查中…"],
    stopped: ["Not shown: correct this first. Below is the page as it was.", "未能顯示：請先更正。以下為先前的頁面。"],
    nothing: ["Nothing can be shown yet: correct this first.", "暫時未能顯示：請先更正。"],
    away: ["The preview has ended. Start it again with: esgreport serve", "預覽已結束。請再執行：esgreport serve"],
    chapter: ["PDF of this chapter", "本章 PDF"],
    book: ["PDF of the whole report", "整份報告 PDF"],
    here: ["On this page", "本頁"],
    elsewhere: ["Elsewhere", "其他"],
    empty: ["Still to be filled on this page", "本頁待補"],
    more: ["on other pages; esgreport index --missing lists them", "處在其他頁面，見 esgreport index --missing"],
  };
  const word = (name) => WORDS[name][language];
  const element = (name, of, text) => Object.assign(document.createElement(name), { className: of ?? "", textContent: text ?? "" });

  const host = document.body.appendChild(element("div"));
  const root = host.attachShadow({ mode: "open" });
  root.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: "/-/preview.css" }));
  const bar = root.appendChild(element("section"));
  bar.setAttribute("aria-label", word("preview"));
  const said = bar.appendChild(element("button", "said", word("preview")));
  said.setAttribute("aria-expanded", "false");
  const panel = bar.appendChild(element("div", "panel"));
  panel.hidden = true;
  const opened = (open) => { panel.hidden = !open; said.setAttribute("aria-expanded", String(open)); };
  said.onclick = () => { opened(panel.hidden); sessionStorage.setItem("er-preview", panel.hidden ? "" : "open"); };
  root.addEventListener("keydown", (event) => { if (event.key === "Escape") { opened(false); said.focus(); } });

  const [folder, file] = page.includes("/") ? page.split("/") : ["", ""];
  const id = file?.replace(/\.html$/, "");
  const sources = [`content/${folder}/${id === "index" ? "home" : id}.md`];

  function finding(each) {
    const item = element("li", each.open ? "open" : each.severity);
    item.append(element("code", "place", each.place), element("span", "kind", each.code), element("p", "message", each.message));
    if (each.help) item.append(element("p", "help", each.help));
    return item;
  }

  function show(state) {
    const { errors, warnings, open } = state.summary;
    const count = (number, name) => number && `${number} ${word(name)}${number > 1 && !language ? "s" : ""}`;
    const counts = [count(errors, "error"), count(warnings, "warning"), open && `${open} ${word("open")}`].filter(Boolean).join(language ? "，" : ", ");
    bar.className = state.stopped || errors ? "error" : warnings ? "warning" : open ? "open" : "clean";
    said.textContent = `${word("preview")}${language ? "：" : ": "}${counts || (state.checked ? word("clean") : word("looking"))}`;
    panel.textContent = "";
    if (state.stopped) panel.append(element("p", "stopped", word(page ? "stopped" : "nothing")));
    const some = (empty, here) => state.findings.filter((each) => each.open === empty && sources.includes(each.path) === here);
    for (const [name, found] of [["here", some(false, true)], ["elsewhere", some(false, false)], ["empty", some(true, true)]]) {
      if (!found.length) continue;
      panel.append(element("h2", "", word(name)));
      const list = panel.appendChild(element("ul"));
      for (const each of found.slice(0, 60)) list.append(finding(each));
      if (found.length > 60) list.append(element("li", "", `+ ${found.length - 60}`));
    }
    const others = some(true, false).length;
    if (others) panel.append(element("p", "help", `${others} ${word("more")}`));
    if (folder) {
      const ways = panel.appendChild(element("p", "ways"));
      if (id !== "index") ways.append(Object.assign(element("a", "", word("chapter")), { href: `/-/${folder}/${id}.pdf`, target: "_blank" }));
      ways.append(Object.assign(element("a", "", word("book")), { href: `/-/${folder}/book.pdf`, target: "_blank" }));
    }
    opened(state.stopped || Boolean(sessionStorage.getItem("er-preview")));
  }

  const news = new EventSource("/-/news");
  news.onmessage = (event) => {
    const state = JSON.parse(event.data);
    if ((state.pages[page] ?? 0) > from || state.beside > from || (!page && state.number > from && state.languages.length)) { news.close(); location.reload(); return; }
    show(state);
    host.dataset.state = state.stopped ? "stopped" : state.checked ? "checked" : "shown"; // for whoever waits for it
    host.dataset.number = state.number;
  };
  news.onerror = () => { bar.className = "error"; said.textContent = word("away"); };
})();
