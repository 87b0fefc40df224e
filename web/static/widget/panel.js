// The panel: conversation, composer, and what connects them to the session.

import { Client } from "./client.js";
import { button, el, iconButton } from "./dom.js";
import { Exposure } from "./exposure.js";
import { Outbox } from "./outbox.js";
import { Stream } from "./stream.js";
import { Transcript } from "./transcript.js";
import { Words } from "./words.js";

const MOST_CHARACTERS = 2000;
const OTHER_LOCALE = { en: "zh", zh: "en" };

export class Panel {
  /** `chat`: the element; `events`: { onClose(), onUnread(), onLocale(words) }. */
  constructor(chat, host, words, events) {
    Object.assign(this, { chat, host, words, events, mode: "bot" });
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
    this.connected ??= this.#connect();
    this.#followStream();
    this.transcript.scrollToEnd();
    if (focus) this.input.focus();
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
    if (this.outbox) this.transcript.addPending(this.outbox.add(content, shown));
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
    this.element.replaceChildren(this.#header(), this.transcript.list, this.#composer());
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
    const suggestions = ["suggest-recommend", "suggest-order", "suggest-coupons"].map((key) => {
      const text = words.say(key);
      return el("li", {}, button(text, () => this.press({ text }, text), { class: "chip" }));
    });
    const hello = el("p", { class: "bubble", text: words.say("welcome") });
    this.suggestions = el("ul", { class: "replies" }, ...suggestions);
    return el("li", { class: "row bot welcome" }, el("div", { class: "stack" }, hello, this.suggestions));
  }

  #composer() {
    const { words } = this;
    this.input = el("textarea", {
      rows: 1,
      maxlength: MOST_CHARACTERS,
      placeholder: words.say("placeholder"),
      "aria-label": words.say("placeholder"),
      enterkeyhint: "send",
    });
    this.input.addEventListener("keydown", (event) => {
      // While an input method composes, Enter belongs to it.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#send();
    });
    const form = el("form", { class: "composer" }, this.input, iconButton("send", words.say("send"), () => this.#send(), { class: "send" }));
    form.addEventListener("submit", (event) => event.preventDefault());
    this.person = button("", () => this.#switchMode(), { class: "link" });
    this.note = el("span", {});
    return el("footer", {}, form, el("p", { class: "footnote" }, this.note, " ", this.person));
  }

  #send() {
    const text = this.input.value.trim();
    if (!text || !this.outbox) return;
    this.input.value = "";
    this.input.focus();
    this.press({ text }, text);
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
      });
      await this.#loadHistory();
      this.outbox.items.forEach((item) => this.transcript.addPending(item));
      this.outbox.flush();
      this.#followStream();
    } catch {
      this.connected = null; // Opening the panel again tries again; so does a second from now.
      setTimeout(() => this.isOpen && (this.connected ??= this.#connect()), 3000);
    }
    this.#refresh();
  }

  async #loadHistory() {
    const page = await this.client.call("GET", "conversation");
    page.messages.forEach((entry) => this.transcript.add(entry, { quiet: true }));
    this.mode = page.mode;
    this.transcript.scrollToEnd();
    if (page.locale !== this.words.locale) await this.client.call("PATCH", "conversation", { body: { locale: this.words.locale } });
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
    if (name === "mode") this.mode = data.mode;
    if (name === "message") this.#show(data);
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
    this.#refresh();
  }

  #waiting(item) {
    const retry = button(this.words.say("retry"), () => this.outbox.flush(), { class: "link" });
    this.transcript.mark(item.client_message_id, this.words.say(navigator.onLine ? "unsent" : "offline"), retry);
    this.#refresh();
  }

  #refused(item, error) {
    const known = ["text_too_long", "unknown_button"].includes(error.code) ? error.code.replaceAll("_", "-") : "refused";
    this.transcript.mark(item.client_message_id, this.words.say(known));
    this.#refresh();
  }

  #refresh() {
    const isHuman = this.mode === "human";
    this.transcript.setTyping(Boolean(this.outbox?.working) && !isHuman);
    this.suggestions.hidden = !this.transcript.isEmpty;
    this.note.textContent = this.words.say(isHuman ? "note-human" : "note-bot");
    this.person.textContent = this.words.say(isHuman ? "back-to-bot" : "person");
  }

  async #changeLocale() {
    const locale = OTHER_LOCALE[this.words.locale];
    this.words = await Words.load(this.host, locale);
    this.client.locale = locale;
    this.events.onLocale(this.words);
    this.stream?.stop();
    this.stream = null;
    this.#build();
    await this.#loadHistory().catch(() => null);
    this.outbox?.items.forEach((item) => this.transcript.addPending(item));
    this.#followStream();
    this.#refresh();
    this.element.querySelector(".language").focus();
  }

  #announce(name, detail) {
    this.chat.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

/** The shop's identity token from its own address, with the shop's own cookies; null for nobody. */
async function identityFrom(address) {
  if (!address) return null;
  const response = await fetch(new URL(address, location.href), { credentials: "same-origin" });
  return response.ok ? ((await response.json()).identity ?? null) : null;
}
