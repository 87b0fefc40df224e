// The API of one session. Tokens travel in headers only and stay in this browser's storage.

/** An answer that is not a success; `code` and `field` as the server says, `network` when none came. */
export class ApiError extends Error {
  constructor(status, { code = "network", message = "no answer", field = null } = {}, retryAfter = null) {
    super(message);
    Object.assign(this, { status, code, field, retryAfter });
  }

  /** Whether the same request may succeed a little later. */
  get isTemporary() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** Whom an identity token names, as far as this browser needs to know: two of them are equal or not. */
function subjectOf(identity) {
  if (!identity) return "anonymous";
  try {
    const claims = JSON.parse(atob(identity.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")));
    return `${claims.sub ?? ""}|${claims.visit ?? ""}`;
  } catch {
    return "anonymous";
  }
}

export class Client {
  /** `host`: where Aisle is; `identify`: answers the shop's identity token, or null for nobody. */
  constructor(host, locale, identify) {
    Object.assign(this, { host, locale, identify, session: null, opening: null });
    this.storageKey = `aisle:${host.host}:session`;
  }

  /** The session: the stored one if it is the same shopper's, else a new one. The server says when one ends. */
  async open() {
    this.opening ??= this.#open().finally(() => (this.opening = null));
    return this.opening;
  }

  async #open() {
    if (this.session) return this.session;
    const identity = await this.identify();
    const subject = subjectOf(identity);
    const stored = this.#stored();
    const usable = stored?.subject === subject;
    // The page's language is kept beside the conversation's own, to notice when the page changes its mind.
    this.session = usable ? stored : { ...(await this.#start(identity)), subject, pageLocale: this.locale };
    this.#store();
    return this.session;
  }

  /** Whether the page speaks another language than when this was last asked. */
  pageLanguageChanged() {
    const changed = this.session.pageLocale !== this.locale;
    this.session.pageLocale = this.locale;
    this.#store();
    return changed;
  }

  #store() {
    localStorage.setItem(this.storageKey, JSON.stringify(this.session));
  }

  #stored() {
    try {
      return JSON.parse(localStorage.getItem(this.storageKey));
    } catch {
      return null;
    }
  }

  #start(identity) {
    const body = { locale: this.locale, ...(identity ? { identity } : {}) };
    return this.#request("POST", "sessions", { body });
  }

  forget() {
    this.session = null;
    localStorage.removeItem(this.storageKey);
  }

  /** Call the API with the session; a session that the server no longer knows is replaced once. */
  async call(method, path, options = {}) {
    await this.open();
    try {
      return await this.#request(method, path, { ...options, token: this.session.token });
    } catch (error) {
      if (error.status !== 401) throw error;
      this.forget();
      await this.open();
      return this.#request(method, path, { ...options, token: this.session.token });
    }
  }

  async #request(method, path, { body, token, keepalive = false, signal } = {}) {
    const headers = body ? { "Content-Type": "application/json" } : {};
    if (token) headers.Authorization = `Bearer ${token}`;
    let response;
    try {
      const address = new URL(`api/v1/${path}`, this.host);
      const payload = body ? JSON.stringify(body) : undefined;
      response = await fetch(address, { method, headers, body: payload, keepalive, signal, credentials: "omit" });
    } catch {
      throw new ApiError(0);
    }
    const answer = await response.json().catch(() => null);
    if (response.ok && answer) return answer;
    throw new ApiError(response.status, answer?.error, Number(response.headers.get("Retry-After")) || null);
  }

  /** A file of this session, with the name that the server gives it. */
  async download(path) {
    await this.open();
    const headers = { Authorization: `Bearer ${this.session.token}` };
    const response = await fetch(new URL(`api/v1/${path}`, this.host), { headers, credentials: "omit" });
    if (!response.ok) throw new ApiError(response.status);
    const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1];
    return { blob: await response.blob(), name: name ?? `${path}.json` };
  }

  /** Tell the log; nothing waits for it, and nothing breaks when it fails. */
  report(slateId, itemId, kind) {
    const body = { slate_id: slateId, item_id: itemId, kind };
    return this.call("POST", "events", { body, keepalive: true }).catch(() => null);
  }
}
