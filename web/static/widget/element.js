// <aisle-chat>: a launcher in the corner; the panel's code is loaded when it is first opened.

import { el, icon } from "./dom.js";
import { Words } from "./words.js";

const OPEN_KEY = "aisle:open";
const PHONE = "(max-width: 560px)";
let host = new URL("../../", import.meta.url);

class AisleChat extends HTMLElement {
  #panel = null;
  #opening = null;
  #unread = 0;

  connectedCallback() {
    if (this.shadowRoot) return;
    this.attachShadow({ mode: "open" });
    this.ready = this.#start();
  }

  disconnectedCallback() {
    this.#panel?.stop();
  }

  get isOpen() {
    return Boolean(this.#panel?.isOpen);
  }

  /** Show the panel; `focus` moves the keyboard there. */
  async open({ focus = true } = {}) {
    await this.ready;
    this.#opening ??= this.#load();
    this.#panel = await this.#opening;
    this.#panel.show(focus);
    this.#setOpen(true);
  }

  close() {
    if (!this.isOpen) return;
    this.#panel.hide();
    this.#setOpen(false);
    this.launcher.focus();
  }

  toggle() {
    return this.isOpen ? this.close() : this.open();
  }

  async #start() {
    const [words, sheet] = await Promise.all([Words.load(host, this.#wantedLocale()), styles()]);
    this.words = words;
    this.shadowRoot.adoptedStyleSheets = [sheet];
    this.launcher = el("button", { type: "button", class: "launcher", "aria-expanded": "false", "aria-haspopup": "dialog" });
    this.launcher.addEventListener("click", () => this.toggle());
    this.badge = el("span", { class: "badge", hidden: true });
    this.launcher.append(icon("chat"), el("span", { class: "launcher-label" }), this.badge);
    this.#label();
    this.shadowRoot.append(this.launcher);
    // On a phone the panel would hide the page that the shopper has just asked for.
    if (sessionStorage.getItem(OPEN_KEY) && !matchMedia(PHONE).matches) {
      queueMicrotask(() => this.open({ focus: false }));
    }
  }

  async #load() {
    const { Panel } = await import("./panel.js");
    const panel = new Panel(this, host, this.words, {
      onClose: () => this.close(),
      onUnread: () => this.#countUnread(),
      onLocale: (words) => {
        this.words = words;
        this.#label();
      },
    });
    this.shadowRoot.append(panel.element);
    return panel;
  }

  #wantedLocale() {
    return this.dataset.locale || document.documentElement.lang || navigator.language;
  }

  #label() {
    this.launcher.querySelector(".launcher-label").textContent = this.words.say("launcher");
    this.launcher.title = this.words.say("launcher");
  }

  #setOpen(isOpen) {
    this.launcher.setAttribute("aria-expanded", String(isOpen));
    this.toggleAttribute("open", isOpen);
    if (isOpen) sessionStorage.setItem(OPEN_KEY, "1");
    else sessionStorage.removeItem(OPEN_KEY);
    this.#unread = 0;
    this.badge.hidden = true;
  }

  #countUnread() {
    this.#unread += 1;
    this.badge.textContent = String(this.#unread);
    this.badge.hidden = false;
  }
}

async function styles() {
  const response = await fetch(new URL("static/widget/widget.css", host));
  return new CSSStyleSheet().replace(await response.text());
}

/** Make <aisle-chat> known to the page; `from` is the host that serves the API. */
export function define(from) {
  host = from;
  if (!customElements.get("aisle-chat")) customElements.define("aisle-chat", AisleChat);
}
