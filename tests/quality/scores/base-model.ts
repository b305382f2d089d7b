/** Series that are tuned to answer although their names do not say so; their base versions do say it. */
const TUNED_SERIES =
  /gpt-oss|kimi-k|glm-[45z]|ernie-4\.5|flan|codestral|minimax|deepseek-(?:v[2-9]|r1)|qwen3|qwq|phi-[34]|granite-4|nemotron|smollm3|exaone|devstral|magistral|ministral|mistral-(?:small|large|medium|nemo)|mimo-v2|longcat|lfm2|seed-oss|jamba-1\.5|command|aya|athene|wizard|zephyr|neural|hermes|dolphin|vicuna|openchat|orca|tulu|alpaca|starling|solar.*instruct|minicpm|hunyuan|step-?3|hy3|ling-|ring-|muse|xverse-.*chat/i;
const SAYS_TUNED =
  /instruct|chat|-it\b|\.inst$|-sft|-dpo|-rl\b|-rlhf|think|reason|deep-?coder|distill|tuned|assistant|\boasst/i;
const SAYS_BASE = /base\b|-base-|gemma.*-pt$|-pretrain|-hf$/i;

/** True for a model that continues text and was not tuned to answer; judged by its name on Hugging Face. */
export function isBaseModel(model: string): boolean {
  if (SAYS_BASE.test(model) && !/instruct|chat/i.test(model)) return true;
  return !SAYS_TUNED.test(model) && !TUNED_SERIES.test(model);
}
