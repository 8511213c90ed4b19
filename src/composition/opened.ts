/**
 * Opens parts that depend on each other and returns them with `close`, which ends them in the reverse order. If one cannot be
 * opened, those before it are closed.
 */
export async function opened<Parts extends object>(
  open: (resources: AsyncDisposableStack) => Promise<Parts>,
): Promise<Parts & { close(): Promise<void> }> {
  const resources = new AsyncDisposableStack();
  try {
    return { ...(await open(resources)), close: () => resources.disposeAsync() };
  } catch (thrown) {
    await resources.disposeAsync();
    throw thrown;
  }
}
