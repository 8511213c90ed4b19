import { Command, InvalidArgumentError, Option } from 'commander';
import { make } from '../make/make.ts';
import { CAPTION_STYLES, type MakeOptions, SHAPES, SIZES } from '../make/make-options.ts';
import { environment } from '../settings.ts';
import { listenForStop } from '../stop-signal.ts';

const HELP = `
FILE "-" is standard input. Without --language the language of the text is found; a text of a few words may need it.
--topic needs a server with a text provider; without one the exit code is 2.

Without --url a server and a worker run inside this command and end with it; what they make stays in DATA_DIR. The
password of --user is read from the environment variable AUTOVIDEO_PASSWORD, so that no process list shows it.

Nothing is overwritten: where a file of that name exists, the new one gets a number, and --out FILE is refused unless
--force says otherwise. Ctrl-C ends the watching, not the video: --watch goes on with it.

Examples:
  autovideo make --script talk.txt --aspect portrait
  autovideo make --article bees.md --duration 40 --out bees.mp4
  cat news.txt | autovideo make --article - --language de
  AUTOVIDEO_TOKEN=… autovideo make --url https://video.example.org --script talk.txt`;

/** `make`: its options and exit codes. `fileMode`: permissions of the files that it saves. */
export function makeCommand(fileMode: number): Command {
  return new Command('make')
    .description('Makes a video of a text, shows its progress, and saves the MP4.')
    .addHelpText('after', HELP)
    .option('--script <file>', 'speak this text word for word; empty lines separate the scenes')
    .option('--article <file>', 'condense this text')
    .option('--topic <text>', 'write about this, where a text provider is set up')
    .option('--scenes <file>', 'JSON list of {narration, visualPrompt?}')
    .option('--demo', 'without a text, use the built-in one about Auto Video')
    .option('--title <text>')
    .option('--language <tag>', 'e.g. en, zh-TW, de')
    .addOption(new Option('--aspect <shape>', 'landscape if left out').choices(Object.keys(SHAPES)))
    .addOption(new Option('--resolution <lines>', '720 if left out').choices(Object.keys(SIZES)))
    .option('--voice <id>', "the language's first voice if left out")
    .option('--speed <factor>', 'pace of the voice, 0.5 to 2', numberOf)
    .option('--duration <seconds>', 'wanted length of an article or a topic', numberOf)
    .option('--style <text>', 'goes into every picture, e.g. "warm watercolour"')
    .option(
      '--music <mood>',
      'music under the voice: calm, bright, serious, energetic, dramatic, or a mood of MUSIC_DIR',
    )
    .option('--no-captions', 'leave the captions out of the picture')
    .addOption(
      new Option('--caption-style <style>', 'word-highlight in portrait, else block, if left out').choices(
        Object.keys(CAPTION_STYLES),
      ),
    )
    .option('--captions-file <file>', 'write the captions too, as .srt, .vtt or .ass')
    .option('--out <file or folder>', "the film's title, in this folder, if left out")
    .option('--force', 'replace existing files')
    .option('--watch <id>', 'follow a video that was requested earlier')
    .option('--url <address>', 'let this running server make it')
    .option('--token <token>', 'access token for --url; AUTOVIDEO_TOKEN if left out')
    .option('--user <name>', 'user name or e-mail address for --url')
    .action((options: MakeOptions) => run(options, fileMode));
}

async function run(options: MakeOptions, fileMode: number): Promise<void> {
  const stop = listenForStop();
  const { stdin, stdout, stderr } = process;
  try {
    await make(options, { stdin, stdout, stderr, env: environment(), fileMode, signal: stop.signal });
  } catch (thrown) {
    const exitCode = stop.exitCode();
    if (exitCode === null) throw thrown;
    process.exitCode = exitCode;
  } finally {
    stop.close();
  }
}

function numberOf(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) throw new InvalidArgumentError('It must be a number.');
  return number;
}
