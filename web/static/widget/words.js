// The widget's words in one language, from the server's phrase files.

export class Words {
  constructor(locale, words) {
    this.locale = locale;
    this.words = words;
  }

  static async load(host, locale) {
    const address = new URL("api/v1/widget/words", host);
    if (locale) address.searchParams.set("locale", locale);
    const response = await fetch(address);
    const { locale: known, words } = await response.json();
    return new Words(known, words);
  }

  /** The phrase, with `{name}` and the like filled in; an unknown key shows itself. */
  say(key, values = {}) {
    const phrase = this.words[key] ?? key;
    return phrase.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }

  /** An amount as people of this language read it. */
  money(amount, currency) {
    return new Intl.NumberFormat(this.locale, { style: "currency", currency }).format(amount);
  }
}
