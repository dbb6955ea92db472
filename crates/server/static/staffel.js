// What the script adds. Every page works without it; nothing here holds a rule of the field.
"use strict";
(() => {
  const root = document.documentElement;
  root.dataset.script = "";
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const later = (run, wait) => {
    let timer;
    return (...args) => { clearTimeout(timer); timer = setTimeout(run, wait, ...args); };
  };
  const typing = (target) => target.closest?.("input:not([type=checkbox],[type=radio],[type=button],[type=submit]), textarea, select, [contenteditable]");
  const dirty = (within) => all("input, textarea, select", within).some((field) =>
    field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
      : field.options ? field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected))
        : field.type !== "hidden" && field.value !== field.defaultValue);

  // Relative times: "vor 5 Min." stays true while the page is open.
  // As the server tells them: minutes up to an hour, hours up to a day, then days of the calendar.
  const dayOf = (time) => { const at = new Date(time); return Date.UTC(at.getFullYear(), at.getMonth(), at.getDate()) / 86400000; };
  function amount(at, seconds) {
    if (Math.abs(seconds) < 3600) return [Math.trunc(seconds / 60), "minute"];
    if (Math.abs(seconds) < 86400) return [Math.trunc(seconds / 3600), "hour"];
    // The day on which clocks are set back is longer than a day.
    return [dayOf(at) - dayOf(Date.now()) || Math.sign(seconds), "day"];
  }
  // Abbreviated where the language has abbreviations that read well: "vor 5 Min.", "5 minutes ago".
  const style = root.lang === "en" ? "long" : "short";
  const relative = new Intl.RelativeTimeFormat(root.lang || "de", { numeric: "always", style });
  const now = new Intl.RelativeTimeFormat(root.lang || "de", { numeric: "auto" }).format(0, "second");
  const told = new WeakSet();
  function tellTimes() {
    for (const element of all("time[datetime][data-relative]")) {
      const at = Date.parse(element.dateTime), seconds = (at - Date.now()) / 1000;
      if (!(Math.abs(seconds) < 7 * 86400)) continue;
      const [count, unit] = amount(at, seconds);
      // "Gerade eben", as the page says it, is better than "vor 0 Min.".
      if (!count && !told.has(element)) continue;
      told.add(element);
      element.textContent = count ? relative.format(count, unit) : now;
    }
  }
  tellTimes();
  setInterval(tellTimes, 60000);

  // Toasts: a polite word in the corner.
  function toast(text) {
    const place = document.querySelector(".toasts");
    if (!place || !text) return;
    const note = document.createElement("div");
    note.className = "toast";
    note.textContent = text;
    place.replaceChildren(note);
    setTimeout(() => note.remove(), 5000);
  }

  // Live parts: when the server says that something changed, fetch the parts anew and put them in,
  // but never under somebody's hands. A part in use waits until it is left.
  const waiting = new Set();
  const inUse = (part) => {
    const focus = document.activeElement;
    return (part.contains(focus) && typing(focus)) || part.querySelector("details[data-menu][open]") || dirty(part);
  };
  const find = (page, id) => page.querySelector(`[data-live-part="${CSS.escape(id)}"]`);
  // One request names all parts it wants; the answer may be the whole page or those parts only.
  async function refresh(parts) {
    const free = parts.filter((part) => { if (inUse(part)) waiting.add(part); return !inUse(part); });
    if (!free.length) return false;
    const wanted = free.map((part) => part.dataset.livePart).join(" ");
    const answer = await fetch(location.href, { headers: { "X-Part": wanted }, cache: "no-store" }).catch(() => null);
    if (!answer?.ok || answer.redirected) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return free.map((part) => put(part, page)).some((changed, at) => changed && free[at].dataset.livePart !== "nav");
  }
  function put(part, page) {
    const fresh = find(page, part.dataset.livePart);
    if (!fresh) return false;
    if (inUse(part)) { waiting.add(part); return false; }
    waiting.delete(part);
    if (plain(part) === plain(fresh)) return false;
    const focus = part.contains(document.activeElement) ? document.activeElement : null;
    const mark = focus && (focus.id ? `#${CSS.escape(focus.id)}` : ["href", "data-row-href"].filter((name) => focus.hasAttribute(name))
      .map((name) => `[${name}="${CSS.escape(focus.getAttribute(name))}"]`)[0]);
    const [x, y] = [part.scrollLeft, part.scrollTop];
    part.replaceChildren(...document.importNode(fresh, true).childNodes);
    part.scrollTo(x, y);
    walkable(part);
    for (const region of all(".table-region", part)) fits.observe(region);
    showChosen(part);
    tellTimes();
    if (mark) part.querySelector(mark)?.focus({ preventScroll: true });
    return true;
  }
  // What the script itself writes into the page is no change.
  function plain(original) {
    const part = original.cloneNode(true);
    for (const region of all("[data-fits]", part)) region.removeAttribute("data-fits");
    for (const element of all("time[data-relative]", part)) element.textContent = "";
    for (const row of all("tr[tabindex]", part)) row.removeAttribute("tabindex");
    return part.innerHTML.trim();
  }
  async function refreshAll(text) {
    if (await refresh(all("[data-live-part]"))) toast(text);
  }
  const live = document.querySelector("[data-live]");
  if (live?.dataset.live) {
    const source = new EventSource(live.dataset.live);
    const update = later(() => refreshAll(live.dataset.liveText), 150);
    let lost = false;
    source.addEventListener("changed", update);
    source.addEventListener("error", () => { lost = true; });
    source.addEventListener("open", () => { if (lost) update(); lost = false; });
    addEventListener("pagehide", () => source.close());
    addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
    document.addEventListener("focusout", later(() => waiting.size && refresh([...waiting]), 300));
    document.addEventListener("toggle", later(() => waiting.size && refresh([...waiting]), 300), true);
  }

  // Filters submit themselves.
  for (const form of all("form[data-auto-submit]")) {
    const send = () => { if (form.reportValidity()) form.requestSubmit(); };
    const soon = later(send, 500);
    // A part with a button of its own waits for it.
    // Its fields may stand elsewhere: those of a table stand beneath its head.
    const ours = (event) => event.target.form === form && !event.target.closest("[data-own-submit]");
    document.addEventListener("change", (event) => { if (ours(event) && event.target.type !== "search") send(); });
    document.addEventListener("input", (event) => { if (ours(event) && event.target.matches("[type=search], [type=text]")) soon(); });
    // Empty filters only make the address long.
    form.addEventListener("formdata", (event) => {
      for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
    });
  }

  // One box for all of a table.
  document.addEventListener("change", ({ target }) => {
    if (!target.matches?.("[data-select-all]")) return;
    const boxes = `input[type="checkbox"][form="${target.dataset.selectAll}"]:not(:disabled)`;
    for (const box of all(boxes)) box.checked = target.checked;
  });

  // A browser cuts what is pasted beyond the limit without a word: close to it, the figures say so.
  const figures = new Intl.NumberFormat(root.lang || "de");
  document.addEventListener("input", ({ target }) => {
    if (!target.matches?.("textarea[maxlength]")) return;
    const near = target.value.length > 0.9 * target.maxLength;
    let count = target.parentElement.querySelector(".letters");
    if (near && !count) {
      count = document.createElement("p");
      count.className = "hint letters";
      count.setAttribute("role", "status");
      target.after(count);
    }
    if (count) count.textContent = near ? `${figures.format(target.value.length)} / ${figures.format(target.maxLength)}` : "";
  });

  // Menus close on Escape and on a click elsewhere.
  const closeMenus = (except) => all("details[data-menu][open]").forEach((menu) => { if (!menu.contains(except)) menu.open = false; });
  document.addEventListener("click", (event) => closeMenus(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.activeElement?.closest("details[data-menu][open]") ?? document.querySelector("details[data-menu][open]");
    if (open) { open.open = false; open.querySelector("summary").focus(); }
  });

  // Rows: the mouse opens them anywhere, j and k walk, Enter opens. "/" goes to the search.
  function walkable(within) { for (const row of all("tr[data-row-href]", within)) row.tabIndex = -1; }
  walkable(document);
  document.addEventListener("click", (event) => {
    const row = event.target.closest?.("tr[data-row-href]");
    if (!row || event.target.closest("a, button, input, label, summary, select") || String(getSelection())) return;
    if (event.ctrlKey || event.metaKey) open(row.dataset.rowHref, "_blank", "noopener"); else location.assign(row.dataset.rowHref);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "/") {
      const fields = all("[data-search]").filter((field) => field.checkVisibility?.() ?? field.offsetParent);
      const field = fields.find((candidate) => candidate.closest("main")) ?? fields[0];
      if (field) { event.preventDefault(); field.focus(); field.select(); }
      return;
    }
    const row = document.activeElement?.closest("tr[data-row-href]");
    if (event.key === "Enter" && row && row === document.activeElement) { location.assign(row.dataset.rowHref); return; }
    const arrow = row && row === document.activeElement;
    const step = event.key === "j" || (arrow && event.key === "ArrowDown") ? 1 : event.key === "k" || (arrow && event.key === "ArrowUp") ? -1 : 0;
    const rows = all("tr[data-row-href]");
    if (!step || !rows.length) return;
    event.preventDefault();
    const at = rows.indexOf(row);
    const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))];
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  });

  // Tables that fit keep their heads in sight (see [data-fits] in the style); the others scroll sideways.
  const fits = new ResizeObserver((entries) => entries.forEach(({ target }) =>
    target.toggleAttribute("data-fits", target.firstElementChild?.scrollWidth <= target.clientWidth)));
  for (const region of all(".table-region")) fits.observe(region);

  // On a phone lists stand in a strip that scrolls: the chosen one comes into sight, also when the phone is turned.
  function showChosen(within) {
    for (const chosen of all(".side-tabs a[aria-current]", within)) {
      const strip = chosen.closest("ul");
      strip.scrollLeft = chosen.offsetLeft - strip.offsetLeft - (strip.clientWidth - chosen.offsetWidth) / 2;
    }
  }
  showChosen(document);
  addEventListener("resize", () => showChosen(document));

  // A form is sent once; whoever comes back may send it again.
  const started = new Set();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (started.has(form)) { event.preventDefault(); return; }
    started.add(form);
    keep(form);
    // After this turn, so that the pressed button's own name and value still travel.
    setTimeout(() => [...form.elements].forEach((part) => { if (part.type === "submit") part.disabled = true; }));
  });
  addEventListener("pageshow", () => {
    for (const form of started) [...form.elements].forEach((part) => { if (part.type === "submit") part.disabled = false; });
    started.clear();
  });

  // A session that has ended loses nothing: what a form sends is kept in this window until the answer is there. If that
  // is the sign-in, it is put back into its form afterwards – for the same person, and once.
  const store = (draft) => {
    try { if (draft) sessionStorage.setItem("draft", JSON.stringify(draft)); else sessionStorage.removeItem("draft"); } catch { /* a store that is full or forbidden keeps nothing */ }
  };
  const who = document.body.dataset.who && `${document.querySelector(".brand-company")?.textContent}: ${document.body.dataset.who}`;
  const kinds = ["text", "email", "tel", "url", "search", "date", "datetime-local", "checkbox", "radio"];
  const written = (form) => [...form.elements].filter((field) => field.name && (field.matches("textarea, select") || kinds.includes(field.type)));
  function keep(form) {
    const fields = written(form);
    if (!who || !fields.some((field) => field.matches("textarea, [type=text]") && field.value)) return;
    const values = fields.map((field) => [field.name, field.type, field.value, field.checked]);
    store({ who, path: location.pathname, action: form.getAttribute("action"), values });
  }
  function putBack(draft) {
    const form = all("form[method=post]").find((candidate) => candidate.getAttribute("action") === draft.action);
    // Whoever signs in instead does not even keep it.
    if (who && draft.who !== who) store(null);
    if (draft.who !== who || draft.path !== location.pathname || !form) return;
    written(form).forEach((field, at) => {
      const [name, type, value, checked] = draft.values[at] ?? [];
      if (field.name !== name || field.type !== type) return;
      if (type === "checkbox" || type === "radio") field.checked = checked; else field.value = value;
    });
    const note = document.createElement("p");
    note.className = "flash tone-info";
    note.setAttribute("role", "status");
    note.textContent = document.body.dataset.draftText;
    form.prepend(note);
    note.scrollIntoView({ block: "center" });
    store(null);
  }
  let draft = null;
  try { draft = JSON.parse(sessionStorage.getItem("draft")); } catch { /* nothing that could be read is nothing kept */ }
  const kept = document.querySelector("[data-draft-kept]");
  if (draft && kept) { kept.hidden = false; store({ ...draft, ended: true }); }
  else if (draft?.ended) putBack(draft);
  else store(null);

  // What was typed is not lost by a wrong click.
  addEventListener("beforeunload", (event) => {
    if (all("form[data-warn-unsaved]").some((form) => !started.has(form) && dirty(form))) event.preventDefault();
  });

  // Forms that the server computes while one types: sums, warnings, the preview.
  for (const form of all("form[data-compute]")) {
    let asked = 0;
    const compute = later(async () => {
      // On its way there is nothing left to compute.
      if (started.has(form)) return;
      const mine = ++asked;
      const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
      const answer = await fetch(form.dataset.compute, { method: "POST", body }).catch(() => null);
      if (!answer?.ok || answer.redirected || mine !== asked) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const place = form.querySelector("[data-computed]") ?? document.querySelector("[data-computed]");
      const fresh = page.querySelector("[data-computed]") ?? (page.querySelector("main") ? null : page.body);
      if (place && fresh) place.replaceChildren(...document.importNode(fresh, true).childNodes);
      tellTimes();
    }, 300);
    form.addEventListener("input", compute);
    form.addEventListener("change", compute);
  }

  // Files travel with a bar that fills.
  for (const form of all("form[data-upload]")) {
    form.addEventListener("submit", (event) => {
      const files = all("input[type=file]", form).flatMap((field) => [...field.files]);
      if (event.defaultPrevented || !files.length) return;
      event.preventDefault();
      if (started.has(form)) return;
      const again = () => { started.delete(form); [...form.elements].forEach((part) => { if (part.type === "submit") part.disabled = false; }); bar.remove(); };
      const request = new XMLHttpRequest();
      const data = new FormData(form, event.submitter);
      const bar = document.createElement("progress");
      bar.max = 100;
      form.append(bar);
      started.add(form);
      [...form.elements].forEach((part) => { if (part.type === "submit") part.disabled = true; });
      request.upload.onprogress = ({ loaded, total }) => { bar.value = (100 * loaded) / total; };
      request.onload = () => {
        if (request.status < 400) { location.assign(request.responseURL); if (new URL(request.responseURL).pathname === location.pathname) location.reload(); return; }
        const page = new DOMParser().parseFromString(request.responseText, "text/html");
        const main = page.querySelector("main");
        if (main) document.querySelector("main").replaceChildren(...main.childNodes); else again();
      };
      request.onerror = () => { again(); form.submit(); };
      // A button's own `formAction` is the page's address where it has none.
      request.open("POST", event.submitter?.hasAttribute("formaction") ? event.submitter.formAction : form.action);
      request.send(data);
    });
  }

  document.querySelector("[data-focus]")?.focus();
})();
