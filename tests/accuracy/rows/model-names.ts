/**
 * What the rows call each model of the catalog, as patterns of the name in lower case with hyphens for spaces and
 * underscores. Fine-tunes stand for the model whose layers they have. The first that matches answers; a name that none
 * matches has no architecture to reckon with, and its rows are counted as left out.
 */
const PATTERNS: readonly (readonly [RegExp, string | null])[] = [
  [
    /embedding|asr|vl-|omni|llava|dflash|drafter|mtp-head|projector|\?b|reap|diffusion|puzzle|llama-v2$/,
    null,
  ],
  [/with-mtp|deckard|sft|laguna|dotsocr/, null],
  [/deepseek-coder-v2-lite|deepseek2-16b/, "deepseek-coder-v2-lite-16b"],
  [/deepseek-coder-33b/, "deepseek-coder-33b"],
  [/r1-distill-qwen-(1\.5|7|14|32)b/, "deepseek-r1-distill-qwen-$1b"],
  [/deepseek-v4-flash/, "deepseek-v4-flash"],
  [/(deepseek-r1|ds-r1|deepseek2-671b)/, "deepseek-r1"],
  [/deepseek-v3/, "deepseek-v3"],
  [/kimi-k2/, "kimi-k2"],
  [/kimi-k3/, "kimi-k3"],
  [/glm-z1-32b|glm-z1-rumination/, null],
  [/glm-4\.7-flash|deepseek2-30b\.a3b/, "glm-4.7-flash"],
  [/glm-4\.5-air/, "glm-4.5-air"],
  [/glm4moe-355b/, "glm-4.5"],
  [/glm-5-fp8/, "glm-5"],
  [/gemma-?3n-e4b/, "gemma-3n-e4b"],
  [/gemma-?3-(1|4|12|27)b/, "gemma-3-$1b"],
  [/gemma-?4-26b/, "gemma-4-26b-a4b"],
  [/gemma-?4-31b/, "gemma-4-31b"],
  [/gemma-?4-(e[24]b)/, "gemma-4-$1"],
  [/gemma-2-(9|27)b/, "gemma-2-$1b"],
  [/gemma-(1\.1-)?7b/, "gemma-7b"],
  [/codegemma-7b/, "codegemma-7b"],
  [/gpt-oss-(20|120)b/, "gpt-oss-$1b"],
  [/granite-3\.3-8b/, "granite-3.3-8b"],
  [/mixtral-8x(7|22)b/, "mixtral-8x$1b"],
  [/mistral-nemo/, "mistral-nemo-12b"],
  [/mistral-small-3\.1/, "mistral-small-3.1-24b"],
  [/ministral-3-(8|14)b|mistral3-(8|14)b/, "ministral-3-$1$2b"],
  [/mistral-7b(-instruct)?-v0\.3/, "mistral-7b-v0.3"],
  [/mistral-?7b|openhermes-2\.5-mistral|openchat-3\.5|tarschatty/, "mistral-7b"],
  [/mimo-v2\.5/, "mimo-v2.5"],
  [/minimax-m2\.7/, "minimax-m2.7"],
  [/minimax-m2\.5|minimax-m2-230b/, "minimax-m2.5"],
  [/hunyuan-a13b/, "hunyuan-a13b"],
  [/dots\.llm1/, "dots-llm1"],
  [/qwq-32b/, "qwq-32b"],
  [/qwen3\.8-27b/, "qwen3.8-27b"],
  [/qwen-?3\.6-(27b|35b-a3b)/, "qwen3.6-$1"],
  [/qwen3\.5-(0\.8b|2b|4b|9b|27b|35b-a3b|122b-a10b|397b-a17b)/, "qwen3.5-$1"],
  [/qwen35-27b/, "qwen3.5-27b"],
  [/qwen35moe-122b/, "qwen3.5-122b-a10b"],
  [/qwen35moe-35b/, "qwen3.5-35b-a3b"],
  [/qwen3-coder-next/, "qwen3-coder-next-80b-a3b"],
  [/qwen3-next|qwen3next/, "qwen3-next-80b-a3b"],
  [/qwen3-coder-30b/, "qwen3-coder-30b-a3b"],
  [/qwen3(moe)?-30b/, "qwen3-30b-a3b"],
  [/qwen3-235b/, "qwen3-235b-a22b"],
  [/qwen3-(0\.6|1\.7|4|8|14|32)b/, "qwen3-$1b"],
  [/goedel-(8b|code)/, "qwen3-8b"],
  [/qwen2\.5-coder-(3|7|14|32)b/, "qwen2.5-coder-$1b"],
  [/qwen2(?:\.5|---5)-(3|7|14|32|72)b/, "qwen2.5-$1b"],
  [/qwen2-72b/, "qwen2-72b"],
  [/qwen1\.5-72b/, "qwen1.5-72b"],
  [/qwen2-(3|7|14)b$/, "qwen2.5-$1b"],
  [/qwen2-1\.5b$/, "qwen2.5-1.5b"],
  [/phi-4$|unphi4/, "phi-4"],
  [/phi-3\.5-mini/, "phi-3.5-mini"],
  [/tinyllama/, "tinyllama-1.1b"],
  [/smollm2-1\.7b/, "smollm2-1.7b"],
  [/falcon-40b/, "falcon-40b"],
  [/falcon3-7b/, "falcon3-7b"],
  [/gpt4all-falcon/, "falcon-7b"],
  [/aya-expanse-8b/, null],
  [/apertus-8b/, "apertus-8b"],
  [/lfm2-8b-a1b/, "lfm2-8b-a1b"],
  [/nemotron-3-nano-30b|nemotron-h-moe-31b|nemotron-30b-a3b/, "nemotron-3-nano-30b-a3b"],
  [/nemotron-3-super|nemotron-h-moe-120b/, "nemotron-3-super-120b-a12b"],
  [/nemotron-mini-4b/, "nemotron-mini-4b"],
  [/llama-nemotron-ultra/, "nemotron-ultra-253b"],
  [/nemotron-70b/, "llama-3.1-nemotron-70b"],
  [/nemotron-nano-8b/, "llama-3.1-8b"],
  [/llama-?4-(scout|17bx16e)/, "llama-4-scout"],
  [/llama-?3\.3-70b/, "llama-3.3-70b"],
  [/llama-3\.2-(1|3)b/, "llama-3.2-$1b"],
  [/llama-?3\.1-(8|70|405)b/, "llama-3.1-$1b"],
  [/llama-3-(8|70)b/, "llama-3-$1b"],
  [/llama-3-neural-chat/, "llama-3-8b"],
  [/llama-2-(7|13|70)b|nexusraven-v2-(13)b/, "llama-2-$1$2b"],
  [/^llama-(7|13)b$/, "llama-2-$1b"],
  [/^llama-1b$/, "llama-3.2-1b"],
  [/^llama-3b$/, "llama-3.2-3b"],
  [/^llama-8b$/, "llama-3.1-8b"],
  [/^llama-70b$/, "llama-3.1-70b"],
  [/typhoon-s-thaillm-8b|mathsmith/, "qwen3-8b"],
];

/** The catalog's id for a name of the rows; null where there is none. */
export function modelIdOf(name: string): string | null {
  const text = name
    .trim()
    .toLowerCase()
    .replaceAll(/[ _/]+/g, "-");
  for (const [pattern, id] of PATTERNS) {
    const match = pattern.exec(text);
    if (match !== null) return id === null ? null : fillIn(id, match);
  }
  return null;
}

function fillIn(id: string, match: RegExpExecArray): string {
  return id.replaceAll(/\$(\d)/g, (_whole, index) => match[Number(index)] ?? "");
}
