import { Client } from './client.ts';
import type { TestInstallation } from './installation.ts';

/** The first administrator, whom every start creates, signed in at this server of the installation. */
export async function adminAt(url: string, { settings }: TestInstallation): Promise<Client> {
  return await Client.signIn(url, 'admin@localhost.localdomain', settings['ADMIN_PASSWORD'] ?? '');
}
