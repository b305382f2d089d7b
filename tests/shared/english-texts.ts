import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/** A text of a source as somebody may read it; each value in it is a 7. */
export interface EnglishText {
  readonly text: string;
  /** Relative to the checkout. */
  readonly file: string;
}

/** All literals below a folder that are worded: three words or more, outside of imports, types and the program's own faults. */
export function englishTexts(root: string, folder: string): readonly EnglishText[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .flatMap((name) => {
      const file = path.join(folder, name);
      return textsOf(readFileSync(path.join(root, file), "utf8")).map((text) => ({ text, file }));
    });
}

function textsOf(source: string): readonly string[] {
  const tree = ts.createSourceFile("texts.ts", source, ts.ScriptTarget.Latest, true);
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isUnread(node)) return;
    if (ts.isStringLiteralLike(node)) texts.push(node.text);
    else if (ts.isTemplateExpression(node))
      texts.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join("7"));
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return texts.filter((text) => (text.match(/\p{Ll}{2,}/gu) ?? []).length > 2 && isWorded(text));
}

/** What nobody is shown: imports, types, and what only a mistake of this program throws. */
function isUnread(node: ts.Node): boolean {
  return (
    ts.isImportDeclaration(node) ||
    ts.isLiteralTypeNode(node) ||
    (ts.isNewExpression(node) && ["Error", "TypeError"].includes(node.expression.getText()))
  );
}

/** More than a name: two words one after the other, or one and a value. */
export function isWorded(text: string): boolean {
  return /\p{Ll}{2,} (\p{Ll}{2,}|7(?![\w.]))/u.test(text);
}
