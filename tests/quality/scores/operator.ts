import type { ScoreRow } from "./score-row.ts";

/**
 * Who ran the models: scores from one operator share its prompts and mistakes. A board is one operator over all its
 * releases, a maker is one over all its repositories and cards.
 */
export function operatorOf({ source, variant }: Pick<ScoreRow, "source" | "variant">): string {
  const board = BOARDS.find(([pattern]) => pattern.test(source));
  if (board !== undefined) return board[1];
  if (source.includes("benchmark-stitching")) {
    const paper = collectedFrom(variant);
    return paper === null ? "Epoch AI" : `${paper}, in Epoch AI`;
  }
  return (
    makerOf(source)?.name ??
    withoutCommit(source)
      .split(/[/:#(]/)[0]
      ?.trim() ??
    source
  );
}

/** The paper or board that Epoch AI took a figure from; null for its own runs. */
function collectedFrom(variant: string): string | null {
  const stated = /collected from: (.*)/.exec(variant)?.[1] ?? "";
  const paper = stated
    .replace(/non-thinking|thinking/g, "")
    .replace("Standford", "Stanford")
    .replace(/^(.+)\1$/, "$1") // written twice in one cell
    .trim();
  return paper === "" ? null : paper;
}

const BOARDS: readonly (readonly [RegExp, string])[] = [
  [/csv\/huggingface\.csv/, "Open LLM Leaderboard v1"],
  [/csv\/huggingface_v2\.csv/, "Open LLM Leaderboard v2"],
  [/arena-ai-leaderboards/, "LMArena"],
  [/new-livebench/, "LiveBench"],
  [/EuroEval\/leaderboards/, "EuroEval"],
  [/JonathanChavezTamales/, "llm-stats"],
  [/evalplus/, "EvalPlus"],
  [/bigcode-bench/, "BigCodeBench"],
  [/livecodebench\.github/, "LiveCodeBench"],
  [/Aider-AI/, "Aider"],
];

/** A source without the commit it was read at. */
export function withoutCommit(source: string): string {
  return source.replace(/@[0-9a-f]{6,40}/, "");
}

interface Maker {
  readonly name: string;
  /** Words in a source that name it. */
  readonly words: RegExp;
  /** Owners of its models on Hugging Face. */
  readonly owners: RegExp;
}

/** The first that a source names; makers that build on another's models stand before it. */
const MAKERS: readonly Maker[] = [
  { name: "TinyLlama", words: /tinyllama/i, owners: /^TinyLlama\// },
  { name: "NVIDIA", words: /nemotron|nvidia/i, owners: /^nvidia\// },
  { name: "DeepSeek", words: /deepseek/i, owners: /^deepseek-ai\// },
  { name: "Qwen", words: /qwen/i, owners: /^Qwen\// },
  { name: "Meta", words: /llama/i, owners: /^(?:meta-llama|codellama|huggyllama)\// },
  { name: "Google", words: /gemma/i, owners: /^google\// },
  { name: "Mistral AI", words: /mistral|ministral|mixtral/i, owners: /^mistralai\// },
  { name: "Microsoft", words: /phi-|textbooks/i, owners: /^microsoft\// },
  { name: "TII", words: /falcon/i, owners: /^tiiuae\// },
  { name: "01.AI", words: /\byi\b|01-ai/i, owners: /^01-ai\// },
  { name: "InternLM", words: /internlm/i, owners: /^internlm\// },
  { name: "OpenBMB", words: /minicpm/i, owners: /^openbmb\// },
  { name: "Baichuan", words: /baichuan/i, owners: /^baichuan-inc\// },
  { name: "LG AI Research", words: /exaone/i, owners: /^LGAI-EXAONE\// },
  { name: "Tencent", words: /hunyuan/i, owners: /^tencent\// },
  { name: "Z.ai", words: /\bglm|z\.ai|chatglm/i, owners: /^(?:zai-org|THUDM)\// },
  { name: "Moonshot AI", words: /kimi|moonlight|moonshot/i, owners: /^moonshotai\// },
  { name: "MiniMax", words: /minimax/i, owners: /^MiniMaxAI\// },
  { name: "Xiaomi", words: /mimo/i, owners: /^XiaomiMiMo\// },
  { name: "Meituan", words: /longcat/i, owners: /^meituan-longcat\// },
  { name: "ByteDance Seed", words: /seed-oss/i, owners: /^ByteDance-Seed\// },
  { name: "IBM", words: /granite|\bibm\b/i, owners: /^ibm-granite\// },
  { name: "inclusionAI", words: /inclusionai/i, owners: /^inclusionAI\// },
  { name: "Ai2", words: /olmo/i, owners: /^allenai\// },
  { name: "Salesforce", words: /xgen/i, owners: /^Salesforce\// },
];

function makerOf(text: string): Maker | null {
  return MAKERS.find(({ words }) => words.test(text)) ?? null;
}

/** True where a maker scored its own model: its table, or a list of what makers report of their own. */
export function isOwnScore({ model, source, variant, kind }: ScoreRow): boolean {
  if (kind === "independent") return false;
  if (source.includes("JonathanChavezTamales")) return true;
  return makerOf(collectedFrom(variant) ?? source)?.owners.test(model) ?? false;
}
