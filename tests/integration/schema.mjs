// Asks ajv what it thinks of documents by a JSON Schema.
//
//   node schema.mjs KIND SCHEMA DOCUMENTS
//
// DOCUMENTS is a file with a list of {"name", "at", "document"}: `at` is the part of the schema that
// the document is of, "#" for all of it. Standard output, sorted and once each, by KIND:
//   valid   what is wrong with a document
//   keys    keys that the schema has and no document, and keys that are not required by it although
//           each document has them
//   taken   changes of a document that leave it valid: of each object a key more, of each key another
//           name, of each value another type. Numbers in a list are `*`.
//   set     the same of the changes that the document lists as "changes": [POINTER, value]
// Exit code 2: ajv could not be run, or refuses the schema.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const Ajv = createRequire(import.meta.url)("ajv/dist/2020.js");

const [kind, schemaFile, documentsFile] = process.argv.slice(2);
const schema = JSON.parse(readFileSync(schemaFile, "utf8"));
const ajv = new Ajv({
  strict: true, strictTypes: true, strictTuples: true, strictRequired: true, allErrors: true,
});
ajv.addSchema(schema, "schema");

const checks = new Map();
function check(at) {
  if (!checks.has(at)) checks.set(at, ajv.getSchema("schema" + at));
  return checks.get(at);
}

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const at = (root, pointer) =>
  pointer.split("/").slice(1).reduce(
    (value, key) => value[key.replaceAll("~1", "/").replaceAll("~0", "~")], root);
const shown = (pointer) => pointer.replace(/\/\d+(?=\/|$)/g, "/*");

function valid({ name, at, document }) {
  if (check(at)(document)) return [];
  // One is enough: alternatives say what each of them misses.
  const { instancePath, message, params } = check(at).errors[0];
  return [`${name}: ${instancePath}: ${message} ${JSON.stringify(params)}`];
}

// Calls visit for each object that a part of the schema with `properties` is about.
function walk(value, pointer, visit) {
  const part = at(schema, pointer);
  if (part.$ref) walk(value, part.$ref, visit);
  for (const choice of ["anyOf", "oneOf"])
    (part[choice] ?? []).forEach((_, i) => {
      const one = `${pointer}/${choice}/${i}`;
      if (check(one)(value)) walk(value, one, visit);
    });
  if (Array.isArray(value) && part.items)
    for (const item of value) walk(item, `${pointer}/items`, visit);
  if (!isObject(value)) return;
  if (part.properties) visit(pointer, part, value);
  for (const [key, inner] of Object.entries(value))
    if (part.properties?.[key]) walk(inner, `${pointer}/properties/${key}`, visit);
    else if (part.additionalProperties) walk(inner, `${pointer}/additionalProperties`, visit);
}

// Every part of the schema that has `properties`.
function parts(value, pointer, into = []) {
  if (value === null || typeof value !== "object") return into;
  if (isObject(value.properties) && value.type === "object") into.push(pointer);
  for (const [key, inner] of Object.entries(value)) parts(inner, `${pointer}/${key}`, into);
  return into;
}

function keys(documents) {
  const seen = new Map(parts(schema, "#").map((pointer) => [pointer, { times: 0, keys: {} }]));
  for (const each of documents)
    walk(each.document, each.at, (pointer, part, value) => {
      const count = seen.get(pointer);
      ++count.times;
      for (const key of Object.keys(value)) count.keys[key] = (count.keys[key] ?? 0) + 1;
    });
  const said = [];
  for (const [pointer, { times, keys }] of seen) {
    const { properties, required = [] } = at(schema, pointer);
    for (const key of Object.keys(properties)) {
      if (!keys[key]) said.push(`never: ${pointer} ${key}`);
      else if (keys[key] === times && !required.includes(key)) said.push(`always: ${pointer} ${key}`);
    }
  }
  return said;
}

const otherType = (value) =>
  typeof value === "string" || value === null ? 1
    : typeof value === "object" ? (Array.isArray(value) ? {} : [])
      : String(value);

function* changes(value, pointer) {
  if (value === null || typeof value !== "object") return;
  if (isObject(value)) {
    value.further = 1;
    yield `${shown(pointer)}: a key more`;
    delete value.further;
  }
  for (const [key, inner] of Object.entries(value)) {
    const place = `${pointer}/${key}`;
    value[key] = otherType(inner);
    yield `${shown(place)}: another type`;
    value[key] = inner;
    if (isObject(value)) {
      delete value[key];
      value[`${key}_`] = inner;
      yield `${shown(place)}: another name`;
      delete value[`${key}_`];
      value[key] = inner;
    }
    yield* changes(inner, place);
  }
}

function taken({ name, at, document }) {
  const said = [];
  let count = 0;
  for (const change of changes(document, "")) {
    ++count;
    if (check(at)(document)) said.push(`${name}${change}`);
  }
  if (count < 10) throw new Error(`${name} has nothing to change`);
  return said;
}

function set({ name, at: part, document, changes }) {
  return changes.filter(([pointer, to]) => {
    const cut = pointer.lastIndexOf("/");
    const parent = at(document, pointer.slice(0, cut));
    const key = pointer.slice(cut + 1);
    if (!(key in parent)) throw new Error(`${name}: there is no ${pointer}`);
    const before = parent[key];
    parent[key] = to;
    const isValid = check(part)(document);
    parent[key] = before;
    return isValid;
  }).map(([pointer, to]) => `${name}${pointer} = ${JSON.stringify(to)}`);
}

const kinds = {
  valid: (documents) => documents.flatMap(valid),
  keys,
  taken: (documents) => documents.flatMap(taken),
  set: (documents) => documents.flatMap(set),
};

try {
  check("#");
  const said = kinds[kind](JSON.parse(readFileSync(documentsFile, "utf8")));
  for (const line of [...new Set(said)].sort()) console.log(line);
} catch (error) {
  console.error(error);
  process.exitCode = 2;
}
