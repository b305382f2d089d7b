/** One value of a GGUF file's metadata. Long texts and lists are passed over: only their size is kept. */
export type GgufValue = string | number | boolean | GgufList | LongText;

/** A list; its numbers only where they are few (one a layer), since token lists are long and not needed. */
export interface GgufList {
  readonly kind: "list";
  readonly count: number;
  readonly numbers: readonly number[] | null;
}

/** A text too long to be a name: a chat template. */
export interface LongText {
  readonly kind: "long-text";
  readonly lengthBytes: number;
}

/** One tensor as the header describes it. */
export interface GgufTensor {
  readonly name: string;
  /** Row length first, as ggml counts. */
  readonly dimensions: readonly number[];
  readonly elementCount: number;
  /** ggml's name of the type, `Q4_K`. */
  readonly type: string;
  readonly sizeBytes: number;
}

/** What stands before the weights in one file. */
export interface GgufHeader {
  readonly metadata: ReadonlyMap<string, GgufValue>;
  readonly tensors: readonly GgufTensor[];
}

/** A file that is no GGUF file, or not one that can be used; the message is for people. */
export class GgufError extends Error {
  override readonly name = "GgufError";
}
