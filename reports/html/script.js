
// Makes the table of hosts filter, sort and open. All it knows stands in the table; without it the table is still whole.
"use strict";
(() => {
  const table = document.getElementById("host-table");
  if (!table) return; // no host was judged
  const hosts = Array.from(table.tBodies);
  const find = document.getElementById("find");
  const boxes = Array.from(document.querySelectorAll("input[name=verdict]"));
  const shown = document.getElementById("shown");
  const openAll = document.getElementById("open-all");
  const mostOpenedAtOnce = 1000; // more would keep the browser busy for long
  const visible = () => hosts.filter((host) => !host.hidden);

  // A row's evidence is one string until it is first opened. edgesurvey wrote and escaped it, and the page's policy runs no
  // script but this.
  const fill = (details) => {
    const evidence = details.querySelector(":scope > noscript");
    if (!evidence) return;
    evidence.insertAdjacentHTML("afterend", evidence.textContent);
    evidence.remove();
  };
  const open = (host, wanted) => {
    const details = host.querySelector("details");
    if (wanted) fill(details);
    details.open = wanted;
  };
  const summaryOf = (host) => host.querySelector("summary");

  // Filtering: every word must stand somewhere in the row.
  const texts = new Map();
  const textOf = (host) => {
    if (!texts.has(host)) {
      texts.set(host, Array.from(host.rows[0].cells, (cell) => cell.textContent).join(" ").toLowerCase());
    }
    return texts.get(host);
  };
  const filter = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const verdicts = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    for (const host of hosts) {
      host.hidden = !(verdicts.has(host.className) && words.every((word) => textOf(host).includes(word)));
    }
    const count = visible().length;
    shown.textContent = `${count.toLocaleString("en")} of ${hosts.length.toLocaleString("en")} shown`;
    openAll.disabled = count === 0 || count > mostOpenedAtOnce;
  };

  // Sorting: a key for each cell; rows without a value ("\u2013") always come last.
  const verdictOrder = ["cls-exposed", "media-range-open", "inconclusive", "closed"];
  const confidenceOrder = ["high", "medium", "low"];
  const groups = (text) => (text ? text.split(":") : []);
  const addressKey = (text) => {
    if (!text.includes(":")) return "4" + text.split(".").map((byte) => byte.padStart(3, "0")).join("");
    const [head, tail] = text.split("::").map(groups);
    const zeros = tail ? new Array(8 - head.length - tail.length).fill("0") : [];
    return "6" + [...head, ...zeros, ...(tail || [])].map((group) => group.padStart(4, "0")).join("");
  };
  const keys = {
    verdict: (text) => verdictOrder.indexOf(text),
    address: addressKey,
    text: (text) => text.toLowerCase(),
    ratio: (text) => text.split("/").reduce((answered, sampled) => answered / sampled),
    number: parseFloat,
    confidence: (text) => confidenceOrder.indexOf(text),
  };
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const sort = (header) => {
    const mostFirst = header.dataset.sort === "ratio";
    const first = mostFirst ? "descending" : "ascending";
    const second = mostFirst ? "ascending" : "descending";
    const order = header.getAttribute("aria-sort") === first ? second : first;
    for (const other of header.parentNode.cells) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", order);
    const sign = order === "ascending" ? 1 : -1;
    const key = keys[header.dataset.sort];
    const keyed = hosts.map((host) => {
      const text = host.rows[0].cells[header.cellIndex].textContent;
      return { host, none: text === "\u2013", key: text === "\u2013" ? 0 : key(text) };
    });
    keyed.sort((a, b) => a.none - b.none || sign * compare(a.key, b.key));
    const sorted = document.createDocumentFragment();
    keyed.forEach(({ host }, index) => {
      hosts[index] = host;
      sorted.append(host);
    });
    table.append(sorted);
  };
  for (const header of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = header.textContent;
    button.addEventListener("click", () => sort(header));
    header.replaceChildren(button);
  }
  table.tHead.rows[0].cells[0].setAttribute("aria-sort", "ascending");

  // Opening: by the summary as always, by a click anywhere in the row, by an address such as report.html#host-192.0.2.1.
  table.addEventListener("toggle", (event) => event.target.open && fill(event.target), true);
  table.addEventListener("click", (event) => {
    const row = event.target.closest("tbody > tr:first-child");
    if (!row || String(getSelection())) return;
    const host = row.parentNode;
    open(host, !host.querySelector("details").open);
  });
  const openNamed = () => {
    const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (hosts.includes(named)) open(named, true);
  };
  addEventListener("hashchange", openNamed);
  openAll.addEventListener("click", () => visible().forEach((host) => open(host, true)));
  document.getElementById("close-all").addEventListener("click", () => hosts.forEach((host) => open(host, false)));

  // Keys: from one host's summary to the next one shown.
  table.addEventListener("keydown", (event) => {
    const host = event.target.closest("#host-table > tbody");
    if (!host || event.target !== summaryOf(host) || event.altKey || event.ctrlKey || event.metaKey) return;
    const rows = visible();
    const at = rows.indexOf(host);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to === undefined || !rows[to]) return;
    event.preventDefault();
    summaryOf(rows[to]).focus();
  });

  // The charts lead to their hosts.
  document.getElementById("summary")?.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    find.value = link.dataset.find || "";
    for (const box of boxes) box.checked = !link.dataset.verdict || box.value === link.dataset.verdict;
    filter();
  });

  const controls = document.getElementById("filter");
  controls.addEventListener("input", filter);
  controls.hidden = false;
  document.documentElement.classList.add("scripted");
  filter();
  openNamed();
})();
