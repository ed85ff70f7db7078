// On the case page what rests on one another lights up: a criterion its words in the record, words their criteria.
(() => {
  "use strict";
  const numbers = (element, name) => (element.dataset[name] || "").split(" ").filter(Boolean);
  const clear = () => { for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit"); };
  const within = (element) => {
    const pane = element.closest(".documents");
    if (!pane || pane.scrollHeight <= pane.clientHeight) return;
    const at = element.getBoundingClientRect(), frame = pane.getBoundingClientRect();
    if (at.top < frame.top + 40 || at.bottom > frame.bottom - 40) pane.scrollTop += at.top - frame.top - frame.height / 3;
  };
  const light = (wanted, from) => {
    clear();
    let first = null;
    for (const mark of document.querySelectorAll("mark[data-fact]")) {
      if (!numbers(mark, "fact").some((one) => wanted.has(one))) continue;
      mark.classList.add("lit");
      first = first || mark;
    }
    for (const row of document.querySelectorAll("[data-facts]")) {
      if (row === from || (from.dataset.fact && numbers(row, "facts").some((one) => wanted.has(one)))) row.classList.add("lit");
    }
    return first;
  };
  const lightRow = (row) => {
    const first = light(new Set(numbers(row, "facts")), row);
    if (first) within(first);
  };
  const lightMark = (mark) => {
    light(new Set(numbers(mark, "fact")), mark);
    const row = document.querySelector(".criterion.lit") || document.querySelector("tr.lit");
    if (row) row.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("click", (event) => {
    const at = event.target instanceof Element ? event.target : null;
    if (!at || at.closest("a, button, input, select, textarea, label, summary, form")) return;
    const mark = at.closest("mark[data-fact]");
    if (mark) { lightMark(mark); return; }
    const row = at.closest(".criterion[data-facts], tr[data-facts]");
    if (row) { lightRow(row); }
  });
  document.addEventListener("click", (event) => {
    const closer = event.target instanceof Element ? event.target.closest("[data-closes]") : null;
    const closed = closer && document.getElementById(closer.dataset.closes);
    if (closed && document.getElementById("answer")) { event.preventDefault(); closed.replaceChildren(); document.dispatchEvent(new Event("part:closed")); }
  });

  const criteria = [...document.querySelectorAll(".criterion")];
  for (const row of criteria) row.tabIndex = -1;
  let at = -1;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    if (event.target instanceof Element && event.target.closest("input:not([type=checkbox],[type=radio]), textarea, select")) return;
    if (event.key === "j" || event.key === "k") {
      at = Math.max(0, Math.min(criteria.length - 1, at + (event.key === "j" ? 1 : -1)));
      const row = criteria[at];
      if (row) { row.focus({ preventScroll: true }); row.scrollIntoView({ block: "center" }); lightRow(row); }
    } else if (event.key === "l") {
      const row = document.activeElement?.closest("[data-facts]");
      if (row) lightRow(row);
    } else if (event.key === "d") {
      document.getElementById("documents")?.focus();
    } else if (event.key === "Escape") {
      clear();
    }
  });

  const links = new Map([...document.querySelectorAll(".outline a")].map((link) => [link.hash.slice(1), link]));
  const seen = new Set();
  const watch = new IntersectionObserver((entries) => {
    for (const entry of entries) entry.isIntersecting ? seen.add(entry.target.id) : seen.delete(entry.target.id);
    const current = [...links.keys()].find((id) => seen.has(id));
    for (const [id, link] of links) id === current ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
  }, { rootMargin: "-110px 0px -60% 0px" });
  for (const id of links.keys()) { const group = document.getElementById(id); if (group) watch.observe(group); }
})();
