/**
 * The number a file of the kernel holds and nothing else. The kernel ends each with a line break: one that lacks it
 * was cut, and its number may lack digits.
 */
export function wholeNumber(text: string): number | null {
  return /^\d+\n$/.test(text) ? Number(text) : null;
}
