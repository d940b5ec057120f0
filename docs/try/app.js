// The page: files come in, the report is shown, copies go out.

import {Engine, TimedOut} from "./engine.js";
import {gathered, TooMuch, walked} from "./files.js";
import {fill, find, listen} from "./outcome.js";
import {count, current, element, languages, say, speak} from "./words.js";

const $ = id => document.getElementById(id);
const listed = await fetch("files.json", {cache: "no-cache"}).then(answer => (answer.ok ? answer.json() : null));
const engine = new Engine(listed);
let started = null;  // the promise of a checker that is ready
let shown = null;    // the report on the page
let status = null;   // the words on the page: [name, what is put in]

function tell(...words) {
  status = words;
  $("status").textContent = say(...words);
}

/** How much there is to load; a copy of the site may have nothing. */
function idle() {
  const megabytes = listed && (engine.size / 1e6).toLocaleString(current(), {style: "unit", unit: "megabyte", maximumFractionDigits: 0});
  if (listed) tell("idle", {size: megabytes});
  else tell("missing");
  $("prepare").hidden = !listed;
}

/** Load the checker, once. */
function prepare() {
  if (!listed) throw new Error(say("missing"));
  started ??= (async () => {
    $("prepare").hidden = true;
    const bar = $("progress");
    bar.hidden = false;
    tell("loading", {percent: 0});
    let last = 0;
    await engine.start((done, total) => {
      bar.value = done / total;
      const percent = Math.floor(100 * done / total);
      if (done >= total) {
        bar.removeAttribute("value");
        tell("starting");
      } else if (percent >= last + 10) {  // not more often than it can be read aloud
        tell("loading", {percent: last = percent});
      }
    });
    bar.hidden = true;
    tell("ready");
  })().catch(error => {
    started = null;
    $("progress").hidden = true;
    $("prepare").hidden = false;
    idle();
    throw error;
  });
  return started;
}

/** Do something that may fail, and tell if it does. */
async function attempt(action) {
  $("problem").hidden = true;
  document.body.setAttribute("aria-busy", "true");
  for (const each of document.querySelectorAll("main button")) each.disabled = true;
  try {
    await action();
  } catch (error) {
    const text = error instanceof TimedOut ? say("too-long", {seconds: limit()})
      : error instanceof TooMuch ? say("too-much", {mb: error.megabytes, files: error.files})
      : say("failed", {error: String(error?.message ?? error).trim().split("\n").pop().slice(0, 300)});
    problem(text);
    if (started) tell("ready");
  } finally {
    document.body.setAttribute("aria-busy", "false");
    for (const each of document.querySelectorAll("main button")) each.disabled = false;
  }
}

function problem(text, lines = []) {
  $("problem").replaceChildren(text, lines.length ? element("ul", {lang: "en"}, ...lines.map(each => element("li", {}, each))) : "");
  $("problem").hidden = false;
}

const limit = () => Number(document.body.dataset.limit ?? 120);

/** Check what was dropped or chosen. */
const check = given => attempt(async () => {
  $("report").hidden = true;
  const files = gathered(await given);
  if (!files.length) return problem(say("nothing"));
  await prepare();
  // Only now, when the page can connect to nothing any more, are they read.
  const read = await Promise.all(files.map(async ({path, file}) => ({path, data: await file.arrayBuffer()})));
  await run(read);
  $("verdict").focus();
});

/** Check, in the language of the page; without files, those of before. */
async function run(files) {
  tell("checking");
  const now = new Date(), two = n => String(n).padStart(2, "0");
  const day = $("dated").checked ? `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}` : undefined;
  explain([]);
  shown = null;
  shown = await engine.run("check", {files, profile: $("profile").value, day, lang: current()}, limit());
  tell("ready");
  show();
}

/** The report. */
function show() {
  if (!shown) return;
  const {findings, offers} = shown;
  $("report").report = shown;
  const errors = findings.filter(each => each.severity === "error").length;
  const verdict = $("verdict");
  verdict.textContent = errors ? count("errors", errors) : findings.length ? say("no-errors") : say("sound");
  verdict.className = errors ? "unsound" : "sound";
  $("summary").textContent = [count("warnings", findings.length - errors), sheets(findings)].filter(Boolean).join(" · ");
  $("downloads").replaceChildren(...offers.map((copy, i) => {
    const button = element("button", {type: "button", class: i ? "plain" : undefined, "data-copy": copy}, say(`copy.${copy}`));
    button.addEventListener("click", () => attempt(() => make(copy)));
    return button;
  }));
  const rows = findings.map(row);
  $("faults").tBodies[0].replaceChildren(...rows);
  $("faults").hidden = !rows.length;
  $("report").hidden = false;
}

