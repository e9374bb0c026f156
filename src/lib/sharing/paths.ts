import { readReference } from '../issues/reference.ts';

/** A page that can be shared, and what it is about. */
export type Shared =
	| { kind: 'issue'; reference: string; path: string }
	| { kind: 'commitment' | 'news'; number: number; path: string };

/** `/issues/KHA-26-7K3MQ`, `/commitments/3`, `/news/12`: null for any other page. */
export function readShared(path: string): Shared | null {
	const [, room, name] = /^\/(issues|commitments|news)\/([\w-]{1,20})$/.exec(path) ?? [];
	if (room === 'issues') {
		const reference = readReference(name);
		return reference === name ? { kind: 'issue', reference, path } : null;
	}
	if (!room || !/^\d{1,7}$/.test(name)) return null;
	return { kind: room === 'news' ? 'news' : 'commitment', number: Number(name), path };
}

/** WhatsApp's own address for "send this to somebody" (faq.whatsapp.com: click to chat). */
export const whatsAppLink = (title: string, address: string) =>
	`https://wa.me/?text=${encodeURIComponent(`${title}\n${address}`)}`;

/** The picture of a shared page. `mark` changes with what it shows, so that nobody shows an old one. */
export const pictureOf = (path: string, mark: string | number = '') =>
	`/share/picture.png?of=${encodeURIComponent(path)}${mark === '' ? '' : `&v=${mark}`}`;
