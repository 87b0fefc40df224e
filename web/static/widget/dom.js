// Building elements. Data only ever becomes text or a checked attribute, never markup.

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element: `text` becomes its text, `on` its listeners, `true` an empty attribute, anything else an
 * attribute; `null`, `undefined` and `false` are left out, among children too.
 */
export function el(tag, { text, on = {}, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  for (const [event, listener] of Object.entries(on)) element.addEventListener(event, listener);
  if (text !== undefined && text !== null) element.textContent = text;
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A real button with a visible label. */
export function button(label, onClick, attributes = {}) {
  return el("button", { type: "button", text: label, on: { click: onClick }, ...attributes });
}

/** A real button that shows an icon and is named by `label`. */
export function iconButton(name, label, onClick, attributes = {}) {
  const made = el("button", { type: "button", "aria-label": label, title: label, ...attributes }, icon(name));
  made.addEventListener("click", onClick);
  return made;
}

/** An address that is safe to follow or load: http or https, relative ones from `base`; else null. */
export function safeUrl(address, base) {
  try {
    const url = new URL(address, base);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

const PATHS = {
  chat: ["M4 5.5h16v11H9.5L5 20.5v-4H4z", "M8 9.5h8", "M8 12.5h5"],
  close: ["M6 6l12 12", "M18 6L6 18"],
  send: ["M5 12h13", "M12.5 6.5L18 12l-5.5 5.5"],
  previous: ["M14.5 6L8.5 12l6 6"],
  next: ["M9.5 6l6 6-6 6"],
  language: ["M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17z", "M3.5 12h17", "M12 3.5c3 3 3 14 0 17", "M12 3.5c-3 3-3 14 0 17"],
  person: ["M12 12.5a4 4 0 100-8 4 4 0 000 8z", "M4.5 20c1.2-3.6 4-5 7.5-5s6.3 1.4 7.5 5"],
  check: ["M5 12.5l4.5 4.5L19 7.5"],
  spark: ["M12 4l1.8 5.2L19 11l-5.2 1.8L12 18l-1.8-5.2L5 11l5.2-1.8z"],
};

/** A line icon in the colour of the text around it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  for (const d of PATHS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
