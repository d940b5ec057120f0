// Python and the library in this browser: loads them, locks the page, and runs tasks one by one.
//
// All files come first, through this page, so that progress can be told. Then the page forbids
// itself any connection, and only then starts the worker: it is made from a text and so lives under
// the same rule. What was dropped on the page is handed to nobody who could send it anywhere.

const LOCK = "default-src 'none'; script-src blob: 'wasm-unsafe-eval'; worker-src blob:;"
  + " style-src 'self'; img-src 'self' data:; connect-src 'none'; form-action 'none'";

export class TimedOut extends Error {}

export class Engine {
  #listed;          // files.json: where everything is
  #files = null;    // name -> what the worker is given
  #code = null;     // the text of the worker
  #worker = null;
  #waiting = null;  // the task that runs: {resolve, reject, timer}
  #last = Promise.resolve();

  constructor(listed) {
    this.#listed = listed;
  }

  /** How many bytes are loaded. */
  get size() {
    return Object.values(this.#listed.files).reduce((sum, each) => sum + each.size, 0);
  }

  /** Load everything, telling `progress(done, total)` in bytes, and start. */
  async start(progress) {
    const {files, version} = this.#listed, total = this.size;
    this.#code = await (await fetch("worker.js", {cache: "no-cache"})).text();
    let done = 0;
    const kept = globalThis.caches ? await keep(version, files) : null;
    const got = Object.entries(files).map(async ([name, {path, integrity}]) => {
      const response = await kept?.match(path) ?? await fetched(path, integrity, kept);
      return [name, await unpacked(response, size => progress(done += size, total))];
    });
    this.#files = Object.fromEntries(await Promise.all(got));
    lock();
    await this.#launch();
  }

  /** Run a task of the worker, no longer than some seconds; it starts anew after one that is. */
  run(task, given = {}, seconds = 120) {
    const result = this.#last.then(() => this.#run(task, given, seconds));
    this.#last = result.catch(() => {});
    return result;
  }

  async #run(task, given, seconds) {
    if (!this.#worker) await this.#launch();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#stop();
        reject(new TimedOut());
      }, seconds * 1000);
      this.#waiting = {resolve, reject, timer};
      this.#worker.postMessage({task, ...given});
    });
  }

  #launch() {
    const address = URL.createObjectURL(new Blob([this.#code], {type: "text/javascript"}));
    this.#worker = new Worker(address, {type: "module"});
    this.#worker.onmessage = ({data}) => this.#settle(data);
    this.#worker.onerror = event => {
      event.preventDefault();
      this.#settle({error: event.message ?? "the worker stopped"});
      this.#stop();
    };
    return new Promise((resolve, reject) => {
      this.#waiting = {resolve, reject};
      this.#worker.postMessage({task: "start", files: this.#files});
    });
  }

  #settle({error, fatal, result}) {
    const {resolve, reject, timer} = this.#waiting ?? {};
    clearTimeout(timer);
    this.#waiting = null;
    if (fatal) this.#stop();
    if (error === undefined) resolve?.(result);
    else reject?.(new Error(error));
  }

  #stop() {
    this.#worker?.terminate();
    this.#worker = null;
    this.#waiting = null;
  }
}

/** The cache of this version, for when there is no connection; those of other versions go. */
async function keep(version, files) {
  try {
    const name = `wsis-model-${version}`;
    for (const each of await caches.keys())
      if (each.startsWith("wsis-model-") && each !== name && each !== "wsis-model-page") await caches.delete(each);
    return await caches.open(name);
  } catch {
    return null;  // a private window may have none
  }
}

async function fetched(path, integrity, kept) {
  const response = await fetch(path, {integrity});
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  // A full disk is no reason to fail.
  await kept?.put(path, response.clone()).catch(() => {});
  return response;
}

/** What a compressed file holds, told as it arrives. */
async function unpacked(response, arrived) {
  const counted = new TransformStream({
    transform(chunk, controller) {
      arrived(chunk.byteLength);
      controller.enqueue(chunk);
    },
  });
  const stream = response.body.pipeThrough(counted).pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

/** Forbid this page, and the workers it will make, any connection. */
function lock() {
  const rule = document.createElement("meta");
  rule.httpEquiv = "Content-Security-Policy";
  rule.content = LOCK;
  document.head.append(rule);
}
