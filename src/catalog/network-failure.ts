/** What Node calls faults of a network, and what they mean to a person. */
const REASONS: readonly (readonly [codes: RegExp, words: string])[] = [
  [/^(?:ENOTFOUND|EAI_AGAIN|EAI_NODATA)$/, "its address is not found"],
  [/^ECONNREFUSED$/, "nothing answers there"],
  [/^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, "the connection broke off"],
  [/^(?:ETIMEDOUT|UND_ERR_\w*TIMEOUT)$/, "no answer came in time"],
  [/^(?:ENETUNREACH|EHOSTUNREACH|ENETDOWN|EADDRNOTAVAIL)$/, "there is no way to it"],
  [/CERT|^ERR_TLS|^ERR_SSL|^EPROTO$/, "its certificate or encryption is not trusted here"],
];

/** Why a host cannot be reached, for people: `fetch` hides it in the cause of its error. */
export function networkFailureText(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (!(cause instanceof Error)) return "no reason is given";
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
  const known = REASONS.find(([codes]) => codes.test(code));
  if (known !== undefined) return known[1];
  return cause.message === "" ? code : cause.message;
}
