// The one script tag: <script src="https://HOST/widget.js" async></script>
// Loads the element as a module from the same host, and puts one <aisle-chat> on the page.
(() => {
  const script = document.currentScript;
  const host = new URL(".", script.src);
  const passed = ["locale", "theme", "identityUrl", "cartUrl"];

  const start = async () => {
    const { define } = await import(new URL("static/widget/element.js", host));
    define(host);
    if (document.querySelector("aisle-chat")) return;
    const chat = document.createElement("aisle-chat");
    for (const name of passed) {
      if (script.dataset[name]) chat.dataset[name] = script.dataset[name];
    }
    document.body.append(chat);
  };

  if (document.body) start();
  else addEventListener("DOMContentLoaded", start, { once: true });
})();
