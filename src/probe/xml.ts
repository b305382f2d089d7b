/** An element of an XML document, as far as tools print them: no namespaces, attributes left out. */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

interface OpenElement {
  readonly name: string;
  text: string;
  readonly children: XmlElement[];
}

const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!DOCTYPE[^>]*>|<(\/?)([A-Za-z_][\w.-]*)([^>]*?)(\/?)>|([^<]+)/g;

/** The root element. Throws where the document is cut, or its tags do not match: half a document is none. */
export function parseXml(text: string): XmlElement {
  const document: OpenElement = { name: "", text: "", children: [] };
  const open: OpenElement[] = [document];
  for (const [, slash, name, , selfClosing, content] of text.matchAll(TOKEN)) {
    const current = open[open.length - 1] ?? document;
    if (content !== undefined) current.text += unescaped(content);
    else if (name !== undefined && slash === "/") close(open, name);
    else if (name !== undefined && selfClosing === "/")
      current.children.push({ name, text: "", children: [] });
    else if (name !== undefined) open.push({ name, text: "", children: [] });
  }
  const root = document.children[0];
  if (open.length !== 1 || root === undefined) throw new Error("the XML is cut off");
  return root;
}

function close(open: OpenElement[], name: string): void {
  const ended = open.pop();
  const parent = open[open.length - 1];
  if (ended === undefined || parent === undefined || ended.name !== name) {
    throw new Error(`the XML closes ${name} where it should not`);
  }
  parent.children.push({ name, text: ended.text.trim(), children: ended.children });
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}

/** The direct children of that name. */
export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** The element at the end of the path of direct children. */
export function childAt(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>((at, name) => childrenOf(at, name)[0], element);
}

/** The text at the end of the path of direct children. */
export function textAt(element: XmlElement | undefined, ...path: readonly string[]): string | undefined {
  return childAt(element, ...path)?.text;
}
