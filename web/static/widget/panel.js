// The panel: conversation, composer, and what connects them to the session.

import { ApiError, Client } from "./client.js";
import { Composer } from "./composer.js";
import { button, el, iconButton } from "./dom.js";
import { Exposure } from "./exposure.js";
import { newItem, Outbox } from "./outbox.js";
import { Stream } from "./stream.js";
import { Transcript } from "./transcript.js";
import { Words } from "./words.js";

const CONNECT_AGAIN_MS = 3000;
const OTHER_LOCALE = { en: "zh", zh: "en" };

export class Panel {
  /** `chat`: the element; `events`: { onClose(), onUnread(), onLocale(words) }. */
  constructor(chat, host, words, events) {
    Object.assign(this, { chat, host, words, events, mode: "bot", early: [] });
    this.client = new Client(host, words.locale, () => identityFrom(chat.dataset.identityUrl));
    this.exposure = new Exposure(this.client);
    this.element = el("div", { class: "panel", role: "dialog", hidden: true });
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") events.onClose();
    });
    this.visibility = () => this.#followStream();
    document.addEventListener("visibilitychange", this.visibility);
    this.#build();
  }

  get isOpen() {
    return !this.element.hidden;
  }

  show(focus) {
    this.element.hidden = false;
    this.#retry();
    this.#followStream();
    this.transcript.scrollToEnd();
    if (focus) this.composer.focus();
  }

  hide() {
    this.element.hidden = true;
    this.#followStream();
  }

  stop() {
    this.stream?.stop();
    this.outbox?.stop();
    this.exposure.stop();
    document.removeEventListener("visibilitychange", this.visibility);
  }

  /** Say something: `content` is {text}, {button} or {action}; `shown` stands in the conversation. */
  press(content, shown) {
    const item = newItem(content, shown);
    this.transcript.addPending(item);
    if (this.outbox) this.outbox.add(item);
    else this.early.push(item);
    this.#refresh();
  }

  #build() {
    const { words } = this;
    this.element.lang = words.locale;
    this.element.setAttribute("aria-label", words.say("title"));
    this.transcript = new Transcript({
      words,
      client: this.client,
      exposure: this.exposure,
      cartUrl: this.chat.dataset.cartUrl,
      press: (content, shown) => this.press(content, shown),
      cartChanged: (cart) => this.#announce("aisle:cart", { count: cart.item_count }),
    });
    this.transcript.list.prepend(this.#welcome());
    this.composer = new Composer(words, {
      onSend: (text) => this.press({ text }, text),
      onSwitch: () => this.#switchMode(),
    });
    this.element.replaceChildren(this.#header(), this.transcript.list, this.composer.element);
  }

  #header() {
    const { words } = this;
    const other = words.say("language-other");
    return el(
      "header",
      {},
      el("div", { class: "who" }, el("h2", { text: words.say("title") }), el("p", { text: words.say("subtitle") })),
      button(other, () => this.#changeLocale(), {
        class: "language",
        lang: OTHER_LOCALE[words.locale],
        "aria-label": words.say("language-switch"),
      }),
      iconButton("close", words.say("close"), () => this.events.onClose(), { class: "plain" }),
    );
  }

  #welcome() {
    const { words } = this;
    const suggestions = ["recommend", "orders", "coupons"].map((kind) => {
      const text = words.say(`say-${kind}`);
      return el("li", {}, button(text, () => this.press({ action: { kind } }, text), { class: "chip" }));
    });
    const hello = el("p", { class: "bubble", text: words.say("welcome") });
    this.suggestions = el("ul", { class: "replies", hidden: true }, ...suggestions);
    return el("li", { class: "row bot welcome" }, el("div", { class: "stack" }, hello, this.suggestions));
  }

  #switchMode() {
    const kind = this.mode === "human" ? "bot" : "person";
    this.press({ action: { kind } }, this.words.say(`say-${kind}`));
  }

  async #connect() {
    try {
      const session = await this.client.open();
      this.outbox = new Outbox(this.client, session.conversation_id, {
        sending: () => this.#refresh(),
        sent: (item, answer) => this.#sent(item, answer),
        waiting: (item) => this.#waiting(item),
        refused: (item, error) => this.#refused(item, error),
        idle: () => this.#refresh(),
      });
      await this.#loadHistory();
      this.early.splice(0).forEach((item) => this.outbox.add(item));
      this.outbox.flush();
      this.#followStream();
    } catch {
      this.outbox?.stop();
      this.outbox = this.connected = null;
      this.early.forEach((item) => this.#waiting(item));
      setTimeout(() => this.isOpen && this.#retry(), CONNECT_AGAIN_MS);
    }
    this.#refresh();
  }

  async #loadHistory() {
    const page = await this.client.call("GET", "conversation");
    let { locale } = page;
    if (this.client.pageLanguageChanged() && locale !== this.client.locale) {
      ({ locale } = await this.client.call("PATCH", "conversation", { body: { locale: this.client.locale } }));
    }
    if (locale !== this.words.locale) await this.#speak(locale);
    page.messages.forEach((entry) => this.transcript.add(entry, { quiet: true }));
    [...this.outbox.items, ...this.early].forEach((item) => this.transcript.addPending(item));
    this.mode = page.mode;
    this.transcript.scrollToEnd();
  }

  /** Draw the panel anew in another language; the conversation has to be loaded again. */
  async #speak(locale) {
    this.words = await Words.load(this.host, locale);
    this.events.onLocale(this.words);
    this.#build();
  }

  #retry() {
    if (this.outbox) this.outbox.flush();
    else this.connected ??= this.#connect();
  }

  #followStream() {
    const wanted = this.outbox && this.isOpen && !document.hidden;
    if (wanted && !this.stream) {
      this.stream = new Stream(this.client, this.transcript.lastSeq, (name, data) => this.#heard(name, data));
    } else if (!wanted && this.stream) {
      this.stream.stop();
      this.stream = null;
    }
  }

  #heard(name, data) {
    if (name === "message") this.#show(data);
    if (name === "state") {
      this.mode = data.mode;
      this.#follow(data.locale);
    }
    this.#refresh();
  }

  #show(entry) {
    const isNew = this.transcript.add(entry);
    if (!isNew || entry.author === "shopper") return;
    this.#announce("aisle:message", { kind: entry.payload.kind });
    if (!this.isOpen) this.events.onUnread();
  }

  #sent(item, answer) {
    this.mode = answer.mode;
    this.transcript.confirm(item.client_message_id, answer.seqs[0]);
    answer.messages.forEach((payload, index) => this.#show({ seq: answer.seqs[index], author: "bot", payload }));
    if (answer.messages.some(({ code }) => code === "data_erased")) this.#beginAnew();
    this.#follow(answer.locale);
    this.#refresh();
  }

  /** The shopper's data is gone, and the session with it: only the receipt stays on the screen. */
  #beginAnew() {
    this.stream?.stop();
    this.outbox.stop();
    this.client.forget();
    this.outbox = this.connected = this.stream = null;
    this.transcript.beginAnew(1);
    this.#announce("aisle:cart", { count: 0 });
    this.#retry();
  }

  #waiting(item) {
    const retry = button(this.words.say("retry"), () => this.#retry(), { class: "link" });
    this.transcript.mark(item.client_message_id, this.words.say(navigator.onLine ? "unsent" : "offline"), retry);
    this.#refresh();
  }

  #refused(item, error) {
    const known = ["text_too_long", "unknown_button"].includes(error.code) ? error.code.replaceAll("_", "-") : "refused";
    this.transcript.mark(item.client_message_id, this.words.say(known));
    this.#refresh();
  }

  #refresh() {
    const isWaiting = this.outbox ? this.outbox.working : this.early.length > 0 && this.connected;
    this.transcript.setTyping(Boolean(isWaiting) && this.mode !== "human");
    this.suggestions.hidden = !this.outbox || !this.transcript.isEmpty;
    this.composer.setMode(this.mode);
  }

  async #changeLocale() {
    const locale = OTHER_LOCALE[this.words.locale];
    await this.client.call("PATCH", "conversation", { body: { locale } });
    await this.#follow(locale);
    this.element.querySelector(".language").focus();
  }

  /** The conversation goes on in another language, by a button or because the shopper asked the bot. */
  #follow(locale) {
    if (locale === this.words.locale) return this.following;
    this.following ??= this.#redraw(locale).finally(() => (this.following = null));
    return this.following;
  }

  async #redraw(locale) {
    const hadFocus = this.element.contains(this.element.getRootNode().activeElement);
    const { draft } = this.composer;
    await this.#speak(locale);
    await this.#loadHistory();
    this.composer.draft = draft;
    if (hadFocus) this.composer.focus();
    this.#refresh();
  }

  #announce(name, detail) {
    this.chat.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

/** The shop's identity token from its own address, with the shop's own cookies; null for nobody. */
async function identityFrom(address) {
  if (!address) return null;
  const response = await fetch(new URL(address, location.href), { credentials: "same-origin" }).catch(() => null);
  if (!response) throw new ApiError(0);
  return response.ok ? ((await response.json()).identity ?? null) : null;
}
