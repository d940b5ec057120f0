// What was dropped or chosen: files, or a folder of them.

const KINDS = /\.(xlsx|ya?ml|json|ndjson|csv)(\.gz)?$/i;
const MEGABYTES = 20, FILES = 200;

export class TooMuch extends Error {
  megabytes = MEGABYTES;
  files = FILES;
}

/** Of files `[{path, file}]` those that can be read, with paths inside the folder that all are in. */
export function gathered(all) {
  const some = all.filter(({path}) => KINDS.test(path) && !path.split("/").some(step => step.startsWith(".")));
  // A file of another kind, alone, is told by the checker itself.
  const kept = some.length || all.length !== 1 ? some : all;
  const bytes = kept.reduce((sum, {file}) => sum + file.size, 0);
  if (kept.length > FILES || bytes > MEGABYTES * 1e6) throw new TooMuch();
  return kept.map(({path, file}) => ({file, path: inside(path, kept)}));
}

/** A path without the folder that all are in. */
function inside(path, all) {
  const [top] = path.split("/");
  return all.every(each => each.path.startsWith(`${top}/`)) ? path.slice(top.length + 1) : path;
}

/** The files of what was dropped, folders walked through. */
export async function walked(transfer) {
  const entries = [...transfer.items].map(each => each.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files].map(file => ({file, path: file.name}));
  const found = [];
  for (let entry; (entry = entries.shift()) && found.length <= 10 * FILES;) {
    if (entry.isFile) {
      const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
      found.push({file, path: entry.fullPath.replace(/^\//, "")});
    } else {
      const reader = entry.createReader();
      for (let some; (some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject))).length;)
        entries.push(...some);
    }
  }
  return found;
}
