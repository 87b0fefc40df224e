// Tells the log which cards were really seen: at least half of one, for a second.

const SEEN_AFTER_MS = 1000;

export class Exposure {
  constructor(client) {
    this.client = client;
    this.timers = new Map();
    this.slates = new WeakMap();
    this.observer = new IntersectionObserver((changes) => changes.forEach((change) => this.#follow(change)), {
      threshold: 0.5,
    });
  }

  watch(slateId, cards) {
    for (const card of cards) {
      this.slates.set(card, slateId);
      this.observer.observe(card);
    }
  }

  stop() {
    this.observer.disconnect();
    this.timers.forEach(clearTimeout);
  }

  #follow({ target, isIntersecting }) {
    clearTimeout(this.timers.get(target));
    this.timers.delete(target);
    if (isIntersecting) this.timers.set(target, setTimeout(() => this.#seen(target), SEEN_AFTER_MS));
  }

  #seen(card) {
    this.observer.unobserve(card);
    this.timers.delete(card);
    this.client.report(this.slates.get(card), card.dataset.item, "impression");
  }
}
