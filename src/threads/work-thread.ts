/** The module of a worker thread: a separate entry of the build (rolldown.config.ts), located by its file name. */
import { lowerThreadPriority } from '../process-priority.ts';
import { taskHandler } from './thread-messages.ts';
import { threadTasks } from './thread-tasks.ts';

lowerThreadPriority();

export default taskHandler(threadTasks());
