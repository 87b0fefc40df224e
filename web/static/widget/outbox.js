// What the shopper said and the server has not acknowledged. It survives reloads, keeps its order, and every
// attempt carries the same client id, so that nothing is ever said twice.

const FIRST_PAUSE_MS = 1500;
const LONGEST_PAUSE_MS = 20000;

/** Something to send: `content` ({text}, {button} or {action}), shown to the shopper as `shown`. */
export function newItem(content, shown) {
  return { client_message_id: newId(), content, shown };
}

/** 128 random bits; `crypto.randomUUID` would need HTTPS. */
function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
}

export class Outbox {
  /** `events`: { sending(item), sent(item, answer), waiting(item), refused(item, error), idle() }. */
  constructor(client, conversationId, events) {
    Object.assign(this, { client, events, working: false, timer: null, pause: FIRST_PAUSE_MS });
    this.storageKey = `aisle:${client.host.host}:outbox:${conversationId}`;
    this.items = this.#stored();
    this.online = () => this.flush();
    addEventListener("online", this.online);
  }

  stop() {
    removeEventListener("online", this.online);
    clearTimeout(this.timer);
    this.stopped = true;
  }

  /** Queue an item and send it as soon as its turn comes. */
  add(item) {
    this.items.push(item);
    this.#store();
    this.flush();
  }

  /** Send what waits, one after the other. */
  async flush() {
    clearTimeout(this.timer);
    if (this.working || this.stopped) return;
    this.working = true;
    while (this.items.length && (await this.#attempt(this.items[0])));
    this.working = false;
    this.events.idle();
    if (this.items.length && !this.stopped) {
      this.timer = setTimeout(() => this.flush(), this.pause);
      this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
    }
  }

  async #attempt(item) {
    this.events.sending(item);
    const body = { client_message_id: item.client_message_id, ...item.content };
    try {
      const answer = await this.client.call("POST", "messages", { body });
      this.#drop(item);
      this.pause = FIRST_PAUSE_MS;
      this.events.sent(item, answer);
    } catch (error) {
      if (error.isTemporary) {
        this.events.waiting(item);
        return false;
      }
      this.#drop(item);
      this.events.refused(item, error);
    }
    return true;
  }

  #drop(item) {
    this.items = this.items.filter((other) => other !== item);
    this.#store();
  }

  #store() {
    if (this.items.length) localStorage.setItem(this.storageKey, JSON.stringify(this.items));
    else localStorage.removeItem(this.storageKey);
  }

  #stored() {
    try {
      return JSON.parse(localStorage.getItem(this.storageKey)) ?? [];
    } catch {
      return [];
    }
  }
}
