import { numberText } from "#words/numbers.ts";
import { say } from "#words/say.ts";
import { toldAmong } from "./english/told-parts.ts";
import { formOf, type KnownForm, numberIn } from "./known-form.ts";
import { SOURCES } from "./memory-source-forms.ts";

/** A term of the memory as the engine explains it, in the language that is spoken; papers and files keep their names. */
export function memoryTermTexts({
  name,
  formula,
  source,
}: Readonly<Record<"name" | "formula" | "source", string>>): Readonly<
  Record<"name" | "formula" | "source", string>
> {
  return {
    name: toldAmong(name, NAMES),
    formula: toldAmong(formula, FORMULAS),
    source: toldAmong(source, SOURCES),
  };
}

/** "248,320" as the language that is spoken groups it. */
function count(part: string | undefined): string {
  return numberText(numberIn(part));
}

export const NAMES: readonly KnownForm[] = [
  { pattern: /^layers$/, said: () => say("layers") },
  { pattern: /^experts$/, said: () => say("experts") },
  { pattern: /^tables$/, said: () => say("tables") },
  { pattern: /^output$/, said: () => say("output") },
  {
    pattern: /^second copy of the tied table$/,
    said: () => say("second copy of the tied table"),
  },
  { pattern: /^latent attention$/, said: () => say("latent attention") },
  { pattern: /^full attention$/, said: () => say("full attention") },
  { pattern: /^sliding windows$/, said: () => say("sliding windows") },
  { pattern: /^recurrent state$/, said: () => say("recurrent state") },
  { pattern: /^compute buffer$/, said: () => say("compute buffer") },
  {
    pattern: /^compute buffer, (.+)$/,
    said: (device = "") => say("compute buffer, {device}", { device }),
  },
  { pattern: /^overhead$/, said: () => say("overhead") },
  { pattern: /^overhead, (.+)$/, said: (device = "") => say("overhead, {device}", { device }) },
  { pattern: /^copies and rounding$/, said: () => say("copies and rounding") },
  formOf("vision projector"),
  formOf("multi-token prediction"),
  formOf("draft model"),
  formOf("LoRA adapter"),
];

export const FORMULAS: readonly KnownForm[] = [
  {
    pattern: /^(\d+) layers without experts; (\S+), ([\d.]+) bits a weight on average$/,
    said: (layers, quantization = "", bits) =>
      say("{layers} layers without experts; {quantization}, {bits} bits a weight on average", {
        layers: count(layers),
        quantization,
        bits: numberText(numberIn(bits), { minimumFractionDigits: 2 }),
      }),
  },
  {
    pattern: /^every expert of every layer, used or not$/,
    said: () => say("every expert of every layer, used or not"),
  },
  {
    pattern: /^([\d,]+) tokens × ([\d,]+)$/,
    said: (tokens, width) => say("{tokens} tokens × {width}", { tokens: count(tokens), width: count(width) }),
  },
  {
    pattern: /^the table again; what else is outside the layers$/,
    said: () => say("the table again; what else is outside the layers"),
  },
  {
    pattern: /^([\d,]+) × ([\d,]+), and what else is outside the layers$/,
    said: (width, tokens) =>
      say("{width} × {tokens}, and what else is outside the layers", {
        width: count(width),
        tokens: count(tokens),
      }),
  },
  {
    pattern: /^once in RAM to look up, once on a card as output matrix$/,
    said: () => say("once in RAM to look up, once on a card as output matrix"),
  },
  {
    pattern: /^(\d+) layers × ([\d,]+) cells × \((\d+) \+ (\d+)\) in (\S+)$/,
    said: (...[layers, cells, rank = "", rope = "", type = ""]) =>
      say("{layers} layers × {cells} cells × ({rank} + {rope}) in {type}", {
        layers: count(layers),
        cells: count(cells),
        ...{ rank, rope, type },
      }),
  },
  {
    pattern: /^(\d+) layers × ([\d,]+) cells × (\d+) heads × \((\d+) \+ (\d+)\) in (\S+)$/,
    said: (...[layers, cells, heads = "", keys = "", values = "", type = ""]) =>
      say("{layers} layers × {cells} cells × {heads} heads × ({keys} + {values}) in {type}", {
        layers: count(layers),
        cells: count(cells),
        ...{ heads, keys, values, type },
      }),
  },
  {
    pattern: /^(\d+) layers × ([\d,]+) cells × (\d+) heads × \((\d+) \+ (\d+)\) in (\S+) and (\S+)$/,
    said: (...[layers, cells, heads = "", keys = "", values = "", keyType = "", valueType = ""]) =>
      say(
        "{layers} layers × {cells} cells × {heads} heads × ({keys} + {values}) in {keyType} and {valueType}",
        { layers: count(layers), cells: count(cells), ...{ heads, keys, values, keyType, valueType } },
      ),
  },
  {
    pattern: /^(\d+) layers? × (\d+) sequences?, in F32; the same at any context$/,
    said: (layers, sequences) =>
      say(
        "{layers, plural, one {# layer} other {# layers}} × {sequences, plural, one {# sequence} other {# sequences}}, in F32; the same at any context",
        { layers: Number(layers), sequences: Number(sequences) },
      ),
  },
  {
    pattern: /^intermediate results of ([\d,]+) tokens at once$/,
    said: (tokens) => say("intermediate results of {tokens} tokens at once", { tokens: count(tokens) }),
  },
  {
    pattern: /^largest phase of ([\d,]+) tokens, flash attention on$/,
    said: (tokens) => say("largest phase of {tokens} tokens, flash attention on", { tokens: count(tokens) }),
  },
  {
    pattern: /^largest phase of ([\d,]+) tokens, flash attention off$/,
    said: (tokens) => say("largest phase of {tokens} tokens, flash attention off", { tokens: count(tokens) }),
  },
  {
    pattern: /^inputs and the mask of a micro-batch, beside the cards$/,
    said: () => say("inputs and the mask of a micro-batch, beside the cards"),
  },
  {
    pattern: /^what a process takes before any model$/,
    said: () => say("what a process takes before any model"),
  },
  {
    pattern: /^copies on several cards, and rounding; or parts that are mapped once$/,
    said: () => say("copies on several cards, and rounding; or parts that are mapped once"),
  },
  formOf("parameters published beside the decoder's, in 16 bits"),
  formOf("one more layer in {quantization} with its cache, and a buffer of its own"),
  formOf("the recurrent state twice more"),
  formOf("weights in {quantization}, cache and buffer at the same context"),
  formOf("{rank} × (input + output) of every matrix of the layers"),
];
