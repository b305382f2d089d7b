import { HubError } from "./hub-error.ts";
import type { HubSettings } from "./settings.ts";

/**
 * Throws for an answer that is none, in words that say what to do. The hub names the reason in `X-Error-Code`
 * (huggingface_hub, `utils/_http.py`, `hf_raise_for_status`); without a token it answers 401 for a repository
 * that does not exist, so as not to tell which private ones do.
 */
export function checkStatus(answer: Response, settings: HubSettings): void {
  if (answer.ok) return;
  const code = answer.headers.get("x-error-code");
  const { status } = answer;
  if (code === "GatedRepo") throw gated(settings);
  if (code === "EntryNotFound") throw new HubError("not-found", "The repository has no such file.");
  if (code === "RevisionNotFound") throw new HubError("not-found", "The repository has no such revision.");
  if (status === 429) throw rateLimited(answer);
  if (status === 401 && settings.token !== null && code !== "RepoNotFound") {
    throw new HubError("wrong-token", "The hub refuses the token in HF_TOKEN: it is wrong or has expired.");
  }
  if (status === 404 || status === 401) throw notFound(settings);
  if (status === 403) throw gated(settings);
  const host = new URL(settings.endpoint).host;
  throw new HubError("hub-fault", `${host} answered with status ${status}. Try again later.`);
}

function gated({ token, endpoint }: HubSettings): HubError {
  const accept = `Accept its terms on its page at ${new URL(endpoint).host} first`;
  return new HubError(
    "gated",
    token === null
      ? `The model is gated. ${accept}, then set HF_TOKEN to a token of your account that may read it.`
      : `The model is gated, and the account of HF_TOKEN has no access to it. ${accept}; some ask for a review.`,
  );
}

function notFound({ token }: HubSettings): HubError {
  const hint =
    token === null ? "Is the name right? For a private one set HF_TOKEN." : "Is the name right, as ORG/NAME?";
  return new HubError("not-found", `The hub has no such model. ${hint}`);
}

function rateLimited(answer: Response): HubError {
  const seconds = waitSeconds(answer.headers);
  const wait = seconds === null ? "some minutes" : `${seconds.toLocaleString("en-US")} s`;
  return new HubError("rate-limited", `The hub has had too many questions from here. Try again in ${wait}.`);
}

/** `Retry-After: 30`, or the time left in `RateLimit: "api";r=0;t=55` (IETF draft, RateLimit header fields). */
function waitSeconds(headers: Headers): number | null {
  const stated = headers.get("retry-after") ?? /;\s*t=(\d+)/.exec(headers.get("ratelimit") ?? "")?.[1] ?? "";
  return /^\d+$/.test(stated) ? Number(stated) : null;
}
