// What a PowerShell grammar sees in scripts, as a JSON array.
// usage: node parse.mjs NODE_MODULES SCRIPT...
import { readFileSync, writeSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [modules, ...paths] = process.argv.slice(2);
const { Language, Parser } = await import(pathToFileURL(`${modules}/web-tree-sitter/web-tree-sitter.js`));
await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(`${modules}/tree-sitter-powershell/tree-sitter-powershell.wasm`));

function visit(node, seen) {
  if (node.isError || node.isMissing) seen.faults.push({ line: node.startPosition.row + 1, text: node.text.slice(0, 80) });
  if (node.type === "comment") seen.comments.push(node.text);
  else if (node.type === "function_name") seen.functions.push(node.text);
  else if (node.type === "key_expression") seen.keys.push(node.text);
  else if (node.type === "command") {
    const name = node.childForFieldName("command_name")?.text ?? "";
    const parameters = (node.childForFieldName("command_elements")?.children ?? [])
      .filter((each) => each.type === "command_parameter")
      .map((each) => each.text);
    seen.commands.push({ name, parameters });
  }
  if (node.childCount === 0 && node.type !== "comment") seen.tokens.push(node.text);
  for (const child of node.children) visit(child, seen);
}

const all = paths.map((path) => {
  const seen = { faults: [], comments: [], tokens: [], functions: [], commands: [], keys: [] };
  visit(parser.parse(readFileSync(path, "utf8")).rootNode, seen);
  return seen;
});
const text = Buffer.from(JSON.stringify(all));
for (let written = 0; written < text.length; ) written += writeSync(1, text, written);
process.exit(0); // now: at its end node would wait for V8 to have optimised the grammar
