// Coupons as cards that look like something to keep.

import { el, safeUrl } from "./dom.js";

export function couponsView({ coupons }, context) {
  return el("ul", { class: "coupons" }, ...coupons.map((coupon) => couponView(coupon, context)));
}

function couponView(coupon, { words, client }) {
  const products = (coupon.products ?? []).map(({ name, url }) =>
    el("li", {}, el("a", { dir: "auto", href: safeUrl(url, client.host), text: name })),
  );
  return el(
    "li",
    { class: "coupon" },
    el("strong", { dir: "auto", text: coupon.title }),
    el("p", { class: "quiet", text: coupon.ends_label ?? words.say("coupon-ends", { date: coupon.ends_on }) }),
    products.length ? el("ul", { class: "examples" }, ...products) : null,
    coupon.simulated ? el("p", { class: "fine", text: words.say("coupon-simulated") }) : null,
  );
}
