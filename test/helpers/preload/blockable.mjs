// For `node --import`: SIGUSR2 blocks the event loop of this process as long as the file exists that BLOCK_WHILE names.
import { existsSync } from 'node:fs';

process.on('SIGUSR2', () => {
  while (existsSync(process.env['BLOCK_WHILE'] ?? ''));
});