function sheets(findings) {
  const found = new Map();
  for (const {position} of findings) if (position?.sheet) found.set(position.sheet, (found.get(position.sheet) ?? 0) + 1);
  return [...found].map(([sheet, n]) => `${sheet} ${n}`).join(", ");
}

function row(finding) {
  const {code, severity, message, hint, fix, record, field} = finding;
  const cell = (label, ...children) => element("td", {role: "cell", "data-label": say(label)}, ...children);
  const page = /^[A-Z]\d+$/.test(code) ? "rules" : "problems";
  const mended = fix && fix.new !== undefined && fix.new !== null
    ? element("small", {}, `${say("write")} `, element("code", {}, typeof fix.new === "string" ? fix.new : JSON.stringify(fix.new))) : "";
  return element("tr", {role: "row"},
    cell("where", ...place(finding)),
    cell("fault", element("span", {class: severity}, say(severity)), " ", element("span", {lang: shown.lang}, message),
      element("small", {lang: "en"}, finding.position?.heading ? record : [record, field].filter(Boolean).join(" "))),
    cell("mend", hint ? element("span", {lang: shown.lang}, hint) : "", mended),
    cell("rule", element("a", {href: `../${page}/#${code.toLowerCase()}`}, code)));
}

function place({position = {}}) {
  const {file, sheet, cell, heading, line, column} = position;
  if (cell) return [element("span", {class: "place"}, `${sheet ?? file}!${cell}`), element("small", {}, heading ?? "")];
  if (line) return [element("span", {class: "place"}, `${say("line")} ${line}, ${say("column")} ${column}`), element("small", {}, file)];
  return [file || say("file")];
}

/** Make a copy, and hand it over. */
async function make(copy) {
  tell("making");
  const made = await engine.run("make", {copy, lang: current()}, limit());
  tell("ready");
  if (!made.data) return problem(say("not-made"), made.said);
  save(made);
  if (copy === "mended") explain(made.said);
}

/** What was changed in a mended copy, each change on a line. */
function explain(lines) {
  const told = lines.map(each => element("li", {}, each));
  $("told").replaceChildren(...(told.length ? [say("changed"), element("ul", {lang: shown?.lang}, ...told)] : []));
}

function save({name, data}) {
  const address = URL.createObjectURL(new Blob([data]));
  const link = element("a", {href: address, download: name});
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return name;
}

const begin = form => attempt(async () => {
  await prepare();
  tell("making");
  const made = await engine.run("template", {line: $("line").value, form, lang: current()}, limit());
  tell("ready");
  if (made.data) $("made").textContent = say("saved", {name: save(made)});
  else problem(say("not-made"), made.said);
});

function choose(language) {
  speak(language);
  $("language").value = current();
  if (status) tell(...status);
  fill();
  find();
  // What was found is told anew, of the same files.
  if (shown && shown.lang !== current()) attempt(() => run());
}

const drop = $("drop");
for (const kind of ["dragenter", "dragover"])
  document.addEventListener(kind, event => {
    event.preventDefault();
    drop.classList.add("over");
  });
for (const kind of ["dragleave", "drop"]) document.addEventListener(kind, () => drop.classList.remove("over"));
document.addEventListener("drop", event => {
  event.preventDefault();
  check(walked(event.dataTransfer));
});
for (const id of ["files", "folder"])
  $(id).addEventListener("change", ({target}) => {
    check([...target.files].map(file => ({file, path: file.webkitRelativePath || file.name})));
    target.value = "";  // the same file may be chosen again, mended
  });
$("prepare").addEventListener("click", () => attempt(prepare));
for (const each of document.querySelectorAll("[data-form]")) each.addEventListener("click", () => begin(each.dataset.form));
$("language").addEventListener("change", ({target}) => {
  choose(target.value);
  try { localStorage.setItem("language", target.value); } catch { /* not kept, then */ }
});

let kept = null;
try { kept = localStorage.getItem("language"); } catch { /* none was */ }
const wished = [kept, ...navigator.languages.map(each => each.slice(0, 2))].find(each => languages.includes(each));
idle();
choose(wished ?? "en");
listen();
navigator.serviceWorker?.register("sw.js").catch(() => {});
