// One view per kind of message. A kind that this version does not know is left out.

import { cartView } from "./cart.js";
import { comparisonView } from "./comparison.js";
import { couponsView } from "./coupons.js";
import { button, el, safeUrl } from "./dom.js";
import { downloadView } from "./download.js";
import { orderView } from "./order.js";
import { slateView } from "./slate.js";

const VIEWS = {
  text: textView,
  buttons: quickReplies,
  notice: noticeView,
  slate: withText(slateView),
  cart: withText(cartView),
  order: withText(orderView),
  coupons: withText(couponsView),
  download: withText(downloadView),
  comparison: withText(comparisonView),
};

/** The element for a message, or null; `context` as panel.js makes it. */
export function messageView(message, context) {
  return VIEWS[message.kind]?.(message, context) ?? null;
}

function bubble(text) {
  return el("p", { class: "bubble", dir: "auto", text });
}

/** A sentence, and where it stands if it comes from somewhere. */
function textView({ text, source }, { client }) {
  if (!source) return bubble(text);
  const href = safeUrl(source.url, client.host);
  return el("div", { class: "stack" }, bubble(text), el("a", { class: "source", dir: "auto", href, text: source.title }));
}

function withText(view) {
  return (message, context) =>
    el("div", { class: "stack" }, message.text ? bubble(message.text) : null, view(message, context));
}

function quickReplies({ text, buttons }, context) {
  const choices = buttons.map(({ title, token }) =>
    el("li", {}, button(title, () => context.press({ button: token }, title), { class: "chip" })),
  );
  return el("div", { class: "stack" }, text ? bubble(text) : null, el("ul", { class: "replies" }, ...choices));
}

function noticeView({ code, text }) {
  const isTrouble = code === "assistant_unavailable" || code === "turn_interrupted";
  return el("p", { class: isTrouble ? "notice trouble" : "notice", dir: "auto", text });
}
