/**
 * Reads the code of a picture on the phone itself: nothing is sent, and it works without signal. Loaded
 * when somebody first chooses a picture; without it the form goes to the server.
 */
import { longestSide, readCode } from '#lib/alerts/read-code.ts';
import { findCapsule } from '#lib/alerts/capsule.ts';

declare class BarcodeDetector {
	constructor(options: { formats: string[] });
	detect(picture: ImageBitmap): Promise<Array<{ rawValue: string }>>;
}

const input = document.querySelector<HTMLInputElement>('input#photo')!;
const form = input.form!;

async function read() {
	const [file] = input.files ?? [];
	if (!file) return;
	form.ariaBusy = 'true';
	const text = await textIn(file).catch(() => null);
	form.ariaBusy = null;
	if (text) location.assign(`/verify?c=${encodeURIComponent(findCapsule(text) ?? text)}`);
	else say();
}

/** The phone's own reader is quicker; where it has none, or finds nothing, ours looks. */
async function textIn(file: File): Promise<string | null> {
	const whole = await createImageBitmap(file, { imageOrientation: 'from-image' });
	if ('BarcodeDetector' in globalThis) {
		const detector = new BarcodeDetector({ formats: ['qr_code'] });
		const [found] = await detector.detect(whole).catch(() => []);
		if (found) return found.rawValue;
	}
	const scale = Math.min(1, longestSide / Math.max(whole.width, whole.height));
	const canvas = document.createElement('canvas');
	canvas.width = Math.round(whole.width * scale);
	canvas.height = Math.round(whole.height * scale);
	const context = canvas.getContext('2d')!;
	context.drawImage(whole, 0, 0, canvas.width, canvas.height);
	return readCode(context.getImageData(0, 0, canvas.width, canvas.height));
}

function say() {
	const words = document.querySelector<HTMLTemplateElement>('template[data-says="no_code"]');
	if (words)
		document.querySelector('main [data-answer]')!.replaceChildren(words.content.cloneNode(true));
	input.value = '';
}

input.addEventListener('change', () => void read());
form.addEventListener('submit', (event) => {
	event.preventDefault();
	void read();
});
void read();
