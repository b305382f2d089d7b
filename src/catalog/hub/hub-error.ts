/** Why the hub gave no answer; each asks something else of a person. */
export type HubErrorKind =
  | "wrong-name"
  | "no-network"
  | "not-found"
  | "gated"
  | "wrong-token"
  | "rate-limited"
  | "timeout"
  | "too-large"
  | "hub-fault"
  | "unusable"
  | "cancelled";

/** A question to the hub that was not answered; the message is for people and says what to do. */
export class HubError extends Error {
  override readonly name = "HubError";
  readonly kind: HubErrorKind;

  constructor(kind: HubErrorKind, message: string) {
    super(message);
    this.kind = kind;
  }
}
