import type { Api } from "#shared/ipc.ts";

/** The contract on this side of the boundary: what the page sends is not trusted to be of any type. */
export type Handlers = {
  readonly [Method in keyof Api]: (argument: unknown) => ReturnType<Api[Method]>;
};
