// The messages of the conversation on screen: in the order of the record, each once, unsent ones last.

import { el } from "./dom.js";
import { messageView } from "./messages.js";

export class Transcript {
  /** `context`: what message views need (words, client, press, ...); see panel.js. */
  constructor(context) {
    this.context = context;
    this.list = el("ol", { class: "log", role: "log", "aria-live": "polite", "aria-relevant": "additions" });
    this.list.setAttribute("aria-label", context.words.say("log-label"));
    this.typing = this.#typingView();
    this.list.append(this.typing);
    this.rows = []; // { seq, clientId, element, author }
    this.lastSeq = 0;
  }

  /** Show an entry of the record; one that is there already only takes its place. */
  add(entry, { quiet = false } = {}) {
    this.lastSeq = Math.max(this.lastSeq, entry.seq);
    const known = this.rows.find(
      (row) => row.seq === entry.seq || (entry.client_message_id && row.clientId === entry.client_message_id),
    );
    if (known) {
      known.seq = entry.seq;
      this.mark(known.clientId, null);
      return false;
    }
    if (entry.author === "shopper") this.#retireQuickReplies();
    const view = messageView(entry.payload, this.context);
    if (!view) return false;
    const element = el("li", { class: `row ${entry.author}`, "data-kind": entry.payload.kind }, ...this.#byline(entry), view);
    this.#place({ seq: entry.seq, clientId: entry.client_message_id, element, author: entry.author });
    if (!quiet) this.scrollToEnd();
    return true;
  }

  /** Show what was typed or pressed at once, before the server knows of it. */
  addPending(item) {
    if (this.rows.some((row) => row.clientId === item.client_message_id)) return;
    this.#retireQuickReplies();
    const view = messageView({ kind: "text", text: item.shown }, this.context);
    const element = el("li", { class: "row shopper" }, ...this.#byline({ author: "shopper" }), view);
    this.#place({ seq: Infinity, clientId: item.client_message_id, element, author: "shopper" });
    this.scrollToEnd();
  }

  /** Say below a message of the shopper how it stands: a sentence, or null for all is well. */
  mark(clientId, sentence, action = null) {
    const row = clientId && this.rows.find((candidate) => candidate.clientId === clientId);
    if (!row) return;
    row.element.querySelector(".state")?.remove();
    row.element.classList.toggle("unsent", Boolean(sentence));
    if (sentence) row.element.append(el("p", { class: "state", text: `${sentence} ` }, action));
  }

  /** The server has it: it stands right before its answer. */
  confirm(clientId, firstReplySeq) {
    const row = this.rows.find((candidate) => candidate.clientId === clientId);
    if (row && row.seq === Infinity) row.seq = (firstReplySeq ?? this.lastSeq + 1) - 0.5;
    this.mark(clientId, null);
  }

  /** Forget everything but the newest `kept` messages; what comes next belongs to another record. */
  beginAnew(kept) {
    this.rows.splice(0, Math.max(this.rows.length - kept, 0)).forEach(({ element }) => element.remove());
    this.rows.forEach((row) => Object.assign(row, { seq: 0, clientId: null }));
    this.lastSeq = 0;
  }

  setTyping(isTyping) {
    this.typing.hidden = !isTyping;
    if (isTyping) this.scrollToEnd();
  }

  get isEmpty() {
    return this.rows.length === 0;
  }

  scrollToEnd() {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    requestAnimationFrame(() => {
      const newest = this.rows.at(-1)?.element;
      const tall = newest && newest.offsetHeight > this.list.clientHeight * 0.8;
      const top = tall ? newest.offsetTop - 12 : this.list.scrollHeight;
      this.list.scrollTo({ top, behavior: calm ? "instant" : "smooth" });
    });
  }

  #place(row) {
    const at = this.rows.findIndex((other) => other.seq > row.seq);
    const index = at === -1 ? this.rows.length : at;
    const next = this.rows[index]?.element ?? this.typing;
    this.rows.splice(index, 0, row);
    this.list.insertBefore(row.element, next);
  }

  #retireQuickReplies() {
    this.list.querySelectorAll(".replies").forEach((replies) => replies.remove());
  }

  #byline({ author, payload }) {
    if (payload?.kind === "notice") return [];
    const name = this.context.words.say(`author-${author}`);
    return [el("span", { class: author === "staff" ? "byline" : "unseen", text: name })];
  }

  #typingView() {
    const dots = el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i"));
    const label = el("span", { class: "unseen", text: this.context.words.say("typing") });
    return el("li", { class: "row bot typing", hidden: true }, dots, label);
  }
}
