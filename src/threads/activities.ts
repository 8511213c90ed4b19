import type { ThreadTasks } from './thread-tasks.ts';

/** Names of the activities in the errors of tasks that take too long. */
export const ACTIVITIES: Readonly<Record<keyof ThreadTasks, string>> = {
  writeScript: 'Writing the script',
  analyse: 'Analysing the narration',
  prepareSpeech: 'Preparing the text for the voice',
  joinSpeech: 'Joining the spoken sentences',
  draw: 'Drawing the picture',
  checkPicture: 'Checking the picture of a service',
  planFilm: 'Planning the pictures',
  designOverlays: 'Designing a scene',
  drawGround: 'Drawing a later picture of a scene',
  paintOverlay: 'Drawing words over a picture',
  paintCaptions: 'Drawing captions',
  layOutCues: 'Laying out the captions of a scene',
  layOutCaptions: 'Laying out the captions',
  composeMusic: 'Composing the music',
};
