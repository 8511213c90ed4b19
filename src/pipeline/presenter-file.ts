import { z } from 'zod';

/** A presenter's moving picture in the storage. */
export const presenterFile = z.object({ key: z.string(), hash: z.string(), width: z.int(), height: z.int() });
export type PresenterFile = z.infer<typeof presenterFile>;
