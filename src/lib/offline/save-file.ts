import { photosOf, type Waiting } from './later.ts';

interface Spoken {
	/** Names of fields in the reader's language. */
	names: Record<string, string>;
	language: string;
}

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => signs[sign]);

/** One page that any phone can open and pass on: every word, and the photos inside it. */
export async function fileOf(
	{ fields, action }: Pick<Waiting, 'fields' | 'action'>,
	{ names, language }: Spoken
) {
	const lines = fields
		.filter((pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1] !== '')
		.map(([name, value]) => `<dt>${escaped(names[name] ?? name)}</dt><dd>${escaped(value)}</dd>`);
	const pictures = await Promise.all(photosOf(fields).map(pictureOf));
	return `<!doctype html><html lang="${escaped(language)}"><meta charset="utf-8"><title>${escaped(action)}</title><style>body{font:17px/1.5 system-ui;max-width:40em;margin:1em auto;padding:0 1em}dd{white-space:pre-wrap}img{max-width:100%}</style><dl>${lines.join('')}</dl>${pictures.join('')}</html>`;
}

const pictureOf = async (file: File) =>
	`<p><img alt="${escaped(file.name)}" src="data:${escaped(file.type)};base64,${await base64(file)}"></p>`;

async function base64(file: File): Promise<string> {
	const bytes = new Uint8Array(await file.arrayBuffer());
	let text = '';
	for (let i = 0; i < bytes.length; i += 30_000)
		text += btoa(String.fromCharCode(...bytes.subarray(i, i + 30_000)));
	return text;
}

/** Lets the person keep what waits as a file of their own. */
export async function saveAsFile(
	waiting: Pick<Waiting, 'id' | 'verb' | 'action' | 'fields'>,
	spoken: Spoken
) {
	const url = URL.createObjectURL(new Blob([await fileOf(waiting, spoken)], { type: 'text/html' }));
	const link = document.createElement('a');
	[link.href, link.download] = [url, `imbizo-${waiting.verb}-${waiting.id.slice(0, 8)}.html`];
	link.click();
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
