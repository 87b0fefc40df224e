// A slate: product cards side by side, with what a shopper can do with each.

import { button, el, icon, iconButton, safeUrl } from "./dom.js";

export function slateView(slate, context) {
  const { words } = context;
  const cards = slate.items.map((item, index) => cardView(slate, item, index, context));
  const track = el("ul", { class: "track", "aria-label": words.say("slate-label", { count: slate.items.length }) });
  track.append(...cards);
  track.addEventListener("keydown", (event) => moveByArrows(event, track));
  const view = el("div", { class: "slate" }, track);
  if (cards.length > 1) {
    view.append(
      iconButton("previous", words.say("slate-previous"), () => scrollByCard(track, -1), { class: "nav previous" }),
      iconButton("next", words.say("slate-next"), () => scrollByCard(track, 1), { class: "nav next" }),
    );
    followEnds(track, view);
  }
  context.exposure.watch(slate.slate_id, cards);
  return view;
}

function cardView(slate, item, index, context) {
  const { words, client } = context;
  const address = safeUrl(item.url, client.host);
  const picture = safeUrl(item.image, client.host);
  const name = el("a", { class: "name", dir: "auto", href: address, text: item.name });
  name.addEventListener("click", () => client.report(slate.slate_id, item.item_id, "click"));
  const status = el("p", { class: "status", role: "status" });
  const card = el(
    "li",
    { class: "card", "data-item": item.item_id, "aria-label": words.say("card-label", { position: index + 1, count: slate.items.length, name: item.name }) },
    el("div", { class: "picture" }, picture && el("img", { src: picture, alt: "", loading: "lazy", width: 160, height: 120 })),
    name,
    priceView(item, words),
    item.in_stock ? null : el("p", { class: "stock", text: words.say("out-of-stock") }),
    reasonView(item),
    status,
    actionsView(slate, item, context, status),
  );
  return card;
}

function priceView(item, words) {
  const price = item.price_label ?? words.money(item.price, item.currency);
  const line = el("p", { class: "price" }, el("strong", { text: price }));
  if (item.was_price) {
    const was = item.was_price_label ?? words.money(item.was_price, item.currency);
    line.append(" ", el("span", { class: "unseen", text: words.say("was-price") }), el("s", { text: was }));
  }
  return line;
}

function reasonView({ reasons }) {
  if (!reasons?.length) return null;
  return el("p", { class: "reason", dir: "auto", title: reasons.join("\n") }, icon("spark"), el("span", { text: reasons[0] }));
}

function actionsView(slate, item, context, status) {
  const { words } = context;
  const offered = new Set(item.actions ?? []);
  const ids = { slate_id: slate.slate_id, item_id: item.item_id };
  const named = { name: item.name };
  const small = (kind, act) =>
    offered.has(kind) &&
    button(words.say(`card-${kind}`), act, { class: "small", "aria-label": words.say(`card-${kind}-label`, named) });
  const ask = (kind) => () =>
    context.press({ action: { kind, ...ids } }, words.say(`say-${kind}`, named));
  const add =
    offered.has("add_to_cart") &&
    button(words.say("card-add"), (event) => addToCart(event.currentTarget, ids, context, status), {
      class: "add",
      "aria-label": words.say("card-add-label", named),
    });
  const dismiss = (event) => dismissCard(event.currentTarget.closest(".card"), ids, context);
  return el(
    "div",
    { class: "actions" },
    add,
    el("div", { class: "smalls" }, small("similar", ask("similar")), small("why", ask("why")), small("dismiss", dismiss)),
  );
}

async function addToCart(pressed, ids, context, status) {
  const { words, client } = context;
  if (pressed.getAttribute("aria-disabled") === "true") return;
  pressed.setAttribute("aria-disabled", "true");
  status.textContent = "";
  try {
    const cart = await client.call("POST", "cart/items", { body: ids });
    pressed.classList.add("done");
    status.textContent = words.say("added");
    context.cartChanged(cart);
  } catch (error) {
    const known = ["out_of_stock", "not_found"].includes(error.code);
    status.textContent = words.say(known ? "add-out-of-stock" : "add-failed");
  }
  pressed.removeAttribute("aria-disabled");
}

function dismissCard(card, ids, context) {
  context.client.report(ids.slate_id, ids.item_id, "dismiss");
  const next = card.nextElementSibling ?? card.previousElementSibling;
  const gone = el("li", { class: "card gone" }, el("p", { role: "status", text: context.words.say("dismissed") }));
  card.replaceWith(gone);
  next?.querySelector("a, button")?.focus({ preventScroll: true });
}

function scrollByCard(track, direction) {
  const step = (track.querySelector(".card")?.offsetWidth ?? 200) + 12;
  const forward = getComputedStyle(track).direction === "rtl" ? -direction : direction;
  track.scrollBy({ left: forward * step, behavior: "smooth" });
}

function moveByArrows(event, track) {
  const direction = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!direction) return;
  const forward = getComputedStyle(track).direction === "rtl" ? -direction : direction;
  const links = [...track.querySelectorAll(".card .name")];
  const here = event.target.closest(".card")?.querySelector(".name");
  const next = links[links.indexOf(here) + forward];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.closest(".card").scrollIntoView({ inline: "nearest", block: "nearest", behavior: "smooth" });
}

function followEnds(track, view) {
  const update = () => {
    const { scrollWidth, clientWidth } = track;
    const left = Math.abs(track.scrollLeft);
    view.classList.toggle("at-start", left < 8);
    view.classList.toggle("at-end", left + clientWidth > scrollWidth - 8);
  };
  track.addEventListener("scroll", update, { passive: true });
  new ResizeObserver(update).observe(track);
}
