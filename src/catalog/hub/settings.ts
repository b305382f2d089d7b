/** Where the hub is and who asks. */
export interface HubSettings {
  /** Address without a slash at its end. */
  readonly endpoint: string;
  /** Access token for gated and private models; null without. */
  readonly token: string | null;
  /** How long one answer may keep silent. */
  readonly timeoutMs: number;
}

const ENDPOINT_DEFAULT = "https://huggingface.co";
const TIMEOUT_DEFAULT_MS = 10_000;
/** A day; what is above 24 days a timer takes for nothing at all. */
const TIMEOUT_MAX_MS = 86_400_000;

/**
 * From the environment, under the names that the hub's own tools read: `HF_ENDPOINT`, `HF_TOKEN` and
 * `HF_HUB_DOWNLOAD_TIMEOUT` in seconds, 10 without (huggingface_hub, "Environment variables").
 */
export function hubSettingsOf(env: Readonly<Record<string, string | undefined>>): HubSettings {
  const endpoint = (env.HF_ENDPOINT ?? "").trim().replace(/\/+$/, "");
  const token = (env.HF_TOKEN ?? "").trim();
  const timeoutSeconds = Number(env.HF_HUB_DOWNLOAD_TIMEOUT ?? "");
  return {
    endpoint: endpoint === "" ? ENDPOINT_DEFAULT : endpoint,
    token: token === "" ? null : token,
    timeoutMs: timeoutSeconds > 0 ? Math.min(timeoutSeconds * 1000, TIMEOUT_MAX_MS) : TIMEOUT_DEFAULT_MS,
  };
}
