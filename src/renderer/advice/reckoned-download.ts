import { isPublished } from "#advice/next/weights-source.ts";
import { downloadBytes, type Option } from "#advice/option.ts";

/** True where the size of a download is a sum of tensors: the catalog knows of no published file in that packing. */
export function isReckoned(option: Option): boolean {
  return downloadBytes(option) !== null && !isPublished(option.model, option.quantization);
}
