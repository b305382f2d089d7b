import { DENSE_CONFIGS } from "./configs-dense.ts";
import { EXPERT_CONFIGS } from "./configs-experts.ts";
import { WINDOW_CONFIGS } from "./configs-windows.ts";

/** By the id of the same model in our catalog. */
export type Configs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The keys of published `config.json` files that matter. */
export const CONFIGS: Configs = { ...DENSE_CONFIGS, ...WINDOW_CONFIGS, ...EXPERT_CONFIGS };
