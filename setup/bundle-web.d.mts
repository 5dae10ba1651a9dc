export function bundleWeb(root: string, out: string): Promise<void>;
