// Where the shopper writes, and below it who answers and how to reach somebody else.

import { button, el, iconButton } from "./dom.js";

const MOST_CHARACTERS = 2000;

export class Composer {
  /** `events`: { onSend(text), onSwitch() }, the latter between bot and person. */
  constructor(words, { onSend, onSwitch }) {
    this.words = words;
    this.onSend = onSend;
    this.input = this.#inputView();
    this.note = el("span");
    this.other = button("", onSwitch, { class: "link" });
    const send = iconButton("send", words.say("send"), () => this.#send(), { class: "send" });
    const form = el("form", { class: "composer" }, this.input, send);
    form.addEventListener("submit", (event) => event.preventDefault());
    this.element = el("footer", {}, form, el("p", { class: "footnote" }, this.note, " ", this.other));
    this.setMode("bot");
  }

  get draft() {
    return this.input.value;
  }

  set draft(text) {
    this.input.value = text;
  }

  focus() {
    this.input.focus();
  }

  /** Say who answers: the bot, or staff. */
  setMode(mode) {
    const isHuman = mode === "human";
    this.note.textContent = this.words.say(isHuman ? "note-human" : "note-bot");
    this.other.textContent = this.words.say(isHuman ? "back-to-bot" : "person");
  }

  #inputView() {
    const label = this.words.say("placeholder");
    const input = el("textarea", { rows: 1, maxlength: MOST_CHARACTERS, placeholder: label, "aria-label": label, enterkeyhint: "send" });
    input.addEventListener("keydown", (event) => {
      // While an input method composes, Enter belongs to it.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#send();
    });
    return input;
  }

  #send() {
    const text = this.draft.trim();
    if (!text) return;
    this.draft = "";
    this.focus();
    this.onSend(text);
  }
}
