// Arrow keys walk through the cells of a sheet, Enter goes into it; n and p go to the next and
// previous marked cell. On a narrow page the panel lies below the sheet: a click leads to it.
(() => {
  "use strict";
  const table = () => document.querySelector("[data-keys]");
  const place = (link) => {
    const box = link.getBoundingClientRect();
    return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
  };
  const nearest = (from, key) => {
    const here = place(from);
    const along = key === "ArrowLeft" || key === "ArrowRight" ? "x" : "y";
    const across = along === "x" ? "y" : "x";
    const way = key === "ArrowLeft" || key === "ArrowUp" ? -1 : 1;
    let best = null;
    let bestCost = Infinity;
    for (const link of table().querySelectorAll("td a")) {
      const there = place(link);
      const ahead = (there[along] - here[along]) * way;
      if (ahead <= 1) continue;
      const cost = ahead + 6 * Math.abs(there[across] - here[across]);
      if (cost < bestCost) [best, bestCost] = [link, cost];
    }
    return best;
  };
  const marked = (from, step) => {
    const all = [...table().querySelectorAll("td.culprit a, td.suspect a, td.u a")];
    if (!all.length) return null;
    const at = all.indexOf(from);
    return all[(at + step + all.length) % all.length];
  };
  const lookAt = () => {
    const cell =
      document.getElementById("at") ||
      document.querySelector(".sheet td.culprit, .sheet td.suspect");
    if (cell) cell.scrollIntoView({ block: "nearest", inline: "center" });
  };
  lookAt();
  window.scrollTo(0, 0);
  document.addEventListener("keydown", (event) => {
    if (!table() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select")) return;
    const from = event.target.closest("[data-keys] td a");
    let to = null;
    if (from && event.key.startsWith("Arrow")) to = nearest(from, event.key);
    else if (event.target === table() && event.key === "Enter")
      to = (document.getElementById("at") || table()).querySelector("a");
    else if (event.key === "n") to = marked(from, 1);
    else if (event.key === "p") to = marked(from, -1);
    if (to) {
      event.preventDefault();
      to.focus();
      to.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  });
  document.addEventListener("htmx:after:swap", () => {
    const panel = document.getElementById("panel");
    const result = document.getElementById("result");
    if (result) {
      lookAt();
      result.scrollIntoView({ block: "start" });
    } else if (panel && panel.getBoundingClientRect().top > window.innerHeight - 80)
      panel.scrollIntoView({ block: "start" });
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-keys] td a");
    if (!link) return;
    for (const cell of document.querySelectorAll("td.chosen")) cell.classList.remove("chosen");
    link.parentElement.classList.add("chosen");
  });
})();
