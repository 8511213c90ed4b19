// For `node --import`: SIGUSR2 blocks the event loop of this process as long as the file exists that BLOCK_WHILE names.
import { existsSync } from 'node:fs';

const never = new Int32Array(new SharedArrayBuffer(4));

process.on('SIGUSR2', () => {
  // Waits between two looks without the processor, which the other processes of the test need.
  while (existsSync(process.env['BLOCK_WHILE'] ?? '')) Atomics.wait(never, 0, 0, 20);
});
