// The words of this page, in the language of its reader.

const catalogue = await (await fetch("words.json", {cache: "no-cache"})).json();

let language = "en";

export const languages = Object.keys(catalogue);
export const current = () => language;

/** The words for a name, numbers and names put in; those that are missing are English. */
export function say(name, given = {}) {
  const text = catalogue[language][name] ?? catalogue.en[name];
  return text.replace(/\{(\w+)\}/g, (_, key) => given[key]);
}

/** One of two wordings, by number. */
export const count = (name, n) => say(n === 1 ? `${name}.one` : `${name}.many`, {n: n.toLocaleString(language)});

/** A name of the outcome, in the language of the page if it has one. */
export const called = name => (typeof name === "string" ? name : name?.[language] ?? name?.en ?? "");

/** Put the words of a language where the page has its English ones. */
export function speak(chosen) {
  language = languages.includes(chosen) ? chosen : "en";
  document.documentElement.lang = language;
  document.title = say("title");
  for (const each of document.querySelectorAll("[data-t]")) each.textContent = say(each.dataset.t);
}

/** An element with attributes and what is in it. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== null && value !== false) made.setAttribute(name, value);
  made.append(...children.filter(each => each !== null && each !== undefined && each !== ""));
  return made;
}
