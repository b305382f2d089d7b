import { expect, test } from "vitest";
import { hubSettingsOf } from "#catalog/hub/settings.ts";

const DEFAULT = { endpoint: "https://huggingface.co", token: null, timeoutMs: 10_000 };

test.each([
  [{}, {}],
  [
    { HF_ENDPOINT: "https://mirror.example/", HF_TOKEN: "hf_1\n" },
    { endpoint: "https://mirror.example", token: "hf_1" },
  ],
  [{ HF_ENDPOINT: " ", HF_TOKEN: "" }, {}],
  [{ HF_HUB_DOWNLOAD_TIMEOUT: "30" }, { timeoutMs: 30_000 }],
  [{ HF_HUB_DOWNLOAD_TIMEOUT: "soon" }, {}],
  [{ HF_HUB_DOWNLOAD_TIMEOUT: "1e12" }, { timeoutMs: 86_400_000 }],
])("%j", (env, said) => {
  expect(hubSettingsOf(env)).toEqual({ ...DEFAULT, ...said });
});
