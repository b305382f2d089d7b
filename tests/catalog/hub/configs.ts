import { DENSE_CONFIGS } from "./configs-dense.ts";
import { EXPERT_CONFIGS } from "./configs-experts.ts";
import { WINDOW_CONFIGS } from "./configs-windows.ts";

/** By the id of the same model in our catalog. */
export type Configs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Written by hand in the form of `config.json` files, with the keys that matter; none was fetched for it. */
export const CONFIGS: Configs = { ...DENSE_CONFIGS, ...WINDOW_CONFIGS, ...EXPERT_CONFIGS };
