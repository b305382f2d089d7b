import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "svelte/compiler";
import ts from "typescript";

/** A message that the program says, and where. */
export interface Said {
  readonly message: string;
  /** Relative to the checkout. */
  readonly file: string;
  /** True where it is said while a module loads, before a language is chosen. */
  readonly isAtLoad: boolean;
}

/** Text that a person sees and that no language can change. */
export interface Unsaid {
  readonly text: string;
  readonly file: string;
}

/** What a folder's sources say, and the texts they show without saying them. */
export interface FolderWords {
  readonly said: readonly Said[];
  readonly unsaid: readonly Unsaid[];
  /** Calls whose message is no literal, so that nobody can look it up. */
  readonly unreadable: readonly string[];
}

/** Reads all `.ts` and `.svelte` files below a folder of the checkout. */
export function wordsOf(root: string, folder: string): FolderWords {
  const found = sourcesBelow(path.join(root, folder)).map((file) => wordsOfFile(root, file));
  return {
    said: found.flatMap(({ said }) => said),
    unsaid: found.flatMap(({ unsaid }) => unsaid),
    unreadable: found.flatMap(({ unreadable }) => unreadable),
  };
}

function sourcesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|svelte)$/.test(name) && !name.endsWith(".d.ts"))
    .map((name) => path.join(folder, name))
    .sort();
}

function wordsOfFile(root: string, file: string): FolderWords {
  const source = readFileSync(file, "utf8");
  const name = path.relative(root, file);
  if (!file.endsWith(".svelte")) return wordsOfScript(source, name, false);
  const page = parse(source, { modern: true });
  const script = /<script[^>]*>([\s\S]*?)<\/script>/.exec(source)?.[1] ?? "";
  const template: string[] = [];
  const shown: string[] = [];
  walkTemplate(page.fragment, (node) => {
    if (node.type === "Text" && typeof node.data === "string") shown.push(node.data);
    else if (isExpression(node)) template.push(source.slice(node.start, node.end));
  });
  const inScript = wordsOfScript(script, name, true);
  const inTemplate = template.map((expression) => wordsOfScript(`(${expression})`, name, true));
  const texts = shown.map((text) => text.replaceAll(/\s+/g, " ").trim()).filter(isText);
  return {
    said: [inScript, ...inTemplate].flatMap(({ said }) => said),
    unsaid: [
      ...texts.map((text) => ({ text, file: name })),
      ...[inScript, ...inTemplate].flatMap(({ unsaid }) => unsaid),
    ],
    unreadable: [inScript, ...inTemplate].flatMap(({ unreadable }) => unreadable),
  };
}

interface TemplateNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly name?: unknown;
  readonly data?: unknown;
}

/** Attributes whose text nobody sees. */
const UNSEEN_ATTRIBUTES =
  /^(?!(aria-label|aria-description|aria-valuetext|aria-roledescription|title|placeholder|alt|label|message|heading|name|unit|note|text)$)/;

function walkTemplate(node: unknown, visit: (node: TemplateNode) => void): void {
  if (Array.isArray(node)) {
    for (const one of node) walkTemplate(one, visit);
    return;
  }
  if (!isNode(node)) return;
  visit(node);
  if (isExpression(node)) return;
  const isUnseen = node.type === "Attribute" && UNSEEN_ATTRIBUTES.test(String(node.name));
  for (const [key, value] of Object.entries(node)) {
    if (key === "parent" || key === "metadata") continue;
    if (isUnseen) walkTemplate(value, (inner) => isExpression(inner) && visit(inner));
    else walkTemplate(value, visit);
  }
}

function isNode(value: unknown): value is TemplateNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** Nodes of ESTree, whose kinds are told from Svelte's own by these endings. */
function isExpression({ type, start }: TemplateNode): boolean {
  return (
    typeof start === "number" &&
    /(Expression|Literal|Declaration|Identifier)$/.test(type) &&
    type !== "ExpressionTag" &&
    type !== "SpreadElement"
  );
}

/** Words with a letter that are more than a sign, a unit or a name of the program's own. */
function isText(text: string): boolean {
  return /\p{L}{2}/u.test(text);
}

function wordsOfScript(source: string, file: string, isInComponent: boolean): FolderWords {
  const tree = ts.createSourceFile("words.ts", source, ts.ScriptTarget.Latest, true);
  const said: Said[] = [];
  const unsaid: Unsaid[] = [];
  const unreadable: string[] = [];
  const visit = (node: ts.Node, isInFunction: boolean): void => {
    if (isForProgrammers(node)) return;
    if (isSay(node)) {
      const [message] = node.arguments;
      if (message !== undefined && ts.isStringLiteralLike(message)) {
        said.push({ message: message.text, file, isAtLoad: !isInFunction && !isForm(node) });
      } else unreadable.push(`${file}: ${node.getText(tree)}`);
      for (const argument of node.arguments.slice(1)) visit(argument, isInFunction);
      return;
    }
    if (isShownText(node)) unsaid.push({ text: node.getText(tree), file });
    ts.forEachChild(node, (child) => visit(child, isInFunction || ts.isFunctionLike(node)));
  };
  visit(tree, isInComponent);
  return { said, unsaid, unreadable };
}

function isSay(node: ts.Node): node is ts.CallExpression {
  return isForm(node) || isCallOf(node, "say");
}

/** A message that is said later, of a text that has its form (`#shared/known-form.ts`). */
function isForm(node: ts.Node): node is ts.CallExpression {
  return isCallOf(node, "formOf");
}

function isCallOf(node: ts.Node, name: string): node is ts.CallExpression {
  return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === name;
}

/** What is written to the terminal's log. */
function isForProgrammers(node: ts.Node): boolean {
  return ts.isCallExpression(node) && /^console\.\w+$/.test(node.expression.getText());
}

/** A literal with two words or a capital, outside of types, imports and errors. */
function isShownText(node: ts.Node): boolean {
  const isLiteral = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
  if (!isLiteral || isNoText(node.parent)) return false;
  const text = ts.isTemplateExpression(node)
    ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join("x")
    : node.text;
  return /\p{L}{2,}[ ,.:]+\(?\p{L}{2,}|^\p{Lu}\p{Ll}{2,}/u.test(text);
}

function isNoText(parent: ts.Node): boolean {
  return (
    ts.isImportDeclaration(parent) ||
    ts.isLiteralTypeNode(parent) ||
    ts.isCaseClause(parent) ||
    (ts.isNewExpression(parent) && parent.expression.getText().endsWith("Error")) ||
    (ts.isBinaryExpression(parent) && /^[!=]==$/.test(parent.operatorToken.getText()))
  );
}
