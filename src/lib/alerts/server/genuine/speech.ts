import { spawn } from 'node:child_process';
import { estimatedSeconds } from '../../speech.ts';

/** Voices of espeak-ng for the languages here; the others have none. */
const voices: Record<string, string> = { en: 'en-gb', af: 'af', tn: 'tn' };
/** Words a minute: an announcer outdoors. */
const pace = '145';

/** How long a text takes to be read, in seconds, and whether that was measured or estimated. */
export interface ReadingTime {
	seconds: number;
	measured: boolean;
}

/** Reads a text with espeak-ng where it is installed and has the language's voice; otherwise estimates. */
export async function readingTime(text: string, language: string): Promise<ReadingTime> {
	const voice = voices[language];
	const seconds = voice ? await spokenSeconds(text, voice) : null;
	return seconds === null
		? { seconds: estimatedSeconds(text, language), measured: false }
		: { seconds, measured: true };
}

/** The length of what espeak-ng says; null where it is not installed. */
function spokenSeconds(text: string, voice: string): Promise<number | null> {
	return new Promise((answer) => {
		const child = spawn('espeak-ng', ['-v', voice, '-s', pace, '--stdin', '--stdout'], {
			stdio: ['pipe', 'pipe', 'ignore'],
			timeout: 5_000
		});
		const parts: Buffer[] = [];
		child.stdout.on('data', (part: Buffer) => parts.push(part));
		child.on('error', () => answer(null));
		child.on('close', (code) => answer(code === 0 ? secondsOf(Buffer.concat(parts)) : null));
		child.stdin.on('error', () => {}).end(text);
	});
}

/** Of a WAV file written to a pipe: its header names the bytes a second, its own length is not to be trusted. */
const secondsOf = (wav: Buffer) =>
	wav.length > 44 ? (wav.length - 44) / wav.readUInt32LE(28) : null;
