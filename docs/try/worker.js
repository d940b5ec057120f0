// Python, in a thread of its own. It is given all files, and asks for none.

let python, desk;

self.onmessage = async ({data: {task, ...given}}) => {
  try {
    self.postMessage({result: await TASKS[task](given)});
  } catch (error) {
    // What Python could not survive (memory, a stack that was too deep) ends the worker.
    const fatal = !python || error?.name !== "PythonError";
    self.postMessage({error: String(error?.message ?? error), fatal});
  }
};

const TASKS = {
  async start({files}) {
    const kinds = {"pyodide.asm.wasm": ["wasm", "application/wasm"], "python_stdlib.zip": ["stdlib", "application/zip"]};
    self.fetch = async address => {
      const [name, type] = kinds[String(address.url ?? address).split("/").pop()];
      return new Response(files[name], {headers: {"content-type": type}});
    };
    const [loader, module] = await Promise.all(["loader", "module"].map(imported(files)));
    const text = new TextDecoder();
    python = await loader.loadPyodide({
      indexURL: "https://files.invalid/",  // never asked: see above
      createPyodideModule: module.default,
      lockFileContents: text.decode(files.lock),
    });
    const site = python.runPython("import sysconfig; sysconfig.get_paths()['purelib']");
    python.unpackArchive(files.library, "zip", {extractDir: site});
    desk = python.runPython(`
import sys, warnings
warnings.simplefilter("ignore")
from page_checker import Desk
Desk("/desk")
`);
    // What the first check would have to wait for.
    python.runPython("import wsis_model; wsis_model.catalogue(); import wsis_model.checks, wsis_model.loading");
  },

  /** Check files, `[{path, data}]`; without any, those of before. */
  check({files, profile, day, lang}) {
    if (files) desk.clear();
    for (const {path, data} of files ?? []) {
      const bytes = python.toPy(new Uint8Array(data));
      desk.put(path, bytes);
      bytes.destroy();
    }
    return {...plain(desk.check(profile, day, lang)), offers: plain(desk.offers()), lang};
  },

  make: ({copy, lang}) => withFile(plain(desk.make(copy, lang))),
  template: ({line, form, lang}) => withFile(plain(desk.template(line, form, lang))),
};

const imported = files => name =>
  import(URL.createObjectURL(new Blob([files[name]], {type: "text/javascript"})));

function plain(proxy) {
  const value = proxy.toJs({dict_converter: Object.fromEntries});
  proxy.destroy();
  return value;
}

function withFile(made) {
  if (!made.path) return made;
  return {...made, name: made.path.split("/").pop(), data: python.FS.readFile(made.path)};
}
