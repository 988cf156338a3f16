// Builds static/vendor/codemirror-<version>/ of the packages in package-lock.json: `make codemirror`.
// The version is that of @codemirror/view, the part that everything else is built around.

import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const VENDOR = "../../static/vendor";
const readPackage = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));

for (const name of readdirSync(VENDOR)) {
  if (name.startsWith("codemirror-")) rmSync(`${VENDOR}/${name}`, { recursive: true });
}
const folder = `${VENDOR}/codemirror-${readPackage("@codemirror/view").version}`;
mkdirSync(folder);

const { metafile } = await build({
  entryPoints: ["parts.js"],
  outfile: `${folder}/codemirror.js`,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  metafile: true,
});

const paths = Object.keys(metafile.outputs[`${folder}/codemirror.js`].inputs);
const names = new Set(paths.flatMap((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? []));
const users = {};
for (const name of [...names].sort()) {
  const licence = readFileSync(`node_modules/${name}/LICENSE`, "utf8").trim();
  (users[licence] ??= []).push(`${name} ${readPackage(name).version}`);
}
const texts = Object.entries(users).map(([licence, packages]) => `${packages.join(", ")}\n\n${licence}\n`);
writeFileSync(`${folder}/LICENSE`, texts.join(`\n${"-".repeat(80)}\n\n`));
