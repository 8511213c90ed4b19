import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { AppError } from '../../../../errors.ts';
import { type BuiltInVoice, primaryOf } from '../built-in-voice.ts';
import type { SherpaModel } from '../program/frames.ts';

const PACKAGE = 'sherpa-onnx-node';
const CHINESE_LEXICON = 'lexicon-zh.txt';
/** The part of a Piper model's description (.onnx.json) that names its language, such as "en_US". */
const description = z.object({ language: z.object({ code: z.string().regex(/^[a-z]{2,3}(?:_[A-Za-z]{2,4})?$/) }) });

/**
 * The voices of a Piper or Kokoro model in a folder of the user's, one for each of its languages, spoken by
 * sherpa-onnx-node, which is not a dependency. `packageAt` resolves the package's name to an address and throws if it is not
 * installed.
 *
 * Throws CONFIG_INVALID if the package or a part of the model is missing, with what to do. Only `checkModel` notices that the
 * model cannot be used.
 */
export async function sherpaVoices(
  folder: string,
  packageAt: (name: string, folder: string) => string = installedPackage,
): Promise<readonly BuiltInVoice[]> {
  const files = await filesIn(folder);
  const module = resolvePackage(folder, packageAt);
  const model = modelOf(folder, files);
  const voice = (id: string, kind: string, languages: readonly string[]): BuiltInVoice => ({
    id,
    name: `${kind}, ${basename(folder)}`,
    languages,
    primary: primaryOf(languages[0] ?? ''),
    request: (pieces, speed) => ({ program: 'sherpa', module, model, speed, pieces }),
  });
  if ('vits' in model) return [voice('piper', 'Piper', await piperLanguages(model.vits.model, files))];
  const english = voice('kokoro', 'Kokoro', ['en', 'en-US']);
  // Kokoro's models speak English, and Chinese where they have a lexicon of it.
  if (!model.kokoro.lexicon.includes(CHINESE_LEXICON)) return [english];
  return [english, voice('kokoro-zh', 'Kokoro', ['zh', 'zh-TW', 'zh-CN'])];
}

function resolvePackage(folder: string, packageAt: (name: string, folder: string) => string): string {
  try {
    return packageAt(PACKAGE, folder);
  } catch (cause) {
    throw new AppError(
      'CONFIG_INVALID',
      'TTS_MODEL_DIR is set, but the package that speaks with a model is not installed. ' +
        `Type: npm install --prefix "${folder}" ${PACKAGE}`,
      { cause },
    );
  }
}

/**
 * The package beside the program or beside the model. Beside the model it survives an upgrade of the program, and a container
 * finds it in the volume with the model.
 */
function installedPackage(name: string, folder: string): string {
  const found = createRequire(import.meta.url).resolve(name, { paths: [import.meta.dirname, folder] });
  return pathToFileURL(found).href;
}

async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).toSorted();
  } catch (cause) {
    throw new AppError('CONFIG_INVALID', `The folder of TTS_MODEL_DIR cannot be read: ${folder}`, { cause });
  }
}

function modelOf(folder: string, files: readonly string[]): SherpaModel {
  const model = files.find((name) => name.endsWith('.onnx'));
  const missing = ['tokens.txt', 'espeak-ng-data'].filter((name) => !files.includes(name));
  if (model === undefined) missing.unshift('a model (.onnx)');
  if (model === undefined || missing.length > 0) throw incomplete(folder, missing);
  const common = {
    model: join(folder, model),
    tokens: join(folder, 'tokens.txt'),
    dataDir: join(folder, 'espeak-ng-data'),
  };
  if (!files.includes('voices.bin')) return { vits: common };
  const lexicons = ['lexicon-us-en.txt', CHINESE_LEXICON].filter((name) => files.includes(name));
  const lexicon = lexicons.map((name) => join(folder, name)).join(',');
  return { kokoro: { ...common, voices: join(folder, 'voices.bin'), lexicon } };
}

function incomplete(folder: string, missing: readonly string[]): AppError {
  return new AppError(
    'CONFIG_INVALID',
    `The folder of TTS_MODEL_DIR lacks ${missing.join(' and ')}: ${folder}. ` +
      'Unpack a Piper or Kokoro model of the sherpa-onnx project there; their archives contain all of these.',
  );
}

/** From the model's description, or from the name of its file: "en_US-amy-low.onnx". */
async function piperLanguages(model: string, files: readonly string[]): Promise<readonly string[]> {
  const described = files.includes(`${basename(model)}.json`) ? await describedLanguage(`${model}.json`) : undefined;
  const code = described ?? /^[a-z]{2,3}_[A-Z]{2}(?=-)/.exec(basename(model))?.[0];
  if (code === undefined)
    throw new AppError(
      'CONFIG_INVALID',
      `The language of the model of TTS_MODEL_DIR is not known: ${model}.json is missing.`,
    );
  const tag = code.replace('_', '-');
  return [...new Set([primaryOf(tag), tag])];
}

async function describedLanguage(path: string): Promise<string> {
  const parsed = description.safeParse(parsedJson(await readFile(path, 'utf8')));
  if (!parsed.success)
    throw new AppError('CONFIG_INVALID', `The description of the model of TTS_MODEL_DIR has no language: ${path}`, {
      cause: parsed.error,
    });
  return parsed.data.language.code;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('CONFIG_INVALID', 'The description of the model of TTS_MODEL_DIR is not JSON.', { cause });
  }
}
