// Exploring the outcome: paragraphs by words, actor, theme and date. Needs no Python.

import {called, count, current, element, say} from "./words.js";

export const outcome = await (await fetch("outcome.json")).json();

const SHOWN = 12;
const $ = id => document.getElementById(id);
const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
let shown = SHOWN;

/** What is searched of each paragraph, names in all languages and by-names. */
const searched = outcome.paragraphs.map(each => {
  const names = [...each.themes, ...each.mandates.flatMap(m => [m.verb, ...m.addressees])]
    .flatMap(id => [outcome.names[id] ?? "", outcome.aliases[id] ?? []])
    .flatMap(said => (typeof said === "string" ? said : Object.values(said)));
  const actions = each.mandates.map(m => `${m.action} ${m.due}`);
  return {
    each,
    heavy: plain([`${each.number} `, ...names, each.section].join(" ")),
    light: plain([each.summary, ...actions].join(" ")),
  };
});

/** Fill the lists of choices, in the language of the page. */
export function fill() {
  const sorted = ids => ids.map(id => [id, called(outcome.names[id])]).sort((a, b) => a[1].localeCompare(b[1], current()));
  options("actor", say("anyone"), sorted(Object.keys(outcome.actors)));
  options("theme", say("any"), sorted(outcome.themes));
  const years = new Set(outcome.paragraphs.flatMap(p => p.mandates.map(m => m.latest.slice(0, 4)).filter(Boolean)));
  options("due", say("ever"), [...years].sort().map(year => [year, year]));
  options("line", null, outcome.lines.map(each => [each.id, `${each.code} ${called(each.name)}`]));
}

function options(id, any, choices) {
  const select = $(id), before = select.value;
  const first = any === null ? [] : [["", any]];
  select.replaceChildren(...[...first, ...choices].map(([value, text]) => element("option", {value}, text)));
  if ([...select.options].some(each => each.value === before)) select.value = before;
}

/** Show what fits the filters. */
export function find({more = false} = {}) {
  shown = more ? shown + SHOWN : SHOWN;
  const words = plain($("words").value).split(/[^\p{L}\p{N}.()-]+/u).filter(each => each.length > 1 || /\d/.test(each));
  const filters = {actor: $("actor").value, theme: $("theme").value, due: $("due").value};
  const hits = [];
  for (const {each, heavy, light} of searched) {
    const mandates = each.mandates.map(m => match(m, filters)).filter(Boolean);
    if (filters.theme && !each.themes.includes(filters.theme)) continue;
    if ((filters.actor || filters.due) && !mandates.length) continue;
    const score = words.reduce((sum, word) => sum + weight(word, each, heavy, light), 0);
    if (words.length && !score) continue;
    hits.push({each, mandates, score});
  }
  if (words.length) hits.sort((a, b) => b.score - a.score);
  const from = more ? $("found").children.length : 0;
  $("found").replaceChildren(...hits.slice(0, shown).map(hit => item(hit, words)));
  $("count").textContent = hits.length > shown ? say("some", {n: shown, all: hits.length}) : count("paragraphs", hits.length);
  $("more").hidden = hits.length <= shown;
  if (more) $("found").children[from]?.querySelector("a")?.focus();
}

/** How much a word tells of a paragraph: its number, a name, a text; whole words count double. */
function weight(word, each, heavy, light) {
  if (word === each.number.toLowerCase()) return 50;
  const found = text => (!text.includes(word) ? 0 : text.split(/[^\p{L}\p{N}-]+/u).includes(word) ? 2 : 1);
  return 3 * found(heavy) + found(light);
}

/** A mandate that fits, with the names by which it reaches the actor. */
function match(mandate, {actor, due}) {
  if (due && !(mandate.latest && mandate.latest.slice(0, 4) <= due)) return null;
  if (!actor) return {mandate};
  const routes = mandate.addressees.filter(id => id in outcome.actors[actor]).map(id => [id, outcome.actors[actor][id]]);
  if (!routes.length) return null;
  const [named, route] = routes.reduce((a, b) => (b[1].length < a[1].length ? b : a));
  return {mandate, named, route};
}

function item({each, mandates}, words) {
  const page = `../outcome/${each.id}/`;
  const preamble = each.id.includes("/p");
  const title = preamble ? say("preambular", {n: each.number.replace(/^P/i, "")}) : say("paragraph", {n: each.number});
  return element("li", {},
    element("h3", {}, element("a", {href: page}, title)),
    element("small", {lang: "en"}, each.section),
    element("p", {lang: "en"}, ...marked(each.summary, words)),
    mandates.length ? element("ul", {}, ...mandates.map(m => asked(m, words))) : "",
    element("p", {}, element("a", {href: outcome.official[current()]}, say("official", {symbol: outcome.symbol})),
      " · ", element("a", {href: page}, say("page"))));
}

function asked({mandate, named, route}, words) {
  const who = mandate.addressees.map(id => called(outcome.names[id])).join(", ") || say("nobody");
  const made = element("li", {},
    element("strong", {}, called(outcome.names[mandate.verb])), " ",
    element("span", {lang: "en"}, ...marked(mandate.action, words)),
    element("small", {}, `${say("who")} ${who}`),
    mandate.due ? element("small", {}, `${say("when")} `, element("span", {lang: "en"}, mandate.due)) : "");
  if (route) made.append(element("small", {class: "why"}, `${say("why", {name: called(outcome.names[named])})} `, element("span", {lang: "en"}, `(${route})`)));
  else if (named) made.append(element("small", {class: "why"}, say("named")));
  return made;
}

/** A text with the words that were looked for marked. */
function marked(text, words) {
  if (!words.length) return [text];
  const escaped = words.map(each => each.replace(/[.*+?^${}()|[\]\\-]/g, "\\$&"));
  return text.split(new RegExp(`(${escaped.join("|")})`, "iu")).map((part, i) => (i % 2 ? element("mark", {}, part) : part));
}

/** Listen to the filters. */
export function listen() {
  for (const id of ["actor", "theme", "due"]) $(id).addEventListener("change", () => find());
  let timer;
  $("words").addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(find, 150);
  });
  $("more").addEventListener("click", () => find({more: true}));
}
