// Something to download: fetched with the session's token, so the link works in this session only.

import { button, el } from "./dom.js";

export function downloadView({ title, path }, { client, words }) {
  const said = el("p", { class: "fine", role: "status" });
  const start = button(title, () => save(), { class: "chip" });
  return el("div", { class: "stack" }, start, said);

  async function save() {
    start.disabled = true;
    said.textContent = "";
    try {
      const { blob, name } = await client.download(path);
      hand(blob, name);
    } catch {
      said.textContent = words.say("download-failed");
    }
    start.disabled = false;
  }
}

/** Give the browser a file to save. */
function hand(blob, name) {
  const address = URL.createObjectURL(blob);
  el("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
