// Lint of the labs' scripts, run inside softpower/labs. They are glued together, so that what one file
// of the kit declares is known in every other.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

const LABS = path.resolve(import.meta.dirname, "../../softpower/labs");
const read = (folder) => readdirSync(path.join(LABS, folder)).filter((name) => name.endsWith(".js"))
  .map((name) => readFileSync(path.join(LABS, folder, name), "utf8")).join("\n");
const declared = (folder) => [...read(folder).matchAll(/^(?:function|class|const|let) (\w+)/gm)].map(([, name]) => name);
const known = (...names) => Object.fromEntries(names.map((name) => [name, "readonly"]));

const BROWSER = known("window", "document", "navigator", "sessionStorage", "setTimeout", "clearTimeout", "ResizeObserver",
  "structuredClone", "URL", "Blob", "Node", "CSS", "getComputedStyle", "console");
const KIT = known(...declared("kit"));
const STUDIO = known(...declared("studio"));

// A message is found for the catalogues where it is a literal, and never put together.
const WHOLE = "A message is one literal in double quotes: t(\"… {place} …\", { place }).";
const RULES = {
  "max-lines-per-function": ["error", { max: 80 }],
  "max-lines": ["error", { max: 300 }],
  "no-undef": "error",
  "no-unused-vars": ["error", { varsIgnorePattern: "^_", argsIgnorePattern: "^_" }],
  "prefer-const": "error",
  "no-var": "error",
  eqeqeq: "error",
  "no-shadow": ["error", { builtinGlobals: false }],
  "no-implicit-coercion": "error",
  "no-unreachable": "error",
  "no-dupe-keys": "error",
  "no-self-assign": "error",
  "no-use-before-define": ["error", { functions: false, variables: false, classes: false }],
  "no-restricted-properties": ["error",
    { property: "innerHTML", message: "Make elements: nothing that somebody typed becomes HTML." },
    { property: "toLocaleString", message: "Numbers are written by number(), as the course's language writes them." }],
  "no-restricted-syntax": ["error",
    { selector: "CallExpression[callee.name='t'] > :not(Literal):nth-child(1)", message: WHOLE },
    { selector: "CallExpression[callee.name='tn'] > :not(Literal):nth-child(1)", message: WHOLE },
    { selector: "CallExpression[callee.name='tn'] > :not(Literal):nth-child(2)", message: WHOLE },
    { selector: "TemplateLiteral CallExpression[callee.name=/^(t|tn)$/]", message: "Inside another literal a message is not found." },
    { selector: "CallExpression[callee.name=/^(t|tn)$/] > Literal[raw=/^'/]", message: WHOLE }],
};
// A file of the kit is used by the others: what it declares at the top need not be used in it.
const PART = { ...RULES, "no-unused-vars": ["error", { vars: "local", argsIgnorePattern: "^_" }] };

const scripts = (files, sourceType, globals, rules) =>
  ({ files, languageOptions: { ecmaVersion: 2024, sourceType, globals: { ...BROWSER, ...globals } }, rules });

export default [
  scripts(["kit/*.js"], "script", KIT, PART),
  scripts(["studio/*.js"], "script", { ...KIT, ...STUDIO }, PART),
  scripts(["*.js"], "module", { ...KIT, ...STUDIO }, RULES),
];
