/** Total parameters in billions of models whose name does not say, or says those of one expert. */
const KNOWN: readonly (readonly [RegExp, number])[] = [
  [/Mixtral-8x7B/, 46.7],
  [/DeepSeek-V3|DeepSeek-R1-0528/, 671],
  [/DeepSeek-V2-Lite/, 15.7],
  [/c4ai-command-r-plus/, 104],
  [/c4ai-command-r-v01/, 35],
  [/phi-4/, 14.7],
  [/Mistral-7B-Instruct/, 7.24],
];

/** Parameters of a measured model, from its name; losses are told apart by rough size only. */
export function parameterCountOf(model: string): number {
  const known = KNOWN.find(([pattern]) => pattern.test(model))?.[1];
  const stated = known ?? Number(/(\d+(?:\.\d+)?)b\b/i.exec(model)?.[1]);
  if (!Number.isFinite(stated)) throw new Error(`no size known of ${model}`);
  return stated * 1e9;
}
