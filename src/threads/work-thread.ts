/** What a worker thread runs: a module of its own in the build (rolldown.config.ts), found by its name. */
import { lowerThreadPriority } from '../process-priority.ts';
import { taskHandler } from './thread-messages.ts';
import { threadTasks } from './thread-tasks.ts';

lowerThreadPriority();

export default taskHandler(threadTasks());
