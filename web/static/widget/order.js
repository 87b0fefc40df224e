// An order as a card, with how far it has come.

import { el, safeUrl } from "./dom.js";

const STEPS = ["placed", "packing", "on_the_way", "delivered"];

export function orderView(order, { words, client }) {
  const total = order.total_label ?? words.money(order.total, order.currency);
  return el(
    "section",
    { class: "panel-card order", "aria-label": words.say("order-title", { id: order.order_id }) },
    el("h3", { text: words.say("order-title", { id: order.order_id }) }),
    el("p", { class: "quiet", text: words.say("order-placed", { date: order.placed_label ?? day(order.placed_at, words) }) }),
    progressView(order, words),
    el("ul", { class: "lines" }, ...order.lines.map((line) => lineView(line, order, words, client))),
    el("p", { class: "total" }, el("span", { text: words.say("cart-total") }), el("strong", { text: total })),
    order.invoice_url
      ? el("p", {}, el("a", { href: safeUrl(order.invoice_url, client.host), target: "_blank", rel: "noopener", text: words.say("order-invoice") }))
      : null,
    order.delivery_simulated ? el("p", { class: "fine", text: words.say("order-simulated") }) : null,
  );
}

function day(instant, words) {
  return new Intl.DateTimeFormat(words.locale, { dateStyle: "medium" }).format(new Date(instant));
}

function progressView(order, words) {
  const at = STEPS.indexOf(order.status);
  const label = order.status_label ?? order.status;
  const state = el("p", { class: "state-label" }, el("strong", { text: label }));
  if (order.expected_label && at >= 0 && at < STEPS.length - 1) {
    state.append(` · ${words.say("order-expected", { date: order.expected_label })}`);
  }
  if (at < 0) return state;
  const steps = STEPS.map((_, index) => el("i", { class: index <= at ? "reached" : null }));
  return el("div", {}, el("div", { class: "progress", "aria-hidden": "true" }, ...steps), state);
}

function lineView(line, order, words, client) {
  const amount = line.line_total_label ?? words.money(line.line_total, order.currency);
  return el(
    "li",
    {},
    el("span", { class: "count", text: `${line.quantity} ×` }),
    el("a", { class: "what", dir: "auto", href: safeUrl(line.url, client.host), text: line.name }),
    el("span", { class: "amount", text: amount }),
  );
}
