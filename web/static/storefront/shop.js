// What makes the storefront livelier; every page works without it.

const toast = document.querySelector("[data-toast]");
const basket = document.querySelector("[data-basket]");

function say(text) {
  toast.textContent = text;
  toast.classList.add("shown");
  clearTimeout(say.timer);
  say.timer = setTimeout(() => toast.classList.remove("shown"), 2600);
}

function setCount(count) {
  const badge = basket.querySelector("[data-count]");
  badge.textContent = count;
  badge.hidden = !count;
}

/** Tell the log what became of an item of a shelf; it outlives the page. */
function report(slateId, itemId, kind) {
  const body = JSON.stringify({ slate_id: slateId, item_id: itemId, kind });
  const headers = { "Content-Type": "application/json" };
  fetch("/events", { method: "POST", body, headers, keepalive: true }).catch(() => null);
}

async function add(form) {
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const body = new URLSearchParams(new FormData(form));
    const response = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    const answer = await response.json();
    if (response.ok) setCount(answer.count);
    button.classList.toggle("done", response.ok);
    say(response.ok ? answer.message : answer.error.sentence);
  } catch {
    form.submit();
  }
  button.disabled = false;
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-add]")) return;
  event.preventDefault();
  add(event.target);
});

document.addEventListener("click", (event) => {
  const followed = event.target.closest("[data-follow]");
  if (followed) report(followed.closest("[data-slate]").dataset.slate, followed.closest("[data-item]").dataset.item, "click");
  const moved = event.target.closest("[data-move]");
  if (moved) moveRow(moved.closest(".shelf").querySelector("[data-row]"), Number(moved.dataset.move));
  if (event.target.closest("[data-ask]")) document.querySelector("aisle-chat")?.open();
  document.querySelectorAll("details.menu[open]").forEach((menu) => menu.contains(event.target) || (menu.open = false));
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});

document.addEventListener("aisle:cart", (event) => setCount(event.detail.count));

// Whatever the assistant answers, it may have put something into the cart.
document.addEventListener("aisle:message", async () => {
  const response = await fetch("/cart", { headers: { Accept: "application/json" } }).catch(() => null);
  if (response?.ok) setCount((await response.json()).count);
});

function moveRow(row, direction) {
  row.scrollBy({ left: direction * row.clientWidth * 0.85, behavior: "smooth" });
}

const seen = new IntersectionObserver(
  (changes) =>
    changes
      .filter((change) => change.isIntersecting)
      .forEach(({ target }) => {
        seen.unobserve(target);
        report(target.closest("[data-slate]").dataset.slate, target.dataset.item, "impression");
      }),
  { threshold: 0.6 },
);
document.querySelectorAll("[data-slate] [data-item]").forEach((card) => seen.observe(card));
