// Compile the modules in an archive, with the Python that will run them.
//
//     node compile.mjs PYODIDE ARCHIVE COMPILED
import {readFileSync, writeFileSync} from "node:fs";
import {pathToFileURL} from "node:url";

const [folder, archive, compiled] = process.argv.slice(2);
const {loadPyodide} = await import(pathToFileURL(`${folder}/pyodide.mjs`));
const python = await loadPyodide({indexURL: `${folder}/`});
python.unpackArchive(new Uint8Array(readFileSync(archive)), "zip", {extractDir: "/library"});
python.runPython(`
import compileall, py_compile, zipfile
from pathlib import Path

# What is compiled is taken as it is, without a look at the source.
mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
for each in Path("/library").iterdir():
    # Our own sources stay: what fields are for is read from them. Those of others only weigh.
    if each.name in ("wsis_model", "page_checker.py"):
        compile = compileall.compile_dir if each.is_dir() else compileall.compile_file
        compile(each, quiet=1, invalidation_mode=mode)
    else:
        sources = [each] if each.suffix == ".py" else [*each.rglob("*.py")]
        for source in sources:
            py_compile.compile(source, source.with_suffix(".pyc"), doraise=True, optimize=2, invalidation_mode=mode)
            source.unlink()
with zipfile.ZipFile("/compiled.zip", "w", zipfile.ZIP_STORED) as packed:
    for each in sorted(Path("/library").rglob("*")):
        if each.is_file():
            name = each.relative_to("/library").as_posix()
            packed.writestr(zipfile.ZipInfo(name), each.read_bytes())
`);
writeFileSync(compiled, python.FS.readFile("/compiled.zip"));
