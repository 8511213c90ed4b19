/** What a worker thread runs: a module of its own in the build (rolldown.config.ts), found by its name. */
import { yieldThread } from '../low-priority.ts';
import { answering } from './thread-messages.ts';
import { threadTasks } from './thread-tasks.ts';

yieldThread();

export default answering(threadTasks());
