import type { Alert, Level } from './alert.ts';
import { textFor } from './say.ts';

/** What is different in a newer version, in the order people have to know it. */
export interface Changes {
	action: boolean;
	level: Level | null;
	/** Places that are in it now, or no longer. */
	added: string[];
	removed: string[];
	/** Its outline moved, though no place came or went. */
	area: boolean;
	until: Date | null;
	words: boolean;
}

/** What a version changed; an all-clear and a retraction say that themselves: null. */
export function changesOf(before: Alert | undefined, now: Alert): Changes | null {
	if (!before || now.kind !== 'update') return null;
	const [old, young] = [textFor(before, 'en'), textFor(now, 'en')];
	const added = now.places.filter((place) => !before.places.includes(place));
	const removed = before.places.filter((place) => !now.places.includes(place));
	const action = old?.instruction !== young?.instruction;
	const moved = before.areaHash !== now.areaHash;
	return {
		action,
		level: before.level === now.level ? null : now.level,
		added,
		removed,
		area: moved && !added.length && !removed.length,
		until: before.expiresAt.getTime() === now.expiresAt.getTime() ? null : now.expiresAt,
		words: !action && old?.description !== young?.description
	};
}
