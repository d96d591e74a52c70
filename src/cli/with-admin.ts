/** The client could not be set up: a settings file, a setting or an address is wrong. The message is the cause's. */
export class ClientSetupError extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause });
    this.name = 'ClientSetupError';
  }
}

/**
 * Opens a client, lets `use` work with it and closes it, whatever happens. An error of `open` becomes a ClientSetupError: most
 * of Kafka's scripts word a client that cannot be made otherwise than an action that fails.
 */
export async function withAdmin<A extends { close(): Promise<void> }, R>(
  open: () => Promise<A>,
  use: (admin: A) => Promise<R>,
): Promise<R> {
  let admin: A;
  try {
    admin = await open();
  } catch (error) {
    throw error instanceof Error ? new ClientSetupError(error) : error;
  }
  try {
    return await use(admin);
  } finally {
    await admin.close();
  }
}
