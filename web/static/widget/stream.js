// The live stream of a conversation: server-sent events read through fetch, so that the token stays in a header.

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30000;

export class Stream {
  /** `onEvent(name, data)` gets every event; `after` says from which sequence number on to begin. */
  constructor(client, after, onEvent) {
    Object.assign(this, { client, after, onEvent, stopping: new AbortController() });
    this.#run();
  }

  stop() {
    this.stopping.abort();
  }

  async #run() {
    let pause = FIRST_PAUSE_MS;
    while (!this.stopping.signal.aborted) {
      try {
        await this.#follow(() => (pause = FIRST_PAUSE_MS));
      } catch {
        // Dropped, refused or offline: go on from the last event after a pause.
      }
      if (this.stopping.signal.aborted) return;
      await new Promise((resume) => setTimeout(resume, pause));
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
  }

  async #follow(onAlive) {
    const { token } = await this.client.open();
    const response = await fetch(new URL(`api/v1/stream?after=${this.after}`, this.client.host), {
      headers: { Authorization: `Bearer ${token}` },
      signal: this.stopping.signal,
      credentials: "omit",
    });
    if (!response.ok) throw new Error(`stream refused: ${response.status}`);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let waiting = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onAlive();
      const blocks = (waiting + value).split("\n\n");
      waiting = blocks.pop();
      blocks.forEach((block) => this.#take(block));
    }
  }

  #take(block) {
    const fields = new Map(
      block
        .split("\n")
        .filter((line) => line.includes(": ") && !line.startsWith(":"))
        .map((line) => [line.slice(0, line.indexOf(": ")), line.slice(line.indexOf(": ") + 2)]),
    );
    if (!fields.has("data")) return;
    if (fields.has("id")) this.after = Number(fields.get("id"));
    this.onEvent(fields.get("event"), JSON.parse(fields.get("data")));
  }
}
