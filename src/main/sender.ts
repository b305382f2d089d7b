/** What is asked of Electron's `WebFrameMain`; a frame that is gone is null. */
export interface SenderFrame {
  readonly url: string;
  readonly parent: unknown;
}

/** True for the top frame of our own page: the only caller that the contract is for. */
export function isOwnPage(frame: SenderFrame | null, pageAddress: string): boolean {
  const ownOrigin = originOf(pageAddress);
  return ownOrigin !== null && frame?.parent === null && originOf(frame.url) === ownOrigin;
}

/**
 * `scheme://host:port`; spelled out because `URL.origin` is "null" for schemes of one's own. Null for addresses without
 * a host (`about:`, `data:`, `file:`): pages that nothing tells apart have no origin to compare.
 */
function originOf(address: string): string | null {
  try {
    const { protocol, host } = new URL(address);
    return host === "" ? null : `${protocol}//${host}`;
  } catch {
    return null;
  }
}
