import type { QuantizationName } from "#engine/quantization.ts";

/** What is opened: a model, in a packing, and where its panel begins. */
export interface Opening {
  readonly modelId: string;
  /** Absent or null: the one that the model's line of the list has. */
  readonly quantization?: QuantizationName | null;
  readonly at?: PanelPlace;
}

export type PanelPlace = "top" | "next-steps";

/** Opens a model's panel. */
export type Open = (opening: Opening) => void;

/** Which model's panel is open, and which build of it everything in the panel is about. */
export class OpenedModel {
  modelId = $state<string | null>(null);
  /** Null: what the model's verdict is for, whatever is asked. */
  quantization = $state<QuantizationName | null>(null);
  place = $state<PanelPlace>("top");
  /** Another with each opening: the panel begins anew, and takes the keyboard. */
  openingCount = $state(0);

  open({ modelId, quantization = null, at = "top" }: Opening): void {
    this.modelId = modelId;
    this.quantization = quantization;
    this.place = at;
    this.openingCount += 1;
  }

  close(): void {
    this.modelId = null;
    this.quantization = null;
  }
}
