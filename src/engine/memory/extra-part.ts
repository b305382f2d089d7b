/** Something that is loaded beside a model, with how its size comes about. */
export interface ExtraPart {
  readonly kind: "projector" | "mtp" | "draft" | "lora";
  readonly name: string;
  readonly bytes: number;
  readonly formula: string;
  readonly source: string;
}

/** The sum of several; 0 of none. */
export function extraPartsBytes(parts: readonly ExtraPart[]): number {
  return parts.reduce((sum, { bytes }) => sum + bytes, 0);
}
