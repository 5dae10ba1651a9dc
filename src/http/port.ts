/** A port is not to be had; a sentence for the console that names the setting. */
export class PortRefused extends Error {
  constructor(because: string, cause: unknown) {
    super(because, { cause });
    this.name = 'PortRefused';
  }
}

/** The error of a server that could not listen, as whoever starts it can act on it; any other one as it is. */
export function whyNotListening(
  error: unknown,
  { host, port, setting }: { readonly host: string; readonly port: number; readonly setting: string },
): unknown {
  switch ((error as { code?: unknown }).code) {
    case 'EADDRINUSE':
      return new PortRefused(
        `Port ${port} on ${host} is in use by another program. Stop that program, or choose another port: ${setting}`,
        error,
      );
    case 'EACCES':
      return new PortRefused(
        `Port ${port} on ${host} may not be opened by this user, as those below 1024 often may not. Choose a higher port (${setting}), with a reverse proxy in front of it`,
        error,
      );
    default:
      return error;
  }
}
