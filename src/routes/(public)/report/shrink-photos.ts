import type { Help } from './help-words.ts';
import { fill } from './make.ts';

type Words = Help['words'];

/** The longer side a phone sends, in pixels: 300 kB instead of 4 MB takes 6 seconds instead of 74. */
const longestSide = 1600;

/** Makes chosen photos small before they are sent. One that cannot be read here goes as it is. */
export function shrinkPhotos(form: HTMLFormElement, { words }: Help) {
	const input = form.querySelector<HTMLInputElement>('input[name=photo]');
	if (!input || typeof DataTransfer === 'undefined' || !('createImageBitmap' in window)) return;

	const said = form.querySelector('[data-photo-said]');
	const say = (text: string) => said && (said.textContent = text);
	let busy: Promise<void> | undefined;
	input.addEventListener('change', () => {
		busy = shrinkAll(input, words, say).finally(() => {
			busy = undefined;
			input.dispatchEvent(new Event('shrunk'));
		});
	});
	input.addEventListener('restored', () => say(countOf(input, words)));
	form.addEventListener('submit', (event) => {
		if (!busy) return;
		event.preventDefault();
		const { submitter } = event;
		busy.then(() => form.requestSubmit(submitter));
	});
}

async function shrinkAll(input: HTMLInputElement, words: Words, say: (said: string) => void) {
	const chosen = [...(input.files ?? [])];
	if (!chosen.length) return say('');
	say(words.shrinking);
	const ready = new DataTransfer();
	for (const file of chosen) ready.items.add(await shrink(file));
	input.files = ready.files;
	say(countOf(input, words));
}

function countOf({ files, dataset }: HTMLInputElement, words: Words): string {
	const all = [...(files ?? [])];
	const left = Number(dataset.left);
	if (all.length > left) return fill(words.tooMany, { n: left });
	const kb = Math.round(all.reduce((sum, { size }) => sum + size, 0) / 1000);
	return fill(all.length === 1 ? words.onePhoto : words.photos, { n: all.length, kb });
}

async function shrink(file: File): Promise<File> {
	try {
		const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
		const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
		const canvas = document.createElement('canvas');
		canvas.width = Math.round(picture.width * scale);
		canvas.height = Math.round(picture.height * scale);
		canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
		picture.close();
		const small = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.8));
		if (!small || small.size >= file.size) return file;
		return new File([small], file.name.replace(/\.\w+$/, '') + '.jpg', { type: 'image/jpeg' });
	} catch {
		return file;
	}
}
