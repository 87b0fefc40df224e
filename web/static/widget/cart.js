// The cart as a card: its lines, what they cost, a way to take one out.

import { button, el, safeUrl } from "./dom.js";

export function cartView(cart, context) {
  const view = el("section", { class: "panel-card cart", "aria-label": context.words.say("cart-title") });
  fill(view, cart, context);
  return view;
}

function fill(view, cart, context) {
  const { words, client, cartUrl } = context;
  const total = cart.total_label ?? words.money(cart.total, cart.currency);
  view.replaceChildren(
    el("h3", { text: words.say("cart-title") }),
    cart.lines.length
      ? el("ul", { class: "lines" }, ...cart.lines.map((line) => lineView(line, view, context)))
      : el("p", { class: "quiet", text: words.say("cart-empty") }),
    el("p", { class: "total" }, el("span", { text: words.say("cart-total") }), el("strong", { text: total })),
  );
  const address = cartUrl && safeUrl(cartUrl, client.host);
  if (address && cart.lines.length) view.append(el("a", { class: "go", href: address, text: words.say("cart-open") }));
}

function lineView(line, view, context) {
  const { words, client } = context;
  const remove = async (event) => {
    const pressed = event.currentTarget;
    pressed.disabled = true;
    try {
      const cart = await client.call("DELETE", `cart/items/${encodeURIComponent(line.item_id)}`);
      fill(view, cart, context);
      context.cartChanged(cart);
    } catch {
      pressed.disabled = false;
    }
  };
  const amount = line.line_total_label ?? words.money(line.line_total, line.currency);
  return el(
    "li",
    {},
    el("span", { class: "count", text: `${line.quantity} ×` }),
    el("a", { class: "what", dir: "auto", href: safeUrl(line.url, client.host), text: line.name }),
    el("span", { class: "amount", text: amount }),
    button("×", remove, { class: "remove", "aria-label": words.say("cart-remove", { name: line.name }) }),
  );
}
