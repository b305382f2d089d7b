import type { Architecture, LayerKind, LayerRun } from "#engine/model.ts";

/** A description of layers in order, as the catalog states it: equal kinds share a name, runs of one kind are one entry. */
export function namedLayerKinds(
  layers: readonly LayerKind[],
): Pick<Architecture, "layerKinds" | "layerOrder"> {
  const nameByContent = new Map<string, string>();
  const layerKinds: Record<string, LayerKind> = {};
  const layerOrder: LayerRun[] = [];
  for (const kind of layers) {
    const content = JSON.stringify(kind);
    const name = nameByContent.get(content) ?? unusedName(kind, layerKinds);
    nameByContent.set(content, name);
    layerKinds[name] = kind;
    const last = layerOrder.at(-1);
    if (last?.of[0] === name) layerOrder[layerOrder.length - 1] = { repeat: last.repeat + 1, of: [name] };
    else layerOrder.push({ repeat: 1, of: [name] });
  }
  return { layerKinds, layerOrder };
}

function unusedName(kind: LayerKind, taken: Readonly<Record<string, LayerKind>>): string {
  const plain = `${mixerWord(kind)}-${kind.feedForward.kind}`;
  let name = plain;
  for (let number = 2; taken[name] !== undefined; number += 1) name = `${plain}-${number}`;
  return name;
}

function mixerWord({ mixer }: LayerKind): string {
  if (mixer.kind === "recurrent") return "recurrent";
  return mixer.kind === "attention" && mixer.slidingWindow !== null ? "sliding" : "full";
}
