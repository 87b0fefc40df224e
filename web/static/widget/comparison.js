// Products side by side: a table with a column for each, and a mark where one is the better.

import { el, safeUrl } from "./dom.js";

export function comparisonView({ items, rows, suits }, { words, client }) {
  const names = items.map(({ name, url }) =>
    el("th", { scope: "col" }, el("a", { dir: "auto", href: safeUrl(url, client.host), text: name })),
  );
  const view = el(
    "section",
    { class: "panel-card comparison", "aria-label": words.say("compare-title"), tabindex: "0" },
    el(
      "table",
      {},
      el("thead", {}, el("tr", {}, el("td"), ...names)),
      el("tbody", {}, ...rows.map((row) => rowView(row, items, words))),
    ),
  );
  if (suits) view.append(el("p", { class: "quiet", dir: "auto", text: suits.sentence }));
  return view;
}

function rowView({ label, values, better }, items, words) {
  const cells = values.map((value, place) => {
    const leads = better.includes(items[place].item_id);
    const cell = el("td", { class: leads && "better", dir: "auto", text: value ?? words.say("compare-unknown") });
    if (leads) cell.append(" ", el("span", { class: "unseen", text: words.say("compare-better") }));
    return cell;
  });
  return el("tr", {}, el("th", { scope: "row", text: label }), ...cells);
}
