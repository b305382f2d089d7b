export function bundled(entry: string): Promise<unknown>;
